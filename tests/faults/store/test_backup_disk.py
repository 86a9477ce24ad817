"""The backup's disk fills up, or the station is killed, while a backup is made. The full disk needs root."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.errors import StoreError
from station.paths import DataFolder
from station.store.backup import back_up
from station.store.backup.back_up import Terms
from station.store.backup.check import check
from station.store.backup.layout import BackupFolder
from station.store.keys import KeyRing, Keys
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store

from .test_disk_full import small_disk  # noqa: F401 - a fixture

PAGE = 300_000
ALWAYS = """
import sys
from pathlib import Path
from station.paths import DataFolder
from station.store.backup.back_up import Terms
from station.store.keys import KeyRing, Keys
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
folder, usb = DataFolder(Path(sys.argv[1])), Path(sys.argv[2])
with Store.open(folder, KeyRing.open(folder.keys, sys.argv[3])) as store:
    print("ready", flush=True)
    number = 0
    while True:
        number += 1
        store.pages.keep(bytes([number % 256]) * 100_000 + str(number).encode(), "dossier")
        store.back_up(usb, Terms(keep=2), signer=ReceiptSigner(store.secrets, "T01"))
        print(number, flush=True)
"""
PASSPHRASE = "mật khẩu để thử"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return KeyRing.create(tmp_path / "station" / "keys.json", PASSPHRASE, use_keyring=False)


@pytest.fixture
def store(tmp_path: Path, keys: Keys) -> Iterator[Store]:
    with Store.open(DataFolder(tmp_path / "station"), keys) as store:
        yield store


def test_a_disk_that_fills_up_is_told_of_the_right_disk_and_the_earlier_backup_is_whole(
    store: Store,
    small_disk: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signer, backups = ReceiptSigner(store.secrets, "T01"), BackupFolder(small_disk)
    # Somebody else may fill the disk after the room was looked at: no look beforehand helps against that.
    monkeypatch.setattr(back_up, "_SPARE", -(1 << 40))
    store.back_up(small_disk, Terms(), signer=signer)
    for _ in range(40):
        store.pages.keep(secrets.token_bytes(PAGE), "dossier")
    for _ in range(2):
        with pytest.raises(StoreError, match=r"backup\.disk_full"):
            store.back_up(small_disk, Terms(), signer=signer)
        assert backups.finished() == [1]
        assert check(backups, 1, [signer.public]) == []


def test_the_copy_of_the_database_too_may_find_the_disk_full(
    store: Store,
    small_disk: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signer = ReceiptSigner(store.secrets, "T01")
    monkeypatch.setattr(back_up, "_SPARE", -(1 << 40))
    store.back_up(small_disk, Terms(), signer=signer)
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "film").write_bytes(bytes(6 << 20))
    with pytest.raises(StoreError, match=r"backup\.disk_full"):
        store.back_up(small_disk, Terms(), signer=signer)
    (small_disk / "film").unlink()
    assert store.back_up(small_disk, Terms(), signer=signer).generations == 2


def test_killed_again_and_again_while_it_backs_up_it_always_leaves_whole_generations(
    tmp_path: Path, keys: Keys
) -> None:
    folder, usb = DataFolder(tmp_path / "station"), tmp_path / "usb"
    usb.mkdir()
    backups = BackupFolder(usb)
    for after in (0.01, 0.03, 0.07):
        command = [sys.executable, "-c", ALWAYS, str(folder.root), str(usb), PASSPHRASE]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "ready\n"
            assert int(running.stdout.readline()) >= 1
            time.sleep(after)
            running.kill()
        assert backups.finished()
        assert [check(backups, number) for number in backups.finished()] == [[]] * len(backups.finished())
    with Store.open(folder, keys) as store:
        store.back_up(usb, Terms(keep=2), signer=ReceiptSigner(store.secrets, "T01"))
    assert backups.begun() == backups.finished()
    assert len(backups.finished()) == 2
