"""The key file: what opens it, what does not, and that a lost one is never replaced in silence."""

from __future__ import annotations

import json
import unicodedata

import keyring
import pytest
from keyring.backend import KeyringBackend

from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing, Keys, Secrets, keyring_slot, passphrase_slot
from station.store.store import Store

PASSPHRASE = "Mật khẩu thử của kho"


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1)
    monkeypatch.setattr(passphrase_slot, "COST", cheap)


class PlainTextKeyring(KeyringBackend):
    """Stands for `keyrings.alt`: chosen by the library, keeps passwords in plain text."""

    priority = 99
    kept: dict[tuple[str, str], str]

    def __init__(self) -> None:
        super().__init__()
        self.kept = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_the_passphrase_opens_the_keys_that_were_made(folder: DataFolder) -> None:
    made = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    assert KeyRing.open(folder.keys, PASSPHRASE) == made
    assert made.database != made.data
    assert {len(made.database), len(made.data)} == {32}


def test_a_passphrase_typed_on_another_system_opens_too(folder: DataFolder) -> None:
    made = KeyRing.create(folder.keys, unicodedata.normalize("NFC", PASSPHRASE), use_keyring=False)
    assert KeyRing.open(folder.keys, unicodedata.normalize("NFD", PASSPHRASE)) == made


def test_keys_never_show_themselves(folder: DataFolder) -> None:
    keys = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    assert keys.database.hex() not in repr(keys)
    assert repr(keys.database) not in f"{keys!r} {keys}"
    assert keys.database.hex() not in folder.keys.read_text()


def test_a_wrong_passphrase_is_told_as_such(folder: DataFolder) -> None:
    KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
        KeyRing.open(folder.keys, PASSPHRASE + " ")


def test_without_passphrase_and_keyring_the_keys_stay_locked(folder: DataFolder) -> None:
    KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    with pytest.raises(StoreError, match=r"keys\.locked"):
        KeyRing.open(folder.keys)


def test_a_missing_key_file_beside_a_store_is_never_made_anew(folder: DataFolder) -> None:
    Store.open(folder, KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)).close()
    folder.keys.unlink()
    with pytest.raises(StoreError, match=r"keys\.missing"):
        KeyRing.open(folder.keys, PASSPHRASE)
    with pytest.raises(StoreError, match=r"keys\.missing"):
        KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    assert not folder.keys.exists()


def test_keys_that_exist_are_not_written_over(folder: DataFolder) -> None:
    KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    before = folder.keys.read_bytes()
    with pytest.raises(StoreError, match=r"keys\.exist"):
        KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    assert folder.keys.read_bytes() == before


def test_a_plain_text_keyring_counts_as_none(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_slot, "ALLOWED", ())  # as on a machine that has none of them
    plain = PlainTextKeyring()
    before = keyring.get_keyring()
    keyring.set_keyring(plain)
    try:
        with pytest.raises(StoreError, match=r"keys\.no_slot"):
            KeyRing.create(folder.keys)
        KeyRing.create(folder.keys, PASSPHRASE)
    finally:
        keyring.set_keyring(before)
    assert plain.kept == {}
    assert [slot["kind"] for slot in json.loads(folder.keys.read_text())["slots"]] == ["passphrase"]


def test_only_keyrings_that_encrypt_are_allowed() -> None:
    assert {path.rpartition(".")[0] for path in keyring_slot.ALLOWED} == {
        "keyring.backends.Windows",
        "keyring.backends.macOS",
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
    }


def test_a_keyring_that_hangs_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging(PlainTextKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            never.wait(5)

    never = keyring_slot.threading.Event()
    monkeypatch.setattr(keyring_slot, "_backend", Hanging)
    monkeypatch.setattr(keyring_slot, "PATIENCE", 0.05)
    assert keyring_slot.seal(Keys.random()) is None
    never.set()


def test_the_passphrase_can_be_changed_and_the_old_one_stops_working(folder: DataFolder) -> None:
    made = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    KeyRing.set_officer(folder.keys, "", "Một câu hoàn toàn khác", made)
    assert KeyRing.open(folder.keys, "Một câu hoàn toàn khác") == made
    with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
        KeyRing.open(folder.keys, PASSPHRASE)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"format": 3, "slots": []}', b'{"format": 1, "slots": [1]}', b"\xff"]
)
def test_a_damaged_key_file_is_told_as_such(folder: DataFolder, content: bytes) -> None:
    folder.root.mkdir()
    folder.keys.write_bytes(content)
    with pytest.raises(StoreError, match=r"keys\.damaged"):
        KeyRing.open(folder.keys, PASSPHRASE)


@pytest.mark.parametrize("change", [{"memory_kib": 1 << 40}, {"time": "3"}, {"salt": "xy"}, {"nonce": "00"}])
def test_a_slot_with_senseless_values_is_damage_not_work(folder: DataFolder, change: dict[str, object]) -> None:
    KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)
    told = json.loads(folder.keys.read_text())
    told["slots"][0].update(change)
    folder.keys.write_text(json.dumps(told))
    with pytest.raises(StoreError, match=r"keys\.damaged"):
        KeyRing.open(folder.keys, PASSPHRASE)


def test_a_slot_cannot_be_made_cheaper_to_guess(folder: DataFolder) -> None:
    slot = passphrase_slot.seal(Keys.random(), PASSPHRASE, cost=passphrase_slot.Cost(2, 8 * 1024, 1))
    with pytest.raises(StoreError, match=r"keys\.wrong_passphrase"):
        passphrase_slot.unseal({**slot, "time": 1}, PASSPHRASE)


def test_a_short_passphrase_is_refused(folder: DataFolder) -> None:
    with pytest.raises(StoreError, match=r"keys\.passphrase_short"):
        KeyRing.create(folder.keys, "ngắn", use_keyring=False)
    assert not folder.keys.exists()


def test_the_derived_keys_stay_what_they_are_for_ever() -> None:
    """Another value here means that no store made before can be opened."""
    keys, secrets = Keys.derived_from(bytes(range(32))), Secrets.derived_from(bytes(range(32)))
    assert keys.database.hex() == "1965f521bc95ec8953aa1fe4e5e8e8bfae808473d348a5d70588ab12f5c99ad4"
    assert secrets.pages.hex() == "421348223de16a23b2813dc31a008a1bb95b9001260970da1c6a2df7f12ebf56"
    assert secrets.names.hex() == "d683f0527624b29a524279a281df47d13572cb4bcb22feddde650df44d7937e7"
