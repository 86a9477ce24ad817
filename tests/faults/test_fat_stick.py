"""A real FAT file system, as sticks have it: names, no room, and a stick that is pulled out at any moment.

As root, with dosfstools; where the kernel knows no FAT, `fusefat` stands in for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest

from station.dossier.courier import Written
from station.errors import InputError
from station.sync.courier.parcels import ParcelWriter, Sender
from tests.unit.sync.invented import PageBox, TurnedClock, event, image
from tests.unit.sync.memory_ledger import MemoryLedger

PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
HUB, OWN = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
SENDER = Sender("T01", "token", bytes(range(32)), str(OWN.to_public()), 0, None)
MB = 1 << 20


class Stick:
    """An image of a stick. What lies in it now is what is left when it is pulled out now."""

    def __init__(self, folder: Path, size: int) -> None:
        self.image, self.place = folder / "stick.img", folder / "stick"
        self.place.mkdir(exist_ok=True)
        with self.image.open("wb") as made:
            made.truncate(size)
        subprocess.run(["mkfs.vfat", self.image], check=True, capture_output=True, env={**os.environ, "PATH": PATH})

    @contextmanager
    def plugged_in(self, image: Path | None = None) -> Iterator[Path]:
        known = "\tvfat\n" in Path("/proc/filesystems").read_text("ascii")
        plug = ["mount", "-o", "loop"] if known or not shutil.which("fusefat") else ["fusefat", "-o", "rw+"]
        subprocess.run([*plug, image or self.image, self.place], check=True, capture_output=True)
        try:
            yield self.place
        finally:
            subprocess.run(["umount", self.place], check=True, capture_output=True)

    def pulled_out(self) -> Path:
        """The image as it is at this moment, without what the system has not written yet."""
        return Path(shutil.copyfile(self.image, self.image.with_suffix(".pulled")))


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    if os.geteuid() != 0 or shutil.which("mkfs.vfat", path=PATH) is None:
        pytest.skip("needs root and dosfstools")
    made = Stick(tmp_path, 16 * MB)
    try:
        with made.plugged_in():
            pass
    except subprocess.CalledProcessError:
        pytest.skip("FAT cannot be mounted here")
    return made


class Pages(PageBox):
    """Tells when a page is read: the parcel is half written then."""

    def __init__(self) -> None:
        super().__init__()
        self.at_each = lambda: None

    def read(self, sha256: str) -> bytes:
        self.at_each()
        return super().read(sha256)


def counter(dossiers: int, size: int) -> tuple[MemoryLedger, Pages]:
    ledger, pages = MemoryLedger(), Pages()
    for seq in range(1, dossiers + 1):
        name = pages.add(image(seq, size))
        ledger.enqueue(event(seq, (name,), body={"number": str(seq), "pages": [{"sha256": name, "size": size}]}))
    return ledger, pages


def write(waiting: tuple[MemoryLedger, Pages], folder: Path) -> Written:
    return ParcelWriter(*waiting, str(HUB.to_public()), TurnedClock().now).write(folder, SENDER)


def test_a_parcel_lies_whole_on_the_stick_the_moment_it_is_said_to_be_written(stick: Stick) -> None:
    waiting = counter(3, MB)
    with stick.plugged_in() as place:
        (name,) = write(waiting, place).files
        content, left = (place / name).read_bytes(), stick.pulled_out()
    with stick.plugged_in(left) as place:
        assert [file.name for file in place.iterdir()] == [name]
        assert (place / name).read_bytes() == content
        assert pyrage.decrypt(content, [HUB])


def test_a_stick_that_is_pulled_out_while_it_is_written_holds_no_parcel_and_is_good_for_the_next(stick: Stick) -> None:
    waiting, left = counter(6, MB), list[Path]()
    waiting[1].at_each = lambda: left.append(stick.pulled_out())
    with stick.plugged_in() as place:
        write(waiting, place)
    waiting[1].at_each = lambda: None
    with stick.plugged_in(left[-1]) as place:
        assert not list(place.glob("*.tsc"))
        (name,) = write(waiting, place).files
        assert [file.name for file in place.iterdir()] == [name], "what was half written is cleared away"


def test_a_stick_without_room_is_told_before_anything_is_written(stick: Stick) -> None:
    with stick.plugged_in() as place:
        with pytest.raises(InputError, match=r"courier\.no_room"):
            write(counter(15, MB), place)
        assert not list(place.iterdir())
