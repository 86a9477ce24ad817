"""Faults by the thousand: stations that work through full days and are struck again and again, row by row."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from station.app import open_keys
from station.paths import DataFolder

from . import full_day
from .counter import PASSPHRASE, Place
from .disks import PowerDisk, SmallDisk
from .hub import Hub
from .promises import Promises, check
from .strikes import DiskFull, Killed, Point, PowerCut, Refused, Strike
from .writes import Life, watched

MakeStrike = Callable[[random.Random], Strike]


@dataclass
class Row:
    """One line of the table."""

    name: str
    tried: int = 0
    points: set[Point] = field(default_factory=set)
    refusals: int = 0
    delivered: int = 0
    losses: list[str] = field(default_factory=list)
    longest: float = 0.0

    def add(self, other: Row) -> None:
        self.tried += other.tried
        self.points |= other.points
        self.refusals += other.refusals
        self.delivered += other.delivered
        self.losses += other.losses
        self.longest = max(self.longest, other.longest)


class Hubs:
    """A hub for so many stations; then the next, once the first was found to hold everything exactly once."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._hub = self._next()
        self._received: dict[str, dict[str, str]] = {}

    def place(self, root: Path) -> Place:
        return self._hub.place(root)

    @property
    def full(self) -> bool:
        return self._hub.full

    def expect(self, station: str, received: dict[str, str]) -> None:
        """What this station was told the hub has."""
        self._received[station] = dict(received)

    def losses(self) -> list[str]:
        """What is not at the hub as it was told, or is there twice."""
        held, found = self._hub.holdings(), []
        for station, received in self._received.items():
            rows = held.get(station, [])
            names = [row["dossier_id"] for row in rows]
            if len(set(names)) < len(names) or len({row["seq"] for row in rows}) < len(rows):
                found.append("the hub has something twice")
            there = {row["dossier_id"]: row["hub_number"] for row in rows}
            found += ["the hub lacks what it confirmed" for one, number in received.items() if there.get(one) != number]
            found += ["a page is not at the hub" for row in rows for page in row["pages"] if not page["complete"]]
        gaps = self._hub.gaps()
        return [*found, *(["the hub's own check finds gaps"] if gaps else [])]

    def renew(self) -> list[str]:
        losses = self.losses()
        self._hub.close()
        self._received = {}
        self._hub = self._next()
        return losses

    def close(self) -> None:
        self._hub.close()

    def _next(self) -> Hub:
        self._count += 1
        return Hub(self._folder / f"hub-{self._count}")


@contextmanager
def hubs(folder: Path) -> Iterator[Hubs]:
    made = Hubs(folder)
    try:
        yield made
    finally:
        made.close()


class Trial:
    """Stations of one row, one day after the other."""

    def __init__(self, name: str, root: Path, hubs: Hubs, make: MakeStrike, dice: random.Random) -> None:
        self.row = Row(name)
        self._root, self._hubs, self._make, self._dice = root, hubs, make, dice
        self._days = 0

    def run(self, until: float, faults: int = 1 << 30) -> Row:
        """Strike until the time is over, or so often."""
        while time.monotonic() < until and self.row.tried < faults and not self.row.losses:
            self._day(until, faults)
        return self.row

    def _day(self, until: float, faults: int) -> None:
        if self._hubs.full:
            self.row.losses += self._hubs.renew()
        self._days += 1
        place = self._hubs.place(self._root / f"{self.row.name}-{self._days}".replace(" ", "-"))
        keys = open_keys(place.folder, PASSPHRASE)
        promises = Promises()
        while "close" not in promises.stages and time.monotonic() < until and self.row.tried < faults:
            strike = self._make(self._dice)
            life = watched(
                lambda tell: full_day.work(place, place.station, tell, keys, promises.stages, promises.visits),
                strike.decide,
                strike.told,
            )
            strike.over()
            promises.hear(life)
            self._take_down(life, strike)
            self.row.losses += check(place, keys, promises)
            if self.row.losses:
                return
        self._hubs.expect(place.station, promises.received)
        self.row.delivered += len(promises.received)
        shutil.rmtree(place.root, ignore_errors=True)

    def _take_down(self, life: Life, strike: Strike) -> None:
        row = self.row
        if strike.hit is not None:
            row.tried += 1
            row.points.add(strike.hit)
        for line in life.told:
            row.refusals += "failed" in line
            row.longest = max(row.longest, line.get("seconds", 0.0))
            row.losses += [line["broke"]] if "broke" in line else []
        if not life.killed and not life.ended_well and not any("broke" in line for line in life.told):
            row.losses.append(f"the process ended with {life.status}")
        if life.killed and strike.hit is None:
            row.losses.append("the process died by itself")


def first_start(root: Path, dice: random.Random, until: float, faults: int = 1 << 30) -> Row:
    """A station that is killed as it is opened for the first time, with its keys, is simply opened again."""
    row = Row("killed at the first start")
    done = {name for name in STAGES if name != "first:open"}
    while time.monotonic() < until and row.tried < faults and not row.losses:
        place = Place(root / f"first-{row.tried}")
        strike = Killed(dice.randrange(1, 640), at_start=True)
        work = partial(full_day.work, place, "first", done=done)
        watched(work, strike.decide, strike.told)
        row.tried += strike.hit is not None
        row.points |= {strike.hit} if strike.hit else set()
        again = watched(work, lambda _write: 0)
        row.longest = max([row.longest, *(line.get("seconds", 0.0) for line in again.told)])
        promises = Promises()
        promises.hear(again)
        row.losses += [line["broke"] for line in again.told if "broke" in line]
        row.losses += check(place, open_keys(DataFolder(place.root), PASSPHRASE), promises)
        shutil.rmtree(place.root, ignore_errors=True)
    return row


STAGES = (
    *(f"first:{one}" for one in ("open", "identify", "scan", "note_papers", "settle", "seal", "deliver")),
    *(f"given up:{one}" for one in ("open", "scan", "discard")),
    *(f"second:{one}" for one in ("open", "identify", "scan", "remove_and_undo", "scan_again", "sort", "correct")),
    *(f"second:{one}" for one in ("park", "reuse", "pay", "sign", "note_papers", "settle", "seal", "deliver", "rate")),
)


def kill(dice: random.Random) -> Strike:
    return Killed.by_lot(dice)


def power_cut(disk: PowerDisk) -> MakeStrike:
    return lambda dice: PowerCut(dice.randrange(1, 140), disk=disk)


def flush_fails(dice: random.Random) -> Strike:
    return Refused(dice.randrange(1, 12), flushes=True)


def write_fails(dice: random.Random) -> Strike:
    return Refused(dice.randrange(1, 90), flushes=False)


def disk_full(disk: SmallDisk) -> MakeStrike:
    return lambda dice: DiskFull(dice.randrange(1, 140), disk=disk, but=dice.choice((0, 0, 4096, 16384, 65536)))
