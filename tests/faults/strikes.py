"""What can happen to a station while it works: each strikes at one of its writes, and says what it hit."""

from __future__ import annotations

import errno
import random
from dataclasses import dataclass, field
from typing import Protocol

from .disks import PowerDisk, SmallDisk
from .writes import FLUSHES, KILL, Told, Write

_AT_THE_START = 0.1
"""How often a fault waits for no promise, but strikes while the station still opens."""
_GOES_ON = 60
"""Writes that a station makes after a disk refused one, before it is killed."""

Point = tuple[str, str, int]
"""What was being done, which call it was, and which of its calls in this deed."""


class Strike(Protocol):
    """One fault in one life. `hit` is where it struck, None as long as it has not."""

    hit: Point | None

    def decide(self, write: Write) -> int: ...

    def told(self, line: Told) -> None: ...

    def over(self) -> None:
        """The process has ended: mend what was broken."""
        ...


@dataclass
class Killed:
    """SIGKILL before one write, `after` so many in the day's work or while it opens."""

    after: int
    at_start: bool = False
    hit: Point | None = None
    _ready: bool = False
    _doing: str = ""
    _of_deed: int = 0
    _seen: int = 0

    @classmethod
    def by_lot(cls, dice: random.Random) -> Killed:
        at_start = dice.random() < _AT_THE_START
        return cls(dice.randrange(1, 90 if at_start else 140), at_start)

    def told(self, line: Told) -> None:
        self._ready = self._ready or line.get("done") == "start"
        if "doing" in line:
            self._doing, self._of_deed = line["doing"], 0

    def decide(self, write: Write) -> int:
        self._of_deed += 1
        if not self._ready and not self.at_start:
            return 0
        self._seen += self._counts(write)
        if self.hit is None and self._seen == self.after:
            self.hit = (self._doing, write.name, self._of_deed)
            return self._strike()
        return self._afterwards()

    def over(self) -> None:
        """Nothing was broken."""

    def _counts(self, write: Write) -> bool:
        return True

    def _strike(self) -> int:
        return KILL

    def _afterwards(self) -> int:
        return 0


@dataclass
class PowerCut(Killed):
    """The power fails before one write."""

    disk: PowerDisk = field(kw_only=True)

    def _strike(self) -> int:
        self.disk.cut()
        return KILL

    def over(self) -> None:
        self.disk.power_off()
        self.disk.power_on()


@dataclass
class Refused(Killed):
    """One write or flush comes back with an input/output error; the station works on and is killed later."""

    flushes: bool = True
    _later: int = 0

    def _counts(self, write: Write) -> bool:
        kinds = FLUSHES if self.flushes else {"write", "pwrite64", "writev", "pwritev"}
        return write.name in kinds

    def _strike(self) -> int:
        return errno.EIO

    def _afterwards(self) -> int:
        self._later += self.hit is not None
        return KILL if self._later == _GOES_ON else 0


@dataclass
class DiskFull(Killed):
    """From one write on there is no room, until the station has said so; it works on and is killed later."""

    disk: SmallDisk = field(kw_only=True)
    but: int = 0
    refused: int = 0
    _later: int = 0

    def told(self, line: Told) -> None:
        super().told(line)
        if "failed" in line:
            self.refused += 1
            self.disk.clear()

    def _strike(self) -> int:
        self.disk.fill(self.but)
        return 0

    def _afterwards(self) -> int:
        self._later += self.hit is not None
        if self._later == 4 * _GOES_ON:
            self.disk.clear()  # what was written since found room in the files it has
        return KILL if self._later == 5 * _GOES_ON else 0

    def over(self) -> None:
        self.disk.clear()
