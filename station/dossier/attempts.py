"""Wrong passphrases, and how long somebody waits after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE = 3
"""Mistakes that cost nothing: a key too many, Caps Lock."""
FIRST_WAIT = timedelta(seconds=30)
LOCKED_AT = 10
"""Mistakes one after the other, after which somebody else has to unlock."""
ALONE = timedelta(hours=1)
"""How long it is where nobody else could: whoever steals the machine has 24 guesses a day."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Mistakes of one person since they last signed in."""

    failures: int = 0
    last_at: datetime | None = None

    @property
    def locked(self) -> bool:
        return self.failures >= LOCKED_AT

    def wait(self, now: datetime, *, somebody_unlocks: bool) -> timedelta:
        """How long from now nothing typed is even looked at; nothing at all: it may be tried.

        After a clock was set back, one try is free: it is counted by the clock as it is now. Waiting for a moment of
        the clock as it was could take years.
        """
        if self.last_at is None or self.failures < FREE:
            return timedelta()
        if self.locked:
            whole = timedelta.max if somebody_unlocks else ALONE
        else:
            whole = FIRST_WAIT * 2 ** (self.failures - FREE)
        if whole == timedelta.max:
            return whole
        return max(timedelta(), self.last_at + whole - now) if self.last_at <= now else timedelta()
