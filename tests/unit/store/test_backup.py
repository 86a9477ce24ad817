"""The backup is a store that opens, holds everything, and never takes the place of something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from station.dossier.dossier import Dossier
from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing
from station.store.store import Store

PASSPHRASE = "Mật khẩu thử của kho"


@pytest.fixture
def working(folder: DataFolder) -> Store:
    """A store whose keys lie beside it."""
    return Store.open(folder, KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False))


def work(store: Store, dossier: Dossier) -> Dossier:
    page = replace(dossier.pages[0], sha256=store.pages.keep(dossier.id.encode()))
    with store.dossiers.transaction() as transaction:
        return transaction.save(replace(dossier, pages=(page,)))


def test_the_backup_opens_as_a_store_and_holds_everything(
    working: Store, new_dossier: Callable[..., Dossier], tmp_path: Path
) -> None:
    target = DataFolder(tmp_path / "usb" / "backup")
    first = work(working, new_dossier())
    working.back_up(target.root)
    (page,) = target.pages.glob("*/*")
    copied_at = page.stat().st_mtime_ns
    second = work(working, new_dossier())
    working.back_up(target.root)
    working.close()
    assert page.stat().st_mtime_ns == copied_at, "a page is copied once"
    with Store.open(target, KeyRing.open(target.keys, PASSPHRASE)) as restored:
        assert restored.verify() == []
        assert [restored.dossiers.get(dossier.id) for dossier in (first, second)] == [first, second]
        assert restored.pages.read(second.pages[0].sha256) == second.id.encode()


def test_the_backup_of_another_station_is_not_written_over(working: Store, tmp_path: Path) -> None:
    other = DataFolder(tmp_path / "other")
    Store.open(other, KeyRing.create(other.keys, PASSPHRASE, use_keyring=False)).close()
    before = (other.keys.read_bytes(), other.database.read_bytes())
    with working, pytest.raises(StoreError, match=r"store\.backup_of_another"):
        working.back_up(other.root)
    assert (other.keys.read_bytes(), other.database.read_bytes()) == before


@pytest.mark.parametrize("inside", ["", "backup"])
def test_a_store_is_not_copied_onto_itself(working: Store, folder: DataFolder, inside: str) -> None:
    with working, pytest.raises(StoreError, match=r"store\.backup_in_store"):
        working.back_up(folder.root / inside)


def test_a_copy_that_somebody_opened_and_left_behind_is_replaced_as_a_whole(
    working: Store, new_dossier: Callable[..., Dossier], tmp_path: Path
) -> None:
    target = DataFolder(tmp_path / "backup")
    first = work(working, new_dossier())
    working.back_up(target.root)
    with Store.open(target, KeyRing.open(target.keys, PASSPHRASE)) as opened:
        work(opened, new_dossier())
        with pytest.raises(StoreError, match=r"store\.in_use"):
            working.back_up(target.root)
        left = {name: target.root.joinpath(name).read_bytes() for name in ("station.db-wal", "station.db-shm")}
    for name, content in left.items():
        (target.root / name).write_bytes(content)
    working.back_up(target.root)
    working.close()
    with Store.open(target, KeyRing.open(target.keys, PASSPHRASE)) as restored:
        assert [summary.id for summary in restored.dossiers.find()] == [first.id]
        assert restored.verify() == []
