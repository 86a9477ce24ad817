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
SKEW = timedelta(minutes=5)
"""From here on it is worth a word that the hub's clock says something else: deeds are dated by ours."""
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
    ahead: timedelta | None = None
    """By how much the clock is ahead of the hub's, negative where it is behind; None: the hub was not heard."""


def before_beginning(ground: Ground) -> tuple[StoreError, ...]:
    """What is told before an officer begins; empty when all is well."""
    return (*_obstacles(ground, ROOM_TO_BEGIN), *_skew(ground))


def before_sealing(ground: Ground) -> tuple[StoreError, ...]:
    """The same for a dossier that is nearly done."""
    return tuple(_obstacles(ground, ROOM_TO_SEAL))


def keeps_from_beginning(obstacle: StoreError) -> bool:
    """Whether nothing new may be begun. With a wrong clock, papers can be scanned while it is set right."""
    return obstacle.code not in ("guard.clock_behind", "guard.clock_differs")


def _skew(ground: Ground) -> Iterator[StoreError]:
    """Told, and nothing is forbidden for it: it may be the hub's clock that is wrong."""
    if ground.ahead is not None and abs(ground.ahead) > SKEW:
        hubs = ground.now - ground.ahead
        yield StoreError("guard.clock_differs", now=f"{ground.now:%H:%M %d/%m/%Y}", hub=f"{hubs:%H:%M %d/%m/%Y}")


def _obstacles(ground: Ground, room: int) -> Iterator[StoreError]:
    if ground.free < room:
        yield StoreError("guard.nearly_full", megabytes=ground.free // 10**6, needed=room // 10**6)
    if not ground.writable and ground.free >= ROOM_TO_SEAL:  # on a full disk that is no cause of its own
        yield StoreError("guard.not_writable")
    if ground.newest is not None and ground.newest - ground.now > MARGIN:
        yield StoreError(
            "guard.clock_behind",
            now=f"{ground.now:%H:%M %d/%m/%Y}",
            newest=f"{ground.newest.astimezone(ground.now.tzinfo):%H:%M %d/%m/%Y}",
        )
