"""One bit of a station's files turned over: it must be found, or make no difference; never may it pass as the truth."""

from __future__ import annotations

import random
import shutil
import struct
import time
from collections.abc import Sequence
from pathlib import Path

from station.app import open_keys
from station.errors import StationError

from . import full_day
from .counter import PASSPHRASE, Place
from .matrix import Hubs, Row
from .promises import Promises, check
from .strikes import Killed
from .writes import watched

KINDS = ("station.db", "keys.json", "page")
LOG = ("station.db-wal",)
"""Where SQLite ends at the first frame that does not check, whatever follows it (0089)."""
_DAYS_END = 2600
"""Writes after which the pattern is killed: both visits are nearly done, and the write-ahead log is there."""


def flipped_bits(
    folder: Path, hubs: Hubs, dice: random.Random, until: float, faults: int = 1 << 30, kinds: Sequence[str] = KINDS
) -> Row:
    """A station that was killed late in its day, copied, and each copy with one bit turned over."""
    row = Row("flipped bit" if kinds is KINDS else "flipped bit in the log")
    place = hubs.place(folder / f"pattern-{kinds[0]}")
    promises = _killed_late(place)
    # Each kind once in any case: the day that is copied may have taken all of the time.
    while row.tried < min(faults, len(kinds)) or (time.monotonic() < until and row.tried < faults):
        kind = kinds[row.tried % len(kinds)]
        copy = folder / "copy"
        shutil.copytree(place.root, copy)
        file = _file(copy, kind, dice)
        where = _flip(file, dice, _end_of_last_but_one(file) if kind in LOG else file.stat().st_size)
        began = time.monotonic()
        said = _said_of(Place(copy, place.station), promises)
        row.longest = max(row.longest, time.monotonic() - began)
        row.tried += 1
        row.points.add((kind, "found" if said else "no difference", where))
        row.refusals += bool(said)
        row.losses += [f"{kind}: {one}" for one in said[:1] if one.startswith("unnoticed")]
        shutil.rmtree(copy)
    return row


def _killed_late(place: Place) -> Promises:
    strike = Killed(_DAYS_END, at_start=True)
    life = watched(lambda tell: full_day.work(place, "pattern", tell), strike.decide, strike.told)
    promises = Promises()
    promises.hear(life)
    return promises


def _file(root: Path, kind: str, dice: random.Random) -> Path:
    if kind != "page":
        return root / kind
    pages = sorted(file for file in (root / "pages").glob("*/*") if file.is_file())
    return dice.choice(pages)


def _end_of_last_but_one(log: Path) -> int:
    """Where the last transaction begins: damage to that one alone cannot be told from a power cut."""
    content = log.read_bytes()
    (size,), salts = struct.unpack_from(">I", content, 8), content[16:24]
    step = 24 + size
    frames = range(32, len(content) - step + 1, step)
    mine = [at for at in frames if content[at + 8 : at + 16] == salts]
    ends = [at + step for at in mine if struct.unpack_from(">I", content, at + 4)[0]]
    return ends[-2]


def _flip(file: Path, dice: random.Random, end: int) -> int:
    content = bytearray(file.read_bytes())
    where = dice.randrange(end)
    content[where] ^= 1 << dice.randrange(8)
    file.write_bytes(content)
    return where


def _said_of(place: Place, promises: Promises) -> list[str]:
    """What the station says about its copy; «unnoticed» where it says nothing and something is not as promised."""
    mine = Promises(dict(promises.states), dict(promises.visits), set(promises.stages), dict(promises.received))
    mine.in_flight = promises.in_flight
    try:
        keys = open_keys(place.folder, PASSPHRASE)
    except StationError as error:
        return [error.code]
    found = check(place, keys, mine)
    told = [one for one in found if one.startswith(("verify:", "ledger:", "not opened:"))]
    return told or [f"unnoticed: {one}" for one in found]
