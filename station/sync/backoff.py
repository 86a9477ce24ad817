"""How long to wait after a failure: exponential, full jitter, at most five minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

BASE = timedelta(seconds=1)
CAP = timedelta(minutes=5)
LONGEST = timedelta(hours=1)
"""The longest wait that anybody may ask for. An instant further away means that the clock was set back."""


def delay(failures: int, chance: float) -> timedelta:
    """The wait after the n-th failure in a row (from 1); `chance` is uniform in [0, 1).

    Full jitter keeps the stations of a whole province from coming back in step after an outage.
    """
    doubled = BASE * float(2 ** min(failures - 1, 20))
    return min(CAP, doubled) * chance


def asked(seconds: float) -> timedelta:
    """The wait that the hub asked for (`Retry-After`), within reason."""
    return timedelta(seconds=min(max(seconds, 0.0), LONGEST.total_seconds()))


def is_due(now: datetime, until: datetime | None) -> bool:
    return until is None or now >= until or until - now > LONGEST
