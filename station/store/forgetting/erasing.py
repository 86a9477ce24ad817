"""Erasing a dossier: its rows and its key in one transaction, then every trace of them in the files.

Before that, a page that another dossier still has comes under the key of that one. The order makes it safe to be
interrupted anywhere: until the transaction both keys open what they opened, after it `finish` clears what is left and
may be called again at the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.dossier.dossier import State
from station.dossier.erasure import Cause, Erasure, ErasureOrder
from station.dossier.retention import Due, Standing
from station.errors import RuleError, StoreError
from station.paths import DataFolder
from station.store import durable, schema
from station.store.database import Database
from station.store.forgetting import erasures, standings
from station.store.keys import dossier_keys
from station.store.pages import Pages
from station.store.rows import intake
from station.store.trail import audit, known_times

log = logging.getLogger(__name__)

DEED = "erase_dossier"
_SERIAL = sql.text("SELECT serial FROM dossier WHERE id = :id")
_SHARED = sql.text(
    """
    SELECT mine.sha256, min(other.id) AS other FROM page AS mine
    JOIN page AS theirs ON theirs.sha256 = mine.sha256 AND theirs.dossier <> mine.dossier
    JOIN dossier AS other ON other.serial = theirs.dossier
    WHERE mine.dossier = :serial GROUP BY mine.sha256
    """
)
_COUNTS = sql.text(
    """
    SELECT (SELECT count(DISTINCT sha256) FROM page WHERE dossier = :serial) AS pages,
        (SELECT count(*) FROM entry WHERE dossier = :serial) AS entries,
        (SELECT count(*) FROM issued_form WHERE dossier_id = :id) AS forms,
        (SELECT hub_number FROM receipt WHERE dossier_id = :id ORDER BY seq LIMIT 1) AS hub_number,
        (SELECT received_at FROM receipt WHERE dossier_id = :id ORDER BY seq DESC LIMIT 1) AS received_at,
        (SELECT score FROM rating WHERE dossier_id = :id) AS score,
        (SELECT substr(at, 1, 7) FROM rating WHERE dossier_id = :id) AS month,
        (SELECT json_extract(signature, '$.sha256') FROM dossier WHERE serial = :serial) AS signature
    """
)
_ROWS = [
    sql.text(statement)
    for statement in (
        "UPDATE intake SET sha256 = '' WHERE dossier_id = :id",
        "INSERT INTO erased_event (station, seq) SELECT station, seq FROM outbox WHERE dossier_id = :id",
        "DELETE FROM search WHERE rowid = :serial",
        "DELETE FROM correction WHERE dossier = :serial",
        "DELETE FROM reading WHERE dossier = :serial",
        "DELETE FROM entry WHERE dossier = :serial",
        "DELETE FROM page WHERE dossier = :serial",
        "DELETE FROM question WHERE dossier_id = :id",
        "DELETE FROM revision WHERE dossier_id = :id",
        "DELETE FROM hub_change WHERE dossier_id = :id",
        "DELETE FROM receipt WHERE dossier_id = :id",
        "DELETE FROM former_receipt WHERE dossier_id = :id",
        "DELETE FROM delivery WHERE (station, seq) IN (SELECT station, seq FROM outbox WHERE dossier_id = :id)",
        "DELETE FROM outbox WHERE dossier_id = :id",
        "DELETE FROM rating WHERE dossier_id = :id",
        "DELETE FROM issued_form WHERE dossier_id = :id",
        "DELETE FROM legal_hold WHERE dossier_id = :id",
        "DELETE FROM dossier WHERE serial = :serial",
        "DELETE FROM dossier_key WHERE dossier_id = :id",
    )
]
_TALLY = sql.text(
    """
    INSERT INTO rating_tally (month, procedure_code, score, count) VALUES (:month, :procedure, :score, 1)
    ON CONFLICT (month, procedure_code, score) DO UPDATE SET count = count + 1
    """
)
_FORGET_SENT = sql.text("DELETE FROM sent_page WHERE sha256 = :sha256")


class Erasing:
    """What the deeds that erase ask of the store."""

    def __init__(self, database: Database, pages: Pages, folder: DataFolder, now: Callable[[], datetime]) -> None:
        self._database, self._pages, self._folder, self._now = database, pages, folder, now

    def standings(self, opened_before: datetime) -> list[Standing]:
        """Of all sealed and discarded dossiers that were opened before then, the oldest first."""
        with self._database.reading() as connection:
            return standings.standings(connection, opened_before)

    def standing(self, dossier_id: str) -> Standing | None:
        """None for a dossier that is open, or that is not there."""
        with self._database.reading() as connection:
            return standings.standing_of(connection, dossier_id)

    def on_certificate(self, certificate: str) -> list[Erasure]:
        """What was erased under this number, in its order."""
        with self._database.reading() as connection:
            return erasures.on_certificate(connection, certificate)

    def newest(self, limit: int = 200) -> list[Erasure]:
        """What was erased last."""
        with self._database.reading() as connection:
            return erasures.newest(connection, limit)

    def of_numbers(self, numbers: Sequence[str]) -> list[Erasure]:
        """By the numbers on citizens' receipts, the station's own or the hub's."""
        with self._database.reading() as connection:
            return erasures.of_numbers(connection, numbers)

    def hub_time(self) -> datetime | None:
        """The latest time that the hub has signed: a clock that this machine cannot set wrong."""
        return known_times.hub_time(self._database)

    def erase(self, dossier_id: str, order: ErasureOrder, judge: Callable[[Standing], Due]) -> Erasure:
        """Erase one dossier if `judge`, asked where nothing can change any more, finds it due; else it raises.

        `RuleError("dossier.unknown")` for one that is open or gone. Call `finish` after the last.
        """
        while True:
            under_others = self._hand_over_shared(dossier_id)
            with self._database.writing() as connection:
                standing = standings.standing_of(connection, dossier_id)
                if standing is None:
                    raise RuleError("dossier.unknown")
                due = judge(standing)
                serial = connection.execute(_SERIAL, {"id": dossier_id}).scalar_one()
                shared = _shared(connection, serial)
                if not shared.keys() <= under_others:
                    continue  # somebody has taken one of the pages over just now: it must get its key first
                erased = self._write(connection, due, order, serial, set(shared))
            self._pages.forget_keys()
            return erased

    def finish(self) -> int:
        """Clear what erased dossiers left in the files; how many are done with. Does nothing where nothing is left.

        Raises `StoreError` where the disk fails, or `store.in_use` while somebody reads: it is tried again later.
        """
        with self._database.reading() as connection:
            left = erasures.unfinished(connection)
        if not left:
            return 0
        self._pages.remove_lost(name for names in left.values() for name in names)
        try:
            for copy in self._folder.root.glob(f"{self._folder.database.stem}.before-*"):
                copy.unlink()  # what a migration put aside holds what was just erased
            durable.sync_folder(self._folder.root)
        except OSError as error:
            raise durable.failure(error) from error
        self._database.scrub()
        with self._database.writing() as connection:
            erasures.finished(connection, left, self._now())
        return len(left)

    def _hand_over_shared(self, dossier_id: str) -> set[str]:
        """Put the pages that others still have under their keys; which ones these are."""
        with self._database.reading() as connection:
            serial = connection.execute(_SERIAL, {"id": dossier_id}).scalar()
            shared = _shared(connection, serial) if serial is not None else {}
        for sha256, other in shared.items():
            try:
                self._pages.keep(self._pages.read(sha256), other)
            except StoreError as error:
                if error.code not in ("store.page_missing", "store.page_damaged"):
                    raise
                log.warning("a shared page cannot be handed over: %s", error.code)  # it was lost before
        return set(shared)

    def _write(
        self, connection: sql.Connection, due: Due, order: ErasureOrder, serial: int, shared: set[str]
    ) -> Erasure:
        standing = due.standing
        here = {"id": standing.dossier_id, "serial": serial}
        counts = connection.execute(_COUNTS, here).one()
        key = dossier_keys.of(connection, standing.dossier_id)
        chosen = sql.select(schema.page.c.sha256).where(schema.page.c.dossier == serial)
        images = set(connection.execute(chosen).scalars()) | ({counts.signature} if counts.signature else set())
        detail: dict[str, str | int] = {"certificate": order.certificate, "second": order.second, "pages": counts.pages}
        line = audit.append(connection, AuditEntry(DEED, order.by, order.at, standing.dossier_id, detail))
        erased = Erasure(
            certificate=order.certificate,
            dossier_id=standing.dossier_id,
            number=standing.number,
            hub_number=counts.hub_number or "",
            received_at=counts.received_at or "",
            procedure_code=standing.procedure_code,
            procedure_version=standing.procedure_version,
            opened_at=standing.opened_at,
            cause=Cause.RETENTION if standing.state is State.SEALED else Cause.DISCARDED,
            since=due.since,
            erased_at=order.at,
            by=order.by,
            second=order.second,
            key_id=key.id.hex() if key else "",
            pages=counts.pages,
            shared=len(shared),
            entries=counts.entries,
            forms=counts.forms,
            trail_seq=line.seq,
            trail_hash=line.hash,
        )
        erasures.keep(connection, erased, self._pages.names(images - shared))
        if counts.score is not None:
            told = {"month": counts.month, "procedure": standing.procedure_code, "score": counts.score}
            connection.execute(_TALLY, told)
        intake.set_dossier_aside(connection, standing.dossier_id, DEED)
        for statement in _ROWS:
            connection.execute(statement, {name: here[name] for name in statement.compile().params})
        for sha256 in images - shared:
            connection.execute(_FORGET_SENT, {"sha256": sha256})
        return erased


def _shared(connection: sql.Connection, serial: int) -> dict[str, str]:
    """Which of the dossier's pages another one has, and which one that is."""
    return {row.sha256: row.other for row in connection.execute(_SHARED, {"serial": serial})}
