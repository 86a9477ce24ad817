"""Versions of rosters and packs after a restoration: above every one that a station heard of in the life that was lost.

A station refuses a roster that is not newer than its own: without this, whoever was removed after a restoration could
sign in at the counters until the versions had caught up.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from provincial_hub.clock import VIETNAM
from provincial_hub.keeping.ledger import EventBooks

_SERIES = "versions-above"
_BEGAN = datetime(2026, 1, 1, tzinfo=VIETNAM)
"""Versions count from 1, and nobody makes one every minute from here on: the minutes are far above them."""


async def pass_over_lost_versions(books: EventBooks, at: datetime) -> None:
    """By the clock and not by the books: a second restoration from the same backup knows nothing of the first."""
    missing = (at - _BEGAN) // timedelta(minutes=1) - await books.counted(_SERIES)
    if missing > 0:
        await books.count_on(_SERIES, missing)


async def lost_versions(books: EventBooks) -> int:
    """The next version is above this; 0 where the hub was never brought back."""
    return await books.counted(_SERIES)
