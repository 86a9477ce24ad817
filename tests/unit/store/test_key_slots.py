"""The slots of the key file: who opens, who no longer does, and what a key file of before still does."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing, Keys, keyring_slot, passphrase_slot, rotation, slots
from station.store.people.key_slots import KeySlots
from station.store.store import Store

MAI, NAM = "Mật khẩu của chị Mai", "Mật khẩu của anh Nam"
FIRST_FORMAT = {
    "format": 1,
    "slots": [
        {
            "kind": "passphrase",
            "salt": "b5ecb7ac15501469c24519474a7c6369",
            "time": 1,
            "memory_kib": 8192,
            "parallelism": 1,
            "nonce": "6bbd75aa334d976649bd30c2",
            "wrapped": "78776d8450ac0f19cb50ea91af5daef04142544bc619e133"
            "789c3c0e514c73544f4738de157800cbeddd7c79bdf624d0",
        }
    ],
}
"""As the first version wrote it: the data key is the bytes 0 to 31, the passphrase is the one of test_keys.py."""
FIRST_PASSPHRASE = "Mật khẩu thử của kho"


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_slot, "COST", passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1))
    monkeypatch.setattr(keyring_slot, "ALLOWED", ())


@pytest.fixture
def file(folder: DataFolder) -> Path:
    return folder.keys


@pytest.fixture
def made(file: Path) -> Keys:
    keys = KeyRing.create(file, MAI, officer_id="mai.mau")
    KeyRing.set_officer(file, "nam.mau", NAM, keys)
    return keys


@pytest.fixture
def first_format(file: Path) -> Path:
    file.parent.mkdir()
    file.write_text(json.dumps(FIRST_FORMAT))
    return file


def told(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text()))


def test_each_officer_opens_with_his_own_passphrase_and_with_no_other(file: Path, made: Keys) -> None:
    assert KeyRing.open(file, MAI, "mai.mau") == KeyRing.open(file, NAM, "nam.mau") == made
    for officer, passphrase in (("mai.mau", NAM), ("nam.mau", MAI)):
        with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
            KeyRing.open(file, passphrase, officer)


def test_any_officers_passphrase_opens_where_nobody_says_who_types(file: Path, made: Keys) -> None:
    assert KeyRing.open(file, NAM) == made


def test_an_officer_changes_his_passphrase_and_the_others_stay(file: Path, made: Keys) -> None:
    KeyRing.set_officer(file, "mai.mau", "Một câu hoàn toàn khác", made)
    assert KeyRing.open(file, "Một câu hoàn toàn khác", "mai.mau") == KeyRing.open(file, NAM, "nam.mau") == made
    with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
        KeyRing.open(file, MAI)
    assert len(KeyRing.slots(file)) == 2


def test_an_officer_who_left_opens_no_longer(file: Path, made: Keys) -> None:
    KeyRing.remove_officer(file, "nam.mau")
    with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
        KeyRing.open(file, NAM)
    with pytest.raises(StoreError, match=r"keys\.locked"):
        KeyRing.open(file, NAM, "nam.mau")
    assert not KeyRing.has_passphrase(file, "nam.mau")


def test_the_passphrase_of_the_station_goes_with_the_first_person_s_though_that_was_cut_off(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "alone" / "keys.json"
    keys = KeyRing.create(file, "mật khẩu của trạm")
    given = KeySlots(file, keys, store.people)
    with monkeypatch.context() as patched:
        patched.delattr(KeyRing, "remove_officer")
        with pytest.raises(AttributeError):
            given.give("mai.mau", MAI, "a verifier")
    given.give("mai.mau", MAI, "a verifier")
    assert [slot.whose for slot in KeyRing.slots(file)] == ["mai.mau"]


def test_the_last_slot_of_a_person_cannot_be_removed(file: Path, made: Keys) -> None:
    KeyRing.remove_officer(file, "nam.mau")
    with pytest.raises(StoreError, match=r"keys\.last_slot"):
        KeyRing.remove_officer(file, "mai.mau")
    assert KeyRing.open(file, MAI) == made


def test_keys_of_another_station_make_no_slot_here(file: Path, made: Keys) -> None:
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"keys\.of_another"):
        KeyRing.set_officer(file, "nam.mau", NAM, Keys.random())
    assert file.read_bytes() == before


def test_the_province_opens_with_its_private_half(file: Path, made: Keys) -> None:
    province, other = x25519.Identity.generate(), x25519.Identity.generate()
    KeyRing.add_recovery(file, f"{province.to_public()}\n", made)
    text = f"# created: 2026-11-20\n# public key: {province.to_public()}\n{province}\n"
    assert KeyRing.open_with_identity(file, text) == made
    assert str(province) not in file.read_text()
    for wrong in (str(other), "", "AGE-SECRET-KEY-1NONSENSE"):
        with pytest.raises(StoreError, match=r"keys\.wrong_identity"):
            KeyRing.open_with_identity(file, wrong)
    KeyRing.remove_officer(file, "nam.mau")
    KeyRing.remove_officer(file, "mai.mau")
    assert KeyRing.open_with_identity(file, text) == made, "the province's is a slot of a person, too"


def test_what_is_no_public_key_is_refused(file: Path, made: Keys) -> None:
    for wrong in ("", "age1", "ssh-ed25519 AAAA", str(x25519.Identity.generate())):
        with pytest.raises(StoreError, match=r"keys\.recipient"):
            KeyRing.add_recovery(file, wrong, made)


def test_a_file_of_the_first_format_opens_and_takes_officers(first_format: Path) -> None:
    keys = KeyRing.open(first_format, FIRST_PASSPHRASE)
    assert keys == Keys.derived_from(bytes(range(32)))
    KeyRing.set_officer(first_format, "mai.mau", MAI, keys)
    assert KeyRing.open(first_format, FIRST_PASSPHRASE) == KeyRing.open(first_format, MAI, "mai.mau") == keys
    assert KeyRing.open(first_format, FIRST_PASSPHRASE, "mai.mau") == keys, "the station's own passphrase"
    KeyRing.remove_officer(first_format, "")
    assert KeyRing.open(first_format, MAI, "mai.mau") == keys


def test_a_passphrase_of_the_first_format_is_set_anew_before_the_data_key_changes(first_format: Path) -> None:
    keys = KeyRing.open(first_format, FIRST_PASSPHRASE)
    with pytest.raises(StoreError, match=r"keys\.old_slot"):
        rotation.begin(first_format, keys)
    KeyRing.set_officer(first_format, "", FIRST_PASSPHRASE, keys)
    rotation.begin(first_format, keys)
    assert rotation.following(first_format, keys) is not None


def test_a_new_data_key_reaches_every_slot_and_no_removed_one(file: Path, made: Keys) -> None:
    province = x25519.Identity.generate()
    KeyRing.add_recovery(file, str(province.to_public()), made)
    copied = file.read_bytes()
    KeyRing.remove_officer(file, "nam.mau")
    rotation.begin(file, made)
    following = rotation.following(file, made)
    assert following is not None
    assert following != made
    assert KeyRing.open(file, MAI) == made, "until the database lies under the new one"
    rotation.finish(file, made, following)
    assert KeyRing.open(file, MAI) == KeyRing.open_with_identity(file, str(province)) == following
    assert rotation.following(file, following) is None
    file.write_bytes(copied)
    assert KeyRing.open(file, NAM) == made, "who copied the file has the old key, and never the new one"


def test_beginning_twice_is_beginning_once(file: Path, made: Keys) -> None:
    rotation.begin(file, made)
    first = rotation.following(file, made)
    rotation.begin(file, made)
    assert rotation.following(file, made) == first


def test_who_writes_himself_into_the_file_gets_no_new_data_key(file: Path, made: Keys) -> None:
    stranger = x25519.Identity.generate()
    content = told(file)
    content["slots"].append({"kind": "recovery", "recipient": str(stranger.to_public()), "sealed": "", "mac": "0"})
    file.write_text(json.dumps(content))
    assert [one.genuine for one in KeyRing.slots(file, made)] == [True, True, False]
    with pytest.raises(StoreError, match=r"keys\.foreign_slot"):
        rotation.begin(file, made)
    KeyRing.remove(file, "recovery", str(stranger.to_public()))
    rotation.begin(file, made)
    following = rotation.following(file, made)
    assert following is not None
    content = told(file)
    content["slots"][0]["recipient"] = str(stranger.to_public())  # and while it is on its way
    file.write_text(json.dumps(content))
    rotation.finish(file, made, following)
    assert [one.whose for one in KeyRing.slots(file, following)] == ["mai.mau"]


def test_slots_say_whose_they_are_and_nothing_more(file: Path, made: Keys) -> None:
    assert [(one.kind, one.whose, one.genuine) for one in KeyRing.slots(file)] == [
        ("passphrase", "nam.mau", None),
        ("passphrase", "mai.mau", None),
    ]
    assert made.data.hex() not in file.read_text()


def test_a_slot_whose_sealed_part_is_broken_is_damage_and_no_wrong_passphrase(file: Path) -> None:
    KeyRing.create(file, MAI)
    content = told(file)
    content["slots"][0]["sealed"] = content["slots"][0]["sealed"][:-8] + "AAAAAAA="
    file.write_text(json.dumps(content))
    with pytest.raises(StoreError, match=r"keys\.damaged"):
        KeyRing.open(file, MAI)


def test_one_broken_slot_does_not_lock_out_the_others(file: Path, made: Keys) -> None:
    content = told(file)
    content["slots"][0] = {"kind": "passphrase", "officer": "nam.mau"}
    file.write_text(json.dumps(content))
    assert KeyRing.open(file, MAI) == made


def test_a_traceback_that_shows_variables_shows_no_key(file: Path, made: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(slots, "keys_of", breaks)
    with pytest.raises(RuntimeError) as caught:
        KeyRing.open(file, MAI, "mai.mau")
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "unseal" in shown
    assert "data_key = " in shown, "the variable is shown, and hides itself"
    for secret in (made.data, made.database):
        assert repr(bytes(secret)) not in shown
        assert secret.hex() not in shown
    assert "AGE-SECRET-KEY" not in shown
