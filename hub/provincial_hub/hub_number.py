"""Hub numbers: the unit, the day, and a count of that day, which no backup that is brought back makes again."""

from __future__ import annotations

from datetime import datetime

from provincial_hub.keeping.ledger import EventBooks

A_MINUTE = 100_000
"""More numbers than a hub gives out in a minute, by far: what a hub measured at its best was some hundreds a second."""

PASSED_OVER = "passed-over/"
"""Before the name of a series: how many of its numbers were never given out."""


async def next_hub_number(books: EventBooks, unit: str, at: datetime) -> str:
    """From 1 each day, without gaps but for a restoration. The row is locked until the transaction ends."""
    series = _series(unit, at)
    return f"{series}-{await books.next_in(series):04d}"


async def pass_over_lost_numbers(books: EventBooks, unit: str, at: datetime) -> int:
    """After a restoration: go on above every number that the life that was lost can have given out today; the last one.

    It begins at a number that the minute of the day makes, so that a second restoration from the same backup, which
    knows nothing of the first, goes on above that one's numbers, too. Days to come have had no numbers yet.
    """
    series, begins = _series(unit, at), (at.hour * 60 + at.minute + 1) * A_MINUTE
    missing = begins - await books.counted(series)
    if missing > 0:
        await books.count_on(f"{PASSED_OVER}{series}", missing)
        await books.count_on(series, missing)
    return await books.counted(series)


def _series(unit: str, at: datetime) -> str:
    return f"{unit}-{at:%y%m%d}"
