"""A new data key: the database lies under it, nothing else has changed, and the old key opens nothing any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from station.dossier.dossier import Dossier
from station.errors import StoreError
from station.paths import DataFolder
from station.store.database import Database
from station.store.keys import KeyRing, Keys, passphrase_slot
from station.store.keys import rotation as key_rotation
from station.store.store import Store

PASSPHRASE = "Mật khẩu thử của kho"


@pytest.fixture
def made(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Keys:
    monkeypatch.setattr(passphrase_slot, "COST", passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1))
    return KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False)


@pytest.fixture
def kept(folder: DataFolder, made: Keys, new_dossier: Callable[..., Dossier]) -> Dossier:
    with Store.open(folder, made) as store, store.dossiers.transaction() as transaction:
        return transaction.save(new_dossier())


def test_the_next_opening_puts_everything_under_the_new_key(folder: DataFolder, made: Keys, kept: Dossier) -> None:
    with Store.open(folder, made) as store:
        sha256, secrets = store.pages.keep(b"a page", kept.id), store.secrets
        key_rotation.begin(folder.keys, made)
        assert store.dossiers.get(kept.id) == kept, "work goes on until the store is opened again"
    with Store.open(folder, KeyRing.open(folder.keys, PASSPHRASE)) as store:
        assert store.keys != made
        assert store.secrets == secrets
        assert store.dossiers.get(kept.id) == kept
        assert store.pages.read(sha256) == b"a page"
        assert store.dossiers.find(kept.entries[0].value) != []
        following = store.keys
    assert KeyRing.open(folder.keys, PASSPHRASE) == following
    with pytest.raises(StoreError, match=r"store\.wrong_key"):
        Store.open(folder, made)
    assert made.database.hex() not in repr(following)


def test_copies_from_before_a_migration_go_with_the_old_key(folder: DataFolder, made: Keys, kept: Dossier) -> None:
    old = folder.root / "station.before-5.db"
    database = Database(folder.database, made.database)
    database.copy_under(old, made.database)
    database.close()
    key_rotation.begin(folder.keys, made)
    Store.open(folder, made).close()
    assert not old.exists()


def test_a_disk_without_room_for_the_copy_leaves_the_old_key_for_now(
    folder: DataFolder, made: Keys, kept: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("store.disk_full")

    key_rotation.begin(folder.keys, made)
    with monkeypatch.context() as during:
        during.setattr(Database, "copy_under", full)
        with Store.open(folder, made) as store:
            assert store.keys == made
            assert store.dossiers.get(kept.id) == kept
    with Store.open(folder, made) as store:
        assert store.keys != made
        assert store.dossiers.get(kept.id) == kept


def test_a_next_key_that_is_damaged_leaves_the_present_one(folder: DataFolder, made: Keys, kept: Dossier) -> None:
    key_rotation.begin(folder.keys, made)
    text = folder.keys.read_text()
    at = text.rindex('"wrapped": "') + len('"wrapped": "')
    folder.keys.write_text(text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :])
    with Store.open(folder, made) as store:
        assert store.keys == made
        assert store.dossiers.get(kept.id) == kept
    key_rotation.begin(folder.keys, made)
    with Store.open(folder, made) as store:
        assert store.keys != made, "begun anew"
