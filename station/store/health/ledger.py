"""The conservation ledger's counts, each by a query of its own over the rows that the deeds have written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sql

from station.dossier.conservation import BroughtBack, Counts, Gap
from station.store import schema
from station.store.backup.brought_back import Restoration, restorations
from station.store.database import Database
from station.store.rows.intake import BROKEN_OFF

_FEEDING, _INTAKE, _PAGE, _DOSSIER = schema.feeding, schema.intake, schema.page, schema.dossier

_WAY = """
    SELECT intake.sha256, coalesce(dossier.number, dossier.procedure_code || ' ' || substr(dossier.opened_at, 12, 5)
            || ' ' || substr(dossier.opened_at, 9, 2) || '/' || substr(dossier.opened_at, 6, 2),
            intake.dossier_id) AS dossier, intake.set_aside, dossier.state,
        EXISTS (SELECT 1 FROM page WHERE page.dossier = dossier.serial AND page.image = intake.id) AS in_dossier,
        (SELECT coalesce(delivery.delivery, 'lost') FROM outbox
            LEFT JOIN delivery ON delivery.station = outbox.station AND delivery.seq = outbox.seq
            WHERE outbox.dossier_id = intake.dossier_id
                AND EXISTS (SELECT 1 FROM json_each(outbox.pages) WHERE value = intake.sha256)
            ORDER BY outbox.seq DESC LIMIT 1) AS delivery,
        EXISTS (SELECT 1 FROM receipt, json_each(receipt.pages) WHERE receipt.dossier_id = intake.dossier_id
            AND receipt.durable AND json_each.value = intake.sha256) AS acknowledged
    FROM intake LEFT JOIN dossier ON dossier.id = intake.dossier_id
    WHERE unixepoch(intake.at) >= :start AND unixepoch(intake.at) < :end
"""
_UNCOUNTED = """
    SELECT coalesce(dossier.number, dossier.procedure_code || ' ' || substr(dossier.opened_at, 12, 5)
            || ' ' || substr(dossier.opened_at, 9, 2) || '/' || substr(dossier.opened_at, 6, 2))
    FROM page JOIN dossier ON dossier.serial = page.dossier
    WHERE page.reused_from IS NULL AND NOT EXISTS
        (SELECT 1 FROM intake WHERE intake.dossier_id = dossier.id AND intake.id = page.image)
    AND unixepoch(page.captured_at) >= :start AND unixepoch(page.captured_at) < :end
"""
_FED = """
    SELECT feeding.id, feeding.fed, feeding.reason, feeding.ended_at,
        (SELECT count(*) FROM intake WHERE intake.feeding = feeding.id) AS kept
    FROM feeding WHERE unixepoch(feeding.began_at) >= :start AND unixepoch(feeding.began_at) < :end
"""
_BY_ITSELF = """
    SELECT count(*) FROM intake WHERE feeding = '' AND unixepoch(at) >= :start AND unixepoch(at) < :end
"""
_OTHERS = """
    SELECT (SELECT count(*) FROM page WHERE reused_from IS NOT NULL
            AND dossier IN (SELECT serial FROM dossier WHERE unixepoch(opened_at) >= :start
                            AND unixepoch(opened_at) < :end)) AS linked,
        (SELECT count(*) FROM dossier WHERE signature <> 'null'
            AND unixepoch(opened_at) >= :start AND unixepoch(opened_at) < :end) AS signatures
"""
_HOLES = """
    SELECT station || '/' || (seq - 1) FROM (
        SELECT station, seq, lag(seq, 1, 0) OVER (PARTITION BY station ORDER BY seq) AS before
        FROM (SELECT station, seq FROM outbox UNION ALL SELECT station, seq FROM erased_event)
    ) WHERE seq <> before + 1 AND before NOT IN (SELECT last_event FROM restoration)
    UNION SELECT outbox.station || '/' || outbox.seq FROM outbox LEFT JOIN delivery USING (station, seq)
        WHERE delivery.seq IS NULL
"""
_EVER = 1 << 62


class Ledger:
    """Counts by query. `there` says whether the file of a page is on this machine."""

    def __init__(self, database: Database, there: Callable[[str], bool]) -> None:
        self._database, self._there = database, there

    def counts(self, start: datetime | None = None, end: datetime | None = None) -> Counts:
        """Of what went in from `start` on and before `end`; of everything without them."""
        bounds = {"start": int(start.timestamp()) if start else 0, "end": int(end.timestamp()) if end else _EVER}
        missing: defaultdict[Gap, list[str]] = defaultdict(list)
        with self._database.reading() as connection:
            told: dict[str, int] = Counter()
            set_aside: Counter[str] = Counter()
            for row in connection.execute(sql.text(_WAY), bounds):
                if row.set_aside:
                    set_aside[row.set_aside] += 1
                for name in self._places(row, missing):
                    told[name] += 1
            fed, not_kept, broken_off = self._fed(connection, bounds, missing)
            fed += int(connection.execute(sql.text(_BY_ITSELF), bounds).scalar_one())
            missing[Gap.UNCOUNTED] += connection.execute(sql.text(_UNCOUNTED), bounds).scalars()
            missing[Gap.SEQUENCE] += connection.execute(sql.text(_HOLES)).scalars()
            others = connection.execute(sql.text(_OTHERS), bounds).one()
            brought_back = _brought_back(connection, start, end)
        return Counts(
            fed=fed,
            not_kept=not_kept,
            set_aside=set_aside,
            broken_off=broken_off,
            linked=others.linked,
            signatures=others.signatures,
            missing={gap: tuple(dict.fromkeys(affected)) for gap, affected in missing.items() if affected},
            brought_back=brought_back,
            **told,
        )

    def brought_back(self, start: datetime | None = None, end: datetime | None = None) -> tuple[BroughtBack, ...]:
        """The restorations that were made or settled from `start` on and before `end`, and every unsettled one."""
        with self._database.reading() as connection:
            return _brought_back(connection, start, end)

    def _places(self, row: sql.Row[tuple[object, ...]], missing: defaultdict[Gap, list[str]]) -> Iterator[str]:
        """Where one image is, by the names of the counts."""
        yield "taken"
        if row.set_aside and row.in_dossier:
            missing[Gap.TWICE].append(row.dossier)
        if not row.in_dossier:
            if not row.set_aside:
                missing[Gap.NOWHERE].append(row.dossier)
            return
        yield f"in_{row.state}"
        if self._there(row.sha256):
            yield "stored"
        else:
            missing[Gap.NO_FILE].append(row.dossier)
        if row.state == "sealed":
            yield from _on_its_way(row, missing)

    def _fed(
        self, connection: sql.Connection, bounds: dict[str, int], missing: defaultdict[Gap, list[str]]
    ) -> tuple[int, dict[str, int], int]:
        fed, broken_off, not_kept = 0, 0, Counter[str]()
        for row in connection.execute(sql.text(_FED), bounds):
            fed += row.fed
            broken_off += row.reason == BROKEN_OFF
            lost = row.fed - row.kept
            if lost > 0 and row.reason:
                not_kept[row.reason] += lost
            elif lost:
                missing[Gap.FED].append(row.id)
        return fed, not_kept, broken_off


def _on_its_way(row: sql.Row[tuple[object, ...]], missing: defaultdict[Gap, list[str]]) -> Iterator[str]:
    if row.delivery is None:
        missing[Gap.NOT_QUEUED].append(row.dossier)
        return
    yield "queued"
    if row.acknowledged:
        yield "acknowledged"
    elif row.delivery in ("waiting", "sending"):
        yield "waiting"
    elif row.delivery == "refused":
        yield "refused"
    else:
        missing[Gap.UNDELIVERED].append(row.dossier)


def _brought_back(connection: sql.Connection, start: datetime | None, end: datetime | None) -> tuple[BroughtBack, ...]:
    def within(moment: datetime) -> bool:
        return (start is None or start <= moment) and (end is None or moment < end)

    def concerns(one: Restoration) -> bool:
        return one.settled_at is None or within(one.restored_at) or within(one.settled_at)

    return tuple(
        BroughtBack(one.backed_up_at, one.lost if one.settled_at else None)
        for one in restorations(connection)
        if concerns(one)
    )
