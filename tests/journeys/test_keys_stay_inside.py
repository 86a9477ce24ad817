"""No key and no passphrase of a station at work is found outside its own memory."""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from station.paths import DataFolder
from station.store.keys import KeyRing, Keys, Secrets
from tests.journeys.piles import BIRTH
from tests.journeys.programs import AStation
from tests.journeys.station_at_work import PASSPHRASE

StartStation = Callable[..., AStation]


def spellings(keys: Keys) -> dict[str, tuple[bytes, ...]]:
    """Every secret that can be known from outside, as bytes, in base 16 and in base 64."""
    secrets = {"data key": keys.data, "database key": keys.database, "passphrase": PASSPHRASE.encode()}
    derived = Secrets.derived_from(keys.data)
    secrets |= {name: getattr(derived, name) for name in ("pages", "names", "receipts", "trail")}
    return {
        name: (bytes(value), value.hex().encode(), value.hex().upper().encode(), base64.b64encode(value))
        for name, value in secrets.items()
    }


def told_by(process: psutil.Process) -> Iterator[tuple[str, bytes]]:
    """What the system tells everybody, or everybody of the same user, about a process."""
    try:
        name = process.name()
        for about in ("cmdline", "environ"):
            yield f"{about} of {name}", Path(f"/proc/{process.pid}/{about}").read_bytes()
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return  # it has ended meanwhile


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in folder.rglob("*"):
        try:
            yield file.name, f"{file}\n".encode() + (file.read_bytes() if file.is_file() else b"")
        except FileNotFoundError:
            continue  # a temporary file that is gone again


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_neither_children_nor_files_nor_logs_hold_a_key(tmp_path: Path, start_station: StartStation) -> None:
    temporary, folder = tmp_path / "temporary", DataFolder(tmp_path / "station")
    temporary.mkdir()
    station = start_station(TMPDIR=str(temporary))
    sought = spellings(KeyRing.open(folder.keys, PASSPHRASE))
    found: set[tuple[str, str]] = set()
    seen: set[str] = set()

    def look() -> None:
        places = [one for process in (station.process, *station.family()) for one in told_by(process)]
        places += [*files_below(temporary), *files_below(folder.root)]
        for place, content in places:
            seen.add(place)
            found.update((place, name) for name, ways in sought.items() if any(way in content for way in ways))

    station.do("open", procedure=BIRTH.procedure)
    station.do("identify", picture=BIRTH.card)
    for _ in station.begin("scan"):
        look()
    station.do("stumble")
    look()
    errors = Path(f"{folder.root}.stderr").read_bytes()
    found.update(("stderr", name) for name, ways in sought.items() if any(way in errors for way in ways))
    assert found == set()
    assert {f"cmdline of {station.process.name()}", "keys.json", "station.db"} <= seen
    assert len(station.family()) > 0, "there were children to look at"
    assert any(name.endswith(".log") for name in seen), sorted(seen)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """Or the test above would prove nothing."""
    keys = Keys.random()
    (tmp_path / "log").write_text(f"opened with {keys.database.hex()}")
    ((_, content),) = files_below(tmp_path)
    assert [name for name, ways in spellings(keys).items() if any(way in content for way in ways)] == ["database key"]
    assert list(told_by(psutil.Process(os.getpid())))
