"""How long to wait after a failure: exponential, full jitter, at most five minutes, less where it was just heard."""

from __future__ import annotations

from datetime import datetime, timedelta

BASE = timedelta(seconds=1)
CAP = timedelta(minutes=5)
SOONEST = timedelta(seconds=0.5)
AT_ONCE = timedelta(seconds=0.1)
"""The most after a connection broke off while all went well: the line is there, and each second on it is paid for."""
LONGEST = timedelta(hours=1)
"""The longest wait that anybody may ask for. An instant further away means that the clock was set back."""


def delay(failures: int, chance: float, silent: timedelta | None = None) -> timedelta:
    """The wait after the n-th failure in a row (from 1); `chance` is uniform in [0, 1).

    `silent` is how long the hub has not been heard over a line that fails: nobody waits longer than a quarter of it, so
    that a line that comes for two seconds of every ten is caught, and one that has been away for a day is not tried
    more often than others. Full jitter keeps the stations of a whole province from coming back in step after an outage.
    """
    doubled = min(CAP, BASE * float(2 ** min(failures - 1, 20)))
    if silent is not None:
        doubled = min(doubled, max(SOONEST, silent / 4))
    return doubled * chance


def asked(seconds: float) -> timedelta:
    """The wait that the hub asked for (`Retry-After`), within reason."""
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST.total_seconds()))


def is_due(now: datetime, until: datetime | None) -> bool:
    return until is None or now >= until or until - now > LONGEST
