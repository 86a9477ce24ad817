"""Disks of their own, small and unreliable: one whose power can be cut, one that can be filled. They need root."""

from __future__ import annotations

import errno
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EXT4_IOC_SHUTDOWN = 0x8004587D
_WITHOUT_FLUSHING_THE_LOG = 2
_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


class PowerDisk:
    """ext4 on a loop device, which on a cut forgets what was not flushed; its journal is replayed at power on."""

    def __init__(self, image: Path, place: Path) -> None:
        self._image, self.place = image, place

    def power_on(self) -> None:
        subprocess.run(["mount", "-o", "loop", self._image, self.place], check=True, capture_output=True)

    def cut(self) -> None:
        import fcntl

        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _EXT4_IOC_SHUTDOWN, struct.pack("I", _WITHOUT_FLUSHING_THE_LOG))
        finally:
            os.close(descriptor)

    def power_off(self) -> None:
        """Raises `TimeoutError` while another mount namespace holds the disk: it would come back still broken."""
        subprocess.run(["umount", self.place], check=True, capture_output=True)
        last = time.monotonic() + 30
        while subprocess.run(["losetup", "-j", self._image], check=True, capture_output=True).stdout:
            if time.monotonic() > last:
                raise TimeoutError(f"{self._image} is still mounted elsewhere")
            time.sleep(0.05)


class SmallDisk:
    """A file system in memory, whose room something else takes."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._film = place / "film"

    def fill(self, but: int) -> None:
        """Take all room, save so many bytes, or a little more where others write meanwhile."""
        room = shutil.disk_usage(self.place).free - but
        descriptor = os.open(self._film, os.O_WRONLY | os.O_CREAT)
        try:
            while room > 0:
                try:
                    os.posix_fallocate(descriptor, 0, room)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    room = room * 9 // 10 if room > but else 0
                else:
                    return
        finally:
            os.close(descriptor)

    def clear(self) -> None:
        self._film.unlink(missing_ok=True)


@contextmanager
def power_disk(folder: Path) -> Iterator[PowerDisk | None]:
    """None where such a disk cannot be had."""
    maker = shutil.which("mkfs.ext4", path=_PATH)
    place = folder / "power"
    place.mkdir()
    disk = PowerDisk(folder / "power.img", place)
    if maker is None or os.name != "posix" or os.geteuid() != 0:
        yield None
        return
    with (folder / "power.img").open("wb") as image:
        image.truncate(1 << 30)
    subprocess.run([maker, "-q", "-m", "0", folder / "power.img"], check=True)
    try:
        disk.power_on()
    except subprocess.CalledProcessError:
        yield None
        return
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", place], check=False, capture_output=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk | None]:
    """None where such a disk cannot be had."""
    place = folder / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", place]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        yield None
        return
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "-l", place], check=False, capture_output=True)
