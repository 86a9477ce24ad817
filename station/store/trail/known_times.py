"""The latest moments that are known to be past: what the hub has signed, and what the trail says."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sql

from station.store.database import Database

_LOOKED_AT = 500
"""Lines of the trail: those that were written before a clock was set back are among the newest."""

# With the deed by which a person said that the clock is right, whatever was written before: an index has it by name.
NEWEST_LINE = sql.text(
    """
    SELECT at FROM (SELECT seq, at FROM audit ORDER BY seq DESC LIMIT :most)
    WHERE seq >= coalesce((SELECT max(seq) FROM audit WHERE deed = 'confirm_clock'), 0)
    ORDER BY unixepoch(at) DESC LIMIT 1
    """
)
HUB = sql.text("SELECT received_at FROM receipt ORDER BY unixepoch(received_at) DESC LIMIT 1")
NOT_BEFORE = sql.text(
    "SELECT json_extract(detail, '$.hub_time') FROM audit WHERE deed = 'confirm_clock' ORDER BY seq DESC LIMIT 1"
)


def hub_time(database: Database) -> datetime | None:
    """The newest time in a receipt of the hub: only receipts whose signature was checked are kept."""
    with database.reading() as connection:
        told = connection.execute(HUB).scalar()
    return datetime.fromisoformat(told) if told else None


def newest_moment(database: Database) -> datetime | None:
    """The later of the hub's and the trail's newest; those that a person has declared wrong do not count."""
    with database.reading() as connection:
        line = connection.execute(NEWEST_LINE, {"most": _LOOKED_AT}).scalar()
        hub = connection.execute(HUB).scalar()
        declared_wrong = connection.execute(NOT_BEFORE).scalar()
    found = [datetime.fromisoformat(line)] if line else []
    if hub and (declared_wrong is None or datetime.fromisoformat(hub) > datetime.fromisoformat(declared_wrong)):
        found.append(datetime.fromisoformat(hub))
    return max(found, default=None)
