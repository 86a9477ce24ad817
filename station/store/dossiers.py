"""The dossiers kept on this machine: changed in transactions, listed and found without waiting for a writer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sql

from station.dossier.after_seal import as_corrected
from station.dossier.audit import AuditEntry
from station.dossier.correction import Revision
from station.dossier.delivery import Progress
from station.dossier.dossier import Dossier, State
from station.dossier.form_order import IssuedForm
from station.dossier.hub_changes import CaseBrief
from station.dossier.person_data import names
from station.dossier.queue import Queue
from station.dossier.retention import Hold
from station.dossier.service import Rating
from station.dossier.summary import Summary
from station.errors import RuleError
from station.store import schema
from station.store.database import Database
from station.store.forgetting import legal_holds
from station.store.province import hub_words, outbox, revisions
from station.store.rows import dossier_rows, issued_forms, known, queues, ratings, search
from station.store.rows.service_values import parked_from
from station.store.trail.audit import Audit
from station.store.transaction import MayTell, MayWrite, Transaction, anybody, anything

log = logging.getLogger(__name__)


class Dossiers:
    """One writer at a time; any thread may read."""

    def __init__(self, database: Database, trail: Audit) -> None:
        self._database = database
        self._trail = trail
        self._listeners: list[Callable[[], None]] = []
        self._may_write: MayWrite = anybody
        self._may_tell: MayTell = anything

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call this after each transaction that left something for the hub, in the thread that wrote it."""
        self._listeners.append(listener)

    def ask_before_writing(self, may_write: MayWrite) -> None:
        """Call this with every line of the trail before it is written; what it raises undoes the transaction."""
        self._may_write = may_write

    def ask_before_telling(self, may_tell: MayTell) -> None:
        """Call this with every event for the hub before it is written; what it raises undoes the transaction."""
        self._may_tell = may_tell

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Kept together and durable when the block ends, undone when it raises."""
        with self._database.writing() as connection:
            transaction = Transaction(connection, self._may_write, self._may_tell)
            yield transaction
            self._trail.checkpoint_when_due(connection)
        if transaction.enqueued:
            self._wake_listeners()

    def noted(self, entry: AuditEntry) -> None:
        """Write down a deed that changes nothing: somebody saw, printed or exported something."""
        with self.transaction() as kept:
            kept.audit(entry)

    def get(self, dossier_id: str) -> Dossier:
        """Raises `RuleError("dossier.unknown")`."""
        with self._database.reading() as connection:
            found = dossier_rows.load(connection, dossier_id)
        if found is None:
            raise RuleError("dossier.unknown")
        return found

    def rating(self, dossier_id: str) -> Rating | None:
        """What the citizen said of the service."""
        with self._database.reading() as connection:
            return ratings.rating_of(connection, dossier_id)

    def find(self, words: str = "", limit: int = 200, named: search.Named = lambda _word: ()) -> Sequence[Summary]:
        """Those with these words in a name or a number, or in the procedure's name; newest first without words.

        `named` says which procedures have a word that begins like a folded one.
        """
        with self._database.reading() as connection:
            if not words.strip():
                return _summaries(connection, _newest(connection, limit))
            return _summaries(connection, search.serials(connection, words, limit, named))

    def queue(self, queue: Queue, officer: str, now: datetime, limit: int = 200) -> Sequence[Summary]:
        """The first of one queue, as it stands for this officer now."""
        with self._database.reading() as connection:
            return _summaries(connection, queues.serials(connection, queue, officer, now, limit))

    def counts(self, officer: str, now: datetime) -> Mapping[Queue, int]:
        """How many dossiers stand in each queue that is counted."""
        with self._database.reading() as connection:
            return queues.counts(connection, officer, now)

    def issued_forms(self, dossier_id: str) -> Sequence[IssuedForm]:
        """The refusals and apologies of a dossier, as they were issued."""
        with self._database.reading() as connection:
            return issued_forms.issued_for(connection, dossier_id)

    def hold_of(self, dossier_id: str) -> Hold | None:
        """The hold on this dossier that nobody has lifted."""
        with self._database.reading() as connection:
            return legal_holds.of(connection, dossier_id)

    def holds(self) -> Sequence[Hold]:
        """All that nobody has lifted, the newest first."""
        with self._database.reading() as connection:
            return legal_holds.all_in_force(connection)

    def naming(self, number: str, limit: int = 500) -> Sequence[Dossier]:
        """Those in which somebody has this ID number by now, the newest first."""
        with self._database.reading() as connection:
            found = search.serials(connection, number, limit, lambda _word: ())
            chosen = sql.select(schema.dossier.c.id).where(schema.dossier.c.serial.in_(found))
            loaded = [dossier_rows.load(connection, one) for one in connection.execute(chosen).scalars()]
            kept = [dossier for dossier in loaded if dossier is not None]
            now = {dossier.id: as_corrected(dossier, revisions.of(connection, dossier.id)) for dossier in kept}
        named = [dossier for dossier in kept if names(now[dossier.id], number)]
        return sorted(named, key=lambda dossier: dossier.opened_at, reverse=True)

    def sealed_between(self, start: datetime, end: datetime) -> Sequence[str]:
        """The ids of those sealed from `start` on and before `end`, in the order of their seals."""
        with self._database.reading() as connection:
            return queues.sealed_between(connection, start, end)

    def progress(self, dossier_id: str) -> Progress | None:
        """How far it has got on its way to the hub; None before it is sealed."""
        with self._database.reading() as connection:
            progress = outbox.progress_of(connection, [dossier_id]).get(dossier_id)
            told = hub_words.briefs(connection, [dossier_id]).get(dossier_id)
        return replace(progress, official_code=told.code) if progress and told else progress

    def revisions(self, dossier_id: str) -> Sequence[Revision]:
        """The corrections since the seal, in the order in which they came about here."""
        with self._database.reading() as connection:
            return revisions.of(connection, dossier_id)

    def sealed_of(self, person_id: str, limit: int = 50) -> Sequence[Dossier]:
        """The sealed dossiers of the person with this number, the newest first."""
        with self._database.reading() as connection:
            found = [dossier_rows.load(connection, one) for one in known.sealed_of(connection, person_id, limit)]
        return [dossier for dossier in found if dossier is not None]

    def sealed_with_page(self, sha256: str, person_id: str) -> str | None:
        """The id of the newest sealed dossier of this person that has a page of this image."""
        with self._database.reading() as connection:
            return known.sealed_with_page(connection, sha256, person_id)

    def holds_page(self, sha256: str) -> bool:
        """Whether a dossier has a page of this image: what a watched folder asks after a kill."""
        pages = schema.page
        with self._database.reading() as connection:
            return (
                connection.execute(sql.select(pages.c.id).where(pages.c.sha256 == sha256).limit(1)).first() is not None
            )

    def _wake_listeners(self) -> None:
        for listener in self._listeners:
            try:
                listener()
            except Exception:  # the deed is done: who listens must not make it look undone
                log.exception("a listener failed after a commit")


def _newest(connection: sql.Connection, limit: int) -> list[int]:
    table = schema.dossier
    chosen = sql.select(table.c.serial).order_by(table.c.opened_order.desc(), table.c.serial.desc()).limit(limit)
    return list(connection.execute(chosen).scalars())


def _summaries(connection: sql.Connection, serials: list[int]) -> list[Summary]:
    """In the order given."""
    table, pages = schema.dossier, schema.page
    count = sql.select(sql.func.count()).where(pages.c.dossier == table.c.serial).scalar_subquery()
    chosen = sql.select(table, count.label("pages")).where(table.c.serial.in_(serials))
    rows = {row.serial: row for row in connection.execute(chosen)}
    progress = outbox.progress_of(connection, [row.id for row in rows.values()])
    held = legal_holds.among(connection, [row.id for row in rows.values()])
    cases = hub_words.briefs(connection, [row.id for row in rows.values()])
    return [
        Summary(
            id=row.id,
            number=row.number,
            procedure_code=row.procedure_code,
            person_name=row.person_name,
            person_id=row.person_id,
            state=State(row.state),
            opened_at=row.opened_at,
            sealed_at=row.sealed_at,
            pages=row.pages,
            progress=progress.get(row.id),
            holder=row.holder or row.opened_by,
            parked=parked_from(row.parked),
            due_at=row.due_at,
            held=row.id in held,
            case=cases.get(row.id, CaseBrief()),
        )
        for row in (rows[serial] for serial in serials)
    ]
