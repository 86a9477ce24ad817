"""The disk fills up while the station works. Needs root, for a small disk of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.clock import SystemClock
from station.dossier.audit import AuditEntry
from station.errors import StoreError
from station.paths import DataFolder
from station.store.store import Store

from .writing_station import Station


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_told_and_loses_nothing(small_disk: Path) -> None:
    station = Station(DataFolder(small_disk / "station"))
    with station.working() as running:
        running.wait(timeout=60)
    assert station.told.error == "store.disk_full"
    assert station.told.dossiers
    assert list(station.folder.pages.glob("*/.part-*")) == []
    station.nothing_is_lost()


def test_while_the_disk_is_full_pages_are_refused_whole_and_later_taken(small_disk: Path) -> None:
    station = Station(DataFolder(small_disk / "station"))
    with Store.open(station.folder, station.keys) as store:
        page = b"p" * 200_000
        with pytest.raises(OSError, match="No space left"):
            (small_disk / "film").write_bytes(bytes(6 << 20))
        with pytest.raises(StoreError, match=r"store\.disk_full"):
            store.pages.keep(page, "dossier")
        assert [file for file in station.folder.pages.glob("*/*") if file.is_file()] == []
        (small_disk / "film").unlink()
        assert store.pages.read(store.pages.keep(page, "dossier")) == page


def filled(disk: Path, *, but: int) -> None:
    """Take all of the disk's room, save so many bytes."""
    film = disk / "film"
    with pytest.raises(OSError, match="No space left"):
        film.write_bytes(bytes(6 << 20))
    with film.open("r+b") as file:
        file.truncate(max(film.stat().st_size - but, 0))  # the station may have left less than that


def test_a_store_on_a_disk_that_is_full_but_for_its_logs_index_can_be_opened_and_read(small_disk: Path) -> None:
    station = Station(DataFolder(small_disk / "station"))
    with station.working() as running:
        running.wait(timeout=60)
    assert station.told.error == "store.disk_full"
    filled(small_disk, but=64 << 10)  # the index of the write-ahead log takes 32 KiB
    with Store.open(station.folder, station.keys) as store:
        name = next(iter(station.told.dossiers))
        assert store.pages.read(store.dossiers.get(name).pages[0].sha256)


def test_a_store_on_a_disk_without_a_byte_of_room_throws_its_ballast_out_and_opens(small_disk: Path) -> None:
    station = Station(DataFolder(small_disk / "station"))
    with Store.open(station.folder, station.keys) as store:
        sha256 = store.pages.keep(b"a page", "dossier")
    ballast = station.folder.root / "ballast"
    assert ballast.stat().st_size == 1 << 20
    filled(small_disk, but=0)
    with Store.open(station.folder, station.keys) as store:
        assert store.pages.read(sha256) == b"a page"
        with store.dossiers.transaction() as transaction:
            transaction.audit(AuditEntry("close_shift", "officer", SystemClock().now()))
    assert not ballast.exists()
    (small_disk / "film").unlink()
    with Store.open(station.folder, station.keys) as store:
        assert [entry.deed for entry in store.audit.entries(limit=1)] == ["close_shift"]
    assert ballast.exists(), "taken in again once there is room"


def test_a_store_that_cannot_be_opened_because_the_disk_is_full_says_so(small_disk: Path) -> None:
    station = Station(DataFolder(small_disk / "station"))
    with Store.open(station.folder, station.keys):
        pass  # closed in peace, it leaves no log behind
    (station.folder.root / "ballast").unlink()
    filled(small_disk, but=0)
    with pytest.raises(StoreError, match=r"store\.disk_full"):
        Store.open(station.folder, station.keys)
