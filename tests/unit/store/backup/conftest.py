"""A station with a disk beside it, and a bare machine on which it comes back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyrage
import pytest

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.paths import DataFolder
from station.store.backup import back_up
from station.store.backup.back_up import Terms
from station.store.backup.layout import BackupFolder
from station.store.backup.restore import ByIdentity, restore
from station.store.keys import KeyRing, Keys
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store

PASSPHRASE = "Mật khẩu thử của kho"
NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=VIETNAM)
IDENTITY = pyrage.x25519.Identity.generate()
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Slots:
    """A key file that was made once for all tests, as a guess at a passphrase costs what it should."""

    file: Path
    keys: Keys


@pytest.fixture(scope="session")
def of_a_province(tmp_path_factory: pytest.TempPathFactory) -> Slots:
    file = tmp_path_factory.mktemp("province") / "keys.json"
    return Slots(file, KeyRing.create(file, PASSPHRASE, use_keyring=False, recovery=[str(IDENTITY.to_public())]))


@pytest.fixture(scope="session")
def of_a_lone_station(tmp_path_factory: pytest.TempPathFactory) -> Slots:
    file = tmp_path_factory.mktemp("alone") / "keys.json"
    return Slots(file, KeyRing.create(file, PASSPHRASE, use_keyring=False))


class Station:
    """A store that works, and the disk beside it."""

    def __init__(self, folder: DataFolder, disk: Path, slots: Slots) -> None:
        self.folder, self.keys = folder, slots.keys
        folder.root.mkdir()
        shutil.copy(slots.file, folder.keys)
        self.store = Store.open(folder, slots.keys, now=lambda: NIGHT)
        self.signer = ReceiptSigner(self.store.secrets, "T01")
        self.backups = BackupFolder(disk)
        disk.mkdir()

    def work(self, dossier: Dossier) -> Dossier:
        page = replace(dossier.pages[0], sha256=self.store.pages.keep(dossier.id.encode(), dossier.id))
        with self.store.dossiers.transaction() as transaction:
            return transaction.save(replace(dossier, pages=(page,)))

    def back_up(self, **changes: object) -> back_up.Report:
        return self.store.back_up(self.backups.root, Terms(**changes), signer=self.signer)

    def destroy(self) -> None:
        if self.folder.root.exists():
            self.store.close()
            shutil.rmtree(self.folder.root)

    def restore(self, folder: DataFolder, now: datetime = MORNING) -> Store:
        restored = restore(self.backups.root, folder, ByIdentity(str(IDENTITY)), lambda: now)
        assert restored.findings == []
        return Store.open(folder, self.keys, now=lambda: now)


@pytest.fixture
def station(folder: DataFolder, tmp_path: Path, of_a_province: Slots) -> Iterator[Station]:
    station = Station(folder, tmp_path / "usb", of_a_province)
    yield station
    station.destroy()


@pytest.fixture
def bare(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "new machine" / "station")


def everything(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class CutError(Exception):
    """The plug is pulled."""
