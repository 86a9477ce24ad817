"""The power fails while the station works: ext4 on a loop device forgets what was not flushed. Needs root."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from station.paths import DataFolder
from station.store.keys import KeyRing

from .writing_station import Station

EXT4_IOC_SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING_THE_LOG = 2


@dataclass
class Disk:
    """A file system whose power can be cut."""

    image: Path
    place: Path

    def power_on(self) -> None:
        subprocess.run(["mount", "-o", "loop", self.image, self.place], check=True, capture_output=True)

    def cut(self) -> None:
        import fcntl

        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING_THE_LOG))
        finally:
            os.close(descriptor)

    def power_off(self) -> None:
        subprocess.run(["umount", self.place], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    maker = shutil.which("mkfs.ext4", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if maker is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("needs root and ext4")
    made = Disk(tmp_path / "disk.img", tmp_path / "disk")
    made.place.mkdir()
    with made.image.open("wb") as image:
        image.truncate(96 << 20)
    subprocess.run([maker, "-q", made.image], check=True)
    try:
        made.power_on()
    except subprocess.CalledProcessError:
        pytest.skip("a loop device cannot be mounted here")
    yield made
    subprocess.run(["umount", "-l", made.place], check=False, capture_output=True)


def test_nothing_is_lost_when_power_fails(disk: Disk) -> None:
    station = Station(DataFolder(disk.place / "station"))
    chance = random.Random(21)
    for _ in range(4):
        before = len(station.told.dossiers)
        with station.working():
            time.sleep(chance.uniform(0.4, 0.9))
            disk.cut()
        assert len(station.told.dossiers) > before
        disk.power_off()
        disk.power_on()
        station.nothing_is_lost()


def test_keys_that_were_made_are_there_after_the_cut(disk: Disk) -> None:
    folder = DataFolder(disk.place / "a" / "station")
    made = KeyRing.create(folder.keys, "Mật khẩu thử của kho", use_keyring=False)
    disk.cut()
    disk.power_off()
    disk.power_on()
    assert KeyRing.open(folder.keys, "Mật khẩu thử của kho") == made


def test_the_cut_really_forgets_what_was_not_flushed(disk: Disk) -> None:
    """Or the test above would prove nothing."""
    (disk.place / "unflushed").write_bytes(b"gone")
    disk.cut()
    disk.power_off()
    disk.power_on()
    assert not (disk.place / "unflushed").exists()
