"""What the station asks the hub for now and then, besides bringing it dossiers: changes, people, packs, reports.

Errands are done while nothing waits to be sent. One that was put off for longer than its `patience` goes between two
bodies of a page, never before a fact that is told for the first time: so neither a long queue nor an event that breaks
the hub keeps anybody from hearing of an official code. What comes in several pieces is late from its second piece on,
and takes turns with what waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from station.errors import HubError, StationError
from station.sync import backoff

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """`do` makes at most one exchange with the hub, and says whether there is more to do at once.

    `every` is how often; `patience` how long beyond that it may wait for dossiers.
    """

    name: str
    do: Callable[[], bool | None]
    every: timedelta
    patience: timedelta = timedelta(minutes=10)
    after_work: timedelta | None = None
    """Done sooner where the hub has answered events since, but no more often than this."""


@dataclass(slots=True)
class _Planned:
    errand: Errand
    due_at: datetime | None = None
    """None: it was never done since the start."""
    first_seen: datetime | None = None
    failures: int = 0
    done_at: datetime | None = None
    more: bool = False

    def is_due(self, now: datetime) -> bool:
        # A time further away than ever was planned means that the clock was set back.
        return self.due_at is None or now >= self.due_at or self.due_at - now > 2 * self.errand.every

    def is_late(self, now: datetime) -> bool:
        since = self.due_at or self.first_seen or now
        return self.is_due(now) and (self.more or now < since or now - since >= self.errand.patience)


@dataclass(slots=True)
class Errands:
    """All errands with their times. `chance` yields numbers in [0, 1): stations must not come in step."""

    errands: Sequence[Errand]
    chance: Callable[[], float]
    trouble: str | None = None
    """The code of what kept the last one from being done, None if it was."""
    _planned: list[_Planned] = field(default_factory=list)
    _gives_way: bool = False

    def __post_init__(self) -> None:
        self._planned = [_Planned(errand) for errand in self.errands]

    def run(self, now: datetime, *, idle: bool) -> bool:
        """Do the one that has been due longest; False where none is, or none that may go before what waits."""
        for planned in self._planned:
            planned.first_seen = planned.first_seen or now
        gives_way, self._gives_way = self._gives_way, False
        if gives_way and not idle:
            return False
        due = [one for one in self._planned if (one.is_due(now) if idle else one.is_late(now))]
        if not due:
            return False
        self._do(min(due, key=lambda one: one.due_at.timestamp() if one.due_at else 0.0), now)
        self._gives_way = True
        return True

    def worked(self, now: datetime) -> None:
        """The hub has answered events: it may have something to say about them."""
        for planned in self._planned:
            least = planned.errand.after_work
            if least is not None and planned.due_at is not None and planned.failures == 0:
                planned.due_at = min(planned.due_at, max(now, (planned.done_at or now) + least))

    def next_due(self) -> datetime | None:
        """When the next is due while nothing waits; None without errands."""
        return min((one.due_at for one in self._planned if one.due_at), default=None)

    def _do(self, planned: _Planned, now: datetime) -> None:
        spread = 0.9 + 0.2 * self.chance()
        every, self.trouble = planned.errand.every, None
        planned.more = False
        planned.due_at = now + every * spread  # also where something fails in between that is no StationError
        try:
            more = planned.errand.do()
        except StationError as error:
            planned.failures += 1
            if isinstance(error, HubError):
                self.trouble = error.code
            planned.due_at = now + self._wait(error, planned.failures)
            log.warning("the errand «%s» at the hub came to nothing: %s", planned.errand.name, error.code)
        else:
            planned.failures, planned.done_at = 0, now
            if more:
                planned.more, planned.due_at = True, now

    def _wait(self, error: StationError, failures: int) -> timedelta:
        if error.code == "hub.shut_out":
            return backoff.LONGEST
        asked = error.parameters.get("retry_after")
        wait = backoff.asked(asked) if isinstance(asked, int) else backoff.delay(failures, self.chance())
        return max(wait, timedelta(seconds=5))
