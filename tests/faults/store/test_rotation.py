"""The data key changes, and the program is killed before each of its writes, one after the other.

Whatever the kill left is opened like on any other morning: by the officer's passphrase, with all that was kept, and
with the change finished.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing, Keys, passphrase_slot, rotation
from station.store.store import Store

from ..disks import power_disk
from ..writes import KILL, Life, Write, can_be_watched, watched

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
"""The child does its work and ends; threads of the test runner are no concern of it."""

PASSPHRASE, OTHER = "Mật khẩu thử của kho", "Mật khẩu của anh Nam"
EVERY = 1 if os.environ.get("STATION_FAULTS") == "all" else 12
"""Of so many writes one is tried as the last; `STATION_FAULTS=all` tries them all (some minutes)."""
PAGES = [b"a page of paper %d" % number * 500 for number in range(3)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder with a store in it; each kill works on a copy."""

    folder: DataFolder
    keys: Keys
    pages: tuple[str, ...]

    def copy(self, place: Path) -> DataFolder:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder.root, place)
        return DataFolder(place)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    if not can_be_watched():
        pytest.skip("needs Linux with seccomp")
    monkeypatch.setattr(passphrase_slot, "COST", passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1))
    folder = DataFolder(tmp_path / "station")
    keys = KeyRing.create(folder.keys, PASSPHRASE, use_keyring=False, officer_id="mai.mau")
    KeyRing.set_officer(folder.keys, "nam.mau", OTHER, keys)
    with Store.open(folder, keys) as store:
        return Kept(folder, keys, tuple(store.pages.keep(page, "dossier") for page in PAGES))


def change_everything(folder: DataFolder) -> None:
    """Begin the change as the running program does, and finish it as the next start does."""
    rotation.begin(folder.keys, KeyRing.open(folder.keys, PASSPHRASE))
    Store.open(folder, KeyRing.open(folder.keys, PASSPHRASE)).close()


def killed_before(number: int, folder: DataFolder, first: Callable[[], None] = lambda: None) -> Life:
    """The 256 folders of pages do not count: that they are there already is all that making them finds out."""
    count = 0

    def decide(write: Write) -> int:
        nonlocal count
        count += write.name not in ("mkdir", "mkdirat")
        if count < number:
            return 0
        if count == number:
            first()
        return KILL

    return watched(lambda _tell: change_everything(folder), decide)


def everything_is_there(kept: Kept, folder: DataFolder, number: int) -> Keys:
    """Opened by one of the officers; the keys that it lies under from now on."""
    officer, passphrase = (("mai.mau", PASSPHRASE), ("nam.mau", OTHER))[number // EVERY % 2]
    with Store.open(folder, KeyRing.open(folder.keys, passphrase, officer)) as store:
        assert [store.pages.read(sha256) for sha256 in kept.pages] == PAGES, f"cut off before write {number}"
        assert store.verify() == []
        present = store.keys
    assert KeyRing.open(folder.keys, passphrase, officer) == present, "the change is finished"
    return present


def test_whatever_write_is_the_last_the_store_opens_and_the_change_is_finished(kept: Kept, tmp_path: Path) -> None:
    begun, tried, number = 0, 0, 1
    while True:
        folder = kept.copy(tmp_path / "copy")
        life = killed_before(number, folder)
        present = everything_is_there(kept, folder, number)
        assert {one.genuine for one in KeyRing.slots(folder.keys, present)} == {True}
        if present != kept.keys:
            begun += 1
            with pytest.raises(StoreError, match=r"store\.wrong_key"):
                Store.open(folder, kept.keys)
            assert list(folder.root.glob(".part-*")) == [], "nothing of the old key stays behind"
        if life.ended_well:
            break
        assert life.killed
        tried += 1
        number += EVERY
    assert number > 100, "each flush, each rename, each write of SQLite"
    assert 0 < begun - 1 < tried, "a kill before the next key was written leaves the present one"


def test_a_power_cut_at_any_write_leaves_one_key_or_the_other(kept: Kept, tmp_path: Path) -> None:
    """Like a kill, and what was not flushed is gone, too."""
    begun, number = 0, 1
    with power_disk(tmp_path) as disk:
        if disk is None:
            pytest.skip("needs root and ext4")
        while True:
            folder = kept.copy(disk.place / "copy")
            os.sync()
            life = killed_before(number, folder, disk.cut)
            if life.ended_well:
                break
            disk.power_off()
            disk.power_on()
            begun += everything_is_there(kept, folder, number) != kept.keys
            number += EVERY
    assert number > 100
    assert begun > 0
