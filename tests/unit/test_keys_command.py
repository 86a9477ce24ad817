"""`station keys`: what opens the store is listed, changed and recovered by somebody who may."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pyrage import x25519

from station.__main__ import main
from station.dossier.people import Person, Role
from station.errors import StoreError
from station.joins.first_start import FirstStart
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import KeyRing, Keys, keyring_slot, passphrase_slot
from station.store.people import passphrases
from station.store.store import Store

IT, OFFICER = "it.mau", "lan.mau"
WORDS, NEW = "mật khẩu của cán bộ", "một câu hoàn toàn khác"
Says = Callable[..., int]


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_slot, "COST", passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1))
    monkeypatch.setattr(passphrases.Passphrases.__init__, "__defaults__", (1, 8, 1))
    monkeypatch.setattr(keyring_slot, "ALLOWED", ())


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A station that stands alone, with two people."""
    folder = DataFolder(tmp_path / "station")
    people = [(Person(IT, "Phạm Văn Máy Mẫu", frozenset({Role.IT})), WORDS)]
    people += [(Person(OFFICER, "Trần Thị Lan Mẫu", frozenset({Role.OFFICER})), WORDS)]
    FirstStart(folder, Settings()).stand_alone(people)
    return folder


@pytest.fixture
def says(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Says:
    def command(*words: str, typed: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return main(["--data", str(folder.root), "keys", *words])

    return command


def keys_by(folder: DataFolder, passphrase: str) -> Keys:
    return KeyRing.open(folder.keys, passphrase)


def test_the_slots_are_listed_without_opening_anything(says: Says, capsys: pytest.CaptureFixture[str]) -> None:
    assert says("list") == 0
    assert capsys.readouterr().out == f"passphrase\t{IT}\n"


def test_the_data_key_changes_for_who_may(says: Says, folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    before = keys_by(folder, WORDS)
    assert says("rotate", "--by", IT, typed=f"{WORDS}\n") == 0
    done, *slots = capsys.readouterr().out.splitlines()
    assert done.startswith("Đã đổi khóa dữ liệu")
    assert slots == [f"passphrase\t{IT}"]
    after = keys_by(folder, WORDS)
    assert after != before
    with Store.open(folder, after) as store:
        assert "data_key" in "".join(store.audit.export("T01"))
    with pytest.raises(StoreError, match=r"store\.wrong_key"):
        Store.open(folder, before)


def test_the_data_key_does_not_change_for_who_may_not(
    says: Says, folder: DataFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    KeyRing.set_officer(folder.keys, OFFICER, WORDS, keys_by(folder, WORDS))
    before = keys_by(folder, WORDS)
    assert says("rotate", "--by", OFFICER, typed=f"{WORDS}\n") == 1
    assert keys_by(folder, WORDS) == before
    assert WORDS not in capsys.readouterr().err


def test_the_province_gives_an_officer_a_new_passphrase(says: Says, folder: DataFolder, tmp_path: Path) -> None:
    province, stranger = x25519.Identity.generate(), x25519.Identity.generate()
    identity = tmp_path / "identity.txt"
    identity.write_text(f"# public key: {province.to_public()}\n{province}\n")
    recover = ("recover", "--identity", str(identity), "--officer", OFFICER)
    assert says(*recover, typed=f"{NEW}\n") == 1, "it has no slot yet"
    assert says("add-recovery", str(province.to_public()), "--by", IT, typed=f"{WORDS}\n") == 0
    assert says(*recover[:-1], "nobody.mau", typed=f"{NEW}\n") == 1, "not in the roster"
    assert says(*recover, typed=f"{NEW}\n") == 0
    assert KeyRing.open(folder.keys, NEW, OFFICER) == keys_by(folder, WORDS)
    assert says("passphrase", "--by", OFFICER, typed=f"{NEW}\n{NEW} nữa\n") == 0, "the roster knows it, too"
    assert KeyRing.open(folder.keys, f"{NEW} nữa", OFFICER) == keys_by(folder, WORDS)
    identity.write_text(str(stranger))
    assert says(*recover, typed=f"{NEW}\n") == 1


def test_a_slot_goes_and_the_last_one_of_a_person_stays(says: Says, folder: DataFolder) -> None:
    province = str(x25519.Identity.generate().to_public())
    assert says("remove", "passphrase", IT, "--by", IT, typed=f"{WORDS}\n") == 1
    assert says("add-recovery", province, "--by", IT, typed=f"{WORDS}\n") == 0
    assert says("remove", "recovery", province, "--by", IT, typed=f"{WORDS}\n") == 0
    assert says("remove", "recovery", province, "--by", IT, typed=f"{WORDS}\n") == 1, "it is gone already"
    assert says("login", "--by", IT, typed=f"{WORDS}\n") == 1, "this machine has no keyring to trust"
    assert [(one.kind, one.whose) for one in KeyRing.slots(folder.keys)] == [("passphrase", IT)]
