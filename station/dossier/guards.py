"""What must hold before work is accepted: room to keep it, a folder that takes it, and a clock that is not behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.errors import StoreError

ROOM_TO_BEGIN = 200 * 10**6
"""Bytes: a dossier of a hundred pages, and what the database needs beside it."""
ROOM_TO_SEAL = 8 * 10**6
"""A seal is a few pages of the database, and its write-ahead log."""
MARGIN = timedelta(minutes=10)
"""Clocks of two machines differ, and are set right by some minutes."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the station stands on, as it was found. `newest` is the latest moment that is known for certain to be past:
    the hub's signed word, or the newest line of the trail."""

    free: int
    writable: bool
    now: datetime
    newest: datetime | None = None


def before_beginning(ground: Ground) -> tuple[StoreError, ...]:
    """What is told before an officer begins; empty when all is well."""
    return tuple(_obstacles(ground, ROOM_TO_BEGIN))


def before_sealing(ground: Ground) -> tuple[StoreError, ...]:
    """The same for a dossier that is nearly done."""
    return tuple(_obstacles(ground, ROOM_TO_SEAL))


def keeps_from_beginning(obstacle: StoreError) -> bool:
    """Whether nothing new may be begun. With a wrong clock, papers can be scanned while it is set right."""
    return obstacle.code != "guard.clock_behind"


def _obstacles(ground: Ground, room: int) -> Iterator[StoreError]:
    if not ground.writable:
        yield StoreError("guard.not_writable")
    if ground.free < room:
        yield StoreError("guard.nearly_full", megabytes=ground.free // 10**6, needed=room // 10**6)
    if ground.newest is not None and ground.newest - ground.now > MARGIN:
        yield StoreError(
            "guard.clock_behind",
            now=f"{ground.now:%H:%M %d/%m/%Y}",
            newest=f"{ground.newest.astimezone(ground.now.tzinfo):%H:%M %d/%m/%Y}",
        )
