"""The officer's queues as queries that read no more rows than they show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sql

from station.dossier.queue import COUNTED, DUE_LATE, DUE_SOON, Queue
from station.dossier.why_stuck import QUESTION

# Written out, so that the database sees that its partial indexes fit. UNION ALL, for it would read the whole table in
# order to merge without repeats.
_HOLDER = "CASE WHEN holder = '' THEN opened_by ELSE holder END"
_OF_DELIVERY = """
    SELECT dossier.serial FROM delivery JOIN outbox USING (station, seq) JOIN dossier ON dossier.id = outbox.dossier_id
    WHERE delivery.delivery
"""
_SERIALS = {
    Queue.TODAY: """
        SELECT serial FROM dossier WHERE state = 'open'
        UNION ALL SELECT serial FROM dossier WHERE opened_order >= :day_order
        UNION ALL SELECT serial FROM dossier WHERE sealed_at IS NOT NULL AND unixepoch(sealed_at) >= :day
    """,
    Queue.MINE: f"SELECT serial FROM dossier WHERE state = 'open' AND parked = 'null' AND {_HOLDER} = :officer",  # noqa: S608 – constants
    Queue.PARKED: "SELECT serial FROM dossier WHERE state = 'open' AND parked <> 'null'",
    Queue.WAITING: f"{_OF_DELIVERY} NOT IN ('received', 'refused') AND delivery.reason IS NULL",
    Queue.STUCK: f"""
        {_OF_DELIVERY} = 'refused' AND delivery.reason IS NOT '{QUESTION}'
        UNION ALL {_OF_DELIVERY} NOT IN ('received', 'refused') AND delivery.reason IS NOT NULL
    """,
    Queue.DUE: """
        SELECT serial FROM dossier
        WHERE due_at IS NOT NULL AND unixepoch(due_at) BETWEEN :late AND :soon
    """,
}
_NEWEST = "ORDER BY dossier.opened_order DESC, dossier.serial DESC LIMIT :limit"
_LISTS = {
    **{
        queue: sql.text(f"SELECT serial FROM dossier WHERE serial IN ({serials}) {_NEWEST}")  # noqa: S608 – constants
        for queue, serials in _SERIALS.items()
    },
    Queue.DUE: sql.text(f"{_SERIALS[Queue.DUE]} ORDER BY unixepoch(due_at), serial LIMIT :limit"),
    Queue.SENT: sql.text(
        f"""
        SELECT serial FROM dossier WHERE EXISTS (
            SELECT 1 FROM outbox JOIN delivery USING (station, seq)
            WHERE outbox.dossier_id = dossier.id AND delivery.delivery = 'received'
        ) {_NEWEST}
        """  # noqa: S608 – constants
    ),
    Queue.ALL: sql.text(f"SELECT serial FROM dossier {_NEWEST}"),  # noqa: S608 – constants
}
_SEALED_BETWEEN = sql.text(
    """
    SELECT id FROM dossier WHERE sealed_at IS NOT NULL AND unixepoch(sealed_at) BETWEEN :start AND :end - 1
    ORDER BY unixepoch(sealed_at), number
    """
)
_EACH = (f"(SELECT count(DISTINCT serial) FROM ({_SERIALS[queue]})) AS {queue.value}" for queue in COUNTED)  # noqa: S608
_COUNTS = sql.text(f"SELECT {', '.join(_EACH)}")


def serials(connection: sql.Connection, queue: Queue, officer: str, now: datetime, limit: int) -> list[int]:
    """The rows of one queue, in its order."""
    return list(connection.execute(_LISTS[queue], {**_told(officer, now), "limit": limit}).scalars())


def counts(connection: sql.Connection, officer: str, now: datetime) -> Mapping[Queue, int]:
    """How many dossiers stand in each queue that is counted."""
    counted = connection.execute(_COUNTS, _told(officer, now)).one()
    return dict(zip(COUNTED, counted, strict=True))


def sealed_between(connection: sql.Connection, start: datetime, end: datetime) -> list[str]:
    """The ids of dossiers by the time of their seal."""
    told = {"start": int(start.timestamp()), "end": int(end.timestamp())}
    return list(connection.execute(_SEALED_BETWEEN, told).scalars())


def _told(officer: str, now: datetime) -> dict[str, str | int]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "officer": officer,
        "day": int(midnight.timestamp()),
        "day_order": int(midnight.timestamp()) * 10**6,
        "soon": int((midnight + timedelta(days=DUE_SOON + 1)).timestamp()) - 1,
        "late": int((now - timedelta(days=DUE_LATE)).timestamp()),
    }
