"""The ledger that the sync loop works on: what still has to reach the hub, how far it has got, the hub's word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent, Progress
from station.errors import StoreError
from station.store import schema
from station.store.database import Database
from station.store.province import revisions
from station.store.rows import search
from station.store.trail import audit

# Written out, so that the database sees that its index of waiting deliveries fits.
_WAITING = sql.text("delivery.delivery NOT IN ('received', 'refused')")
_BACKLOG = sql.text(
    """
    SELECT count(*) AS waiting, min(outbox.created_at) AS oldest FROM delivery JOIN outbox USING (station, seq)
    WHERE delivery.delivery NOT IN ('received', 'refused')
    """
).columns(oldest=schema.Moment())
_OF_QUESTION = """
    (outbox.seq IN (SELECT seq FROM question WHERE hub_question = :question)
        OR (outbox.kind = 'dossier.settled' AND json_extract(outbox.body, '$.question') = :question))
"""
_SETTLED = sql.text(
    f"""
    UPDATE delivery SET delivery = 'received', reason = NULL, detail = NULL, next_attempt = NULL
    WHERE delivery = 'refused' AND (station, seq) IN (
        SELECT station, seq FROM outbox WHERE dossier_id = :dossier_id AND {_OF_QUESTION}
    )
    """  # noqa: S608 – constants
)
_ANSWERED = sql.text(
    """
    SELECT question.dossier_id, question.hub_question FROM outbox
    JOIN question ON question.dossier_id = outbox.dossier_id AND (
        question.seq = outbox.seq OR question.hub_question = json_extract(outbox.body, '$.question')
    )
    WHERE outbox.station = :station AND outbox.seq = :seq AND question.hub_question IS NOT NULL
        AND EXISTS (
            SELECT 1 FROM hub_change WHERE hub_change.dossier_id = outbox.dossier_id
            AND hub_change.subject = 'dossier.settled'
            AND json_extract(hub_change.document, '$.body.question') = question.hub_question
        )
    """
)


class Outbox:
    """Events in the order in which they happened. Safe to call from the sync thread."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._open = threading.local()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What this thread keeps within is one transaction: durable when the block ends, undone when it raises."""
        with self._database.writing() as connection:
            self._open.connection = connection
            try:
                yield
            finally:
                del self._open.connection

    @contextmanager
    def _writing(self) -> Iterator[sql.Connection]:
        """The transaction that is open already, else one of its own."""
        connection: sql.Connection | None = getattr(self._open, "connection", None)
        if connection is not None:
            yield connection
        else:
            with self._database.writing() as connection:
                yield connection

    def pending_keys(self) -> list[tuple[str, int]]:
        """Station and number of the same events; costs no look at their bodies."""
        table = schema.delivery
        chosen = sql.select(table.c.station, table.c.seq).where(_WAITING).order_by(table.c.seq, table.c.station)
        with self._database.reading() as connection:
            return [(row.station, row.seq) for row in connection.execute(chosen)]

    def events_of(self, keys: Sequence[tuple[str, int]]) -> list[OutboxEvent]:
        """These events, whole and in this order; without those that are not there."""
        table = schema.outbox
        chosen = sql.select(table).where(sql.tuple_(table.c.station, table.c.seq).in_(list(keys)))
        with self._database.reading() as connection:
            found = {(row["station"], row["seq"]): _event(row) for row in connection.execute(chosen).mappings()}
        return [found[key] for key in keys if key in found]

    def pending(self) -> list[OutboxEvent]:
        """Oldest first, those that the hub has neither received nor refused."""
        events, deliveries = schema.outbox, schema.delivery
        waiting = (
            sql.select(events)
            .join(deliveries, sql.and_(deliveries.c.station == events.c.station, deliveries.c.seq == events.c.seq))
            .where(_WAITING)
            .order_by(deliveries.c.seq, deliveries.c.station)
        )
        with self._database.reading() as connection:
            return [_event(row) for row in connection.execute(waiting).mappings()]

    def backlog(self) -> tuple[int, int, datetime | None]:
        """How many events wait, how many the hub refused, and when the oldest that waits was written."""
        refused = sql.select(sql.func.count()).where(schema.delivery.c.delivery == Delivery.REFUSED.value)
        with self._database.reading() as connection:
            waiting = connection.execute(_BACKLOG).one()
            return int(waiting.waiting), int(connection.execute(refused).scalar_one()), waiting.oldest

    def progress(self, dossier_id: str) -> Progress | None:
        """That of the dossier's newest event; None where it has none."""
        with self._database.reading() as connection:
            return progress_of(connection, [dossier_id]).get(dossier_id)

    def note(
        self,
        station: str,
        seq: int,
        delivery: Delivery,
        reason: str | None,
        detail: str | None,
        next_attempt: datetime | None,
    ) -> None:
        """Write down how far an event has got. What has been received stays received."""
        if delivery is Delivery.RECEIVED:
            raise ValueError("only a receipt makes an event received")
        table = schema.delivery
        here = (table.c.station == station, table.c.seq == seq, table.c.delivery != Delivery.RECEIVED.value)
        said = {"delivery": delivery.value, "reason": reason, "detail": detail, "next_attempt": next_attempt}
        with self._writing() as connection:
            connection.execute(sql.update(table).where(*here).values(said))
            if reason in ("hub.question", "hub.conflict"):
                _settle_answered(connection, station, seq)

    def page_sent(self, sha256: str) -> None:
        """The hub holds this page complete; it is not sent again, for whatever event."""
        with self._writing() as connection:
            connection.execute(sql.insert(schema.sent_page).prefix_with("OR IGNORE").values(sha256=sha256))

    def sent_pages(self, *events: OutboxEvent) -> set[str]:
        """Those of these events' pages that the hub holds."""
        with self._database.reading() as connection:
            return _sent(connection, {page for event in events for page in event.pages})

    def keep_receipt(self, event: OutboxEvent, receipt: HubReceipt) -> None:
        """Keep the hub's word and mark the event received; keeping the same one again changes nothing.

        Another one for an event that was told again takes the place of the first, which is kept: the hub that gave it
        was brought back from a backup, and knows the dossier by the new one alone.

        The signature is the caller's to check. Raises `StoreError("store.other_receipt")` for the word on another
        event, for fewer pages, or for one that does not promise durability.
        """
        if not _answers(event, receipt):
            raise StoreError("store.other_receipt", seq=event.seq)
        name = {"station": event.station, "seq": event.seq}
        table = schema.delivery
        with self._writing() as connection:
            new = {column: getattr(receipt, column) for column in schema.receipt.c.keys()}  # noqa: SIM118 - not a dict
            first = _make_way(connection, receipt, self._now())
            kept = connection.execute(sql.insert(schema.receipt).prefix_with("OR IGNORE").values(new))
            received = {"delivery": Delivery.RECEIVED.value, "reason": None, "detail": None, "next_attempt": None}
            waited = table.c.delivery != Delivery.RECEIVED.value
            settled = connection.execute(sql.update(table).filter_by(**name).where(waited).values(received))
            if kept.rowcount == settled.rowcount == 0:
                return
            if kept.rowcount and first and event.kind != "dossier.sealed":
                revisions.arrived(connection, event.dossier_id, event.seq, receipt.version or event.base_version + 1)
            search.index_again(connection, event.dossier_id)
            detail: dict[str, str | int] = {"seq": event.seq, "hub_number": receipt.hub_number, "key": receipt.key_id}
            audit.append(connection, AuditEntry("hub_receipt", "hub", self._now(), event.dossier_id, detail))


def enqueue(connection: sql.Connection, event: OutboxEvent) -> None:
    """Write an event in the transaction of the deed that made it."""
    row = {column: getattr(event, column) for column in schema.outbox.c.keys()}  # noqa: SIM118 - not a dict
    connection.execute(sql.insert(schema.outbox).values(row))
    waiting = {"station": event.station, "seq": event.seq, "delivery": Delivery.WAITING.value}
    connection.execute(sql.insert(schema.delivery).values(waiting))


def settle(connection: sql.Connection, dossier_id: str, hub_question: str) -> None:
    """A question is answered: the hub's signed word on it is the receipt of the events that it was about."""
    concerned = {"dossier_id": dossier_id, "question": hub_question}
    connection.execute(_SETTLED, concerned)


def _make_way(connection: sql.Connection, receipt: HubReceipt, now: datetime) -> bool:
    """Put a receipt of an earlier life of the hub aside where its event waits again; whether there was none."""
    table, delivery = schema.receipt, schema.delivery
    here = (table.c.station == receipt.station, table.c.seq == receipt.seq)
    kept = connection.execute(sql.select(table).where(*here)).mappings().first()
    if kept is None or kept["signature"] == receipt.signature:
        return kept is None
    same = (delivery.c.station == receipt.station, delivery.c.seq == receipt.seq)
    waits = sql.select(delivery.c.seq).where(*same, delivery.c.delivery != Delivery.RECEIVED.value)
    if connection.execute(waits).first() is not None:
        connection.execute(sql.insert(schema.former_receipt).prefix_with("OR IGNORE").values(**kept, replaced_at=now))
        connection.execute(sql.delete(table).where(*here))
    return False


def tell_again(connection: sql.Connection, station: str, above: int, now: datetime) -> set[str]:
    """The hub has lost the events above this number: they wait once more, with their pages. The dossiers concerned."""
    table = schema.delivery
    answered = table.c.delivery.in_([Delivery.RECEIVED.value, Delivery.REFUSED.value])
    lost = (table.c.station == station, table.c.seq > above, answered)
    events = schema.outbox
    same = sql.and_(events.c.station == table.c.station, events.c.seq == table.c.seq)
    chosen = sql.select(events.c.dossier_id, events.c.pages).join(table, same).where(*lost)
    found = connection.execute(chosen).all()
    for row in found:
        connection.execute(sql.delete(schema.sent_page).where(schema.sent_page.c.sha256.in_(row.pages)))
    waiting = {"delivery": Delivery.WAITING.value, "reason": None, "detail": None, "next_attempt": None}
    connection.execute(sql.update(table).where(*lost).values(waiting))
    detail: dict[str, str | int] = {"hub_event": above, "events": len(found)}
    audit.append(connection, AuditEntry("tell_again", "hub", now, None, detail))
    return {row.dossier_id for row in found}


def _settle_answered(connection: sql.Connection, station: str, seq: int) -> None:
    """The answer to the question came down before the hub's answer to the event: then that is all there is to say."""
    answered = connection.execute(_ANSWERED, {"station": station, "seq": seq}).first()
    if answered is not None:
        settle(connection, answered.dossier_id, answered.hub_question)


def progress_of(connection: sql.Connection, dossier_ids: Iterable[str]) -> dict[str, Progress]:
    """The progress of each of these dossiers that has an event, in two queries."""
    events, deliveries, receipts = schema.outbox, schema.delivery, schema.receipt
    same = sql.and_(deliveries.c.station == events.c.station, deliveries.c.seq == events.c.seq)
    with_receipt = sql.and_(receipts.c.station == events.c.station, receipts.c.seq == events.c.seq)
    chosen = (
        sql.select(
            events.c.dossier_id,
            events.c.kind,
            events.c.pages,
            *(deliveries.c[name] for name in ("delivery", "reason", "detail", "next_attempt")),
            *(column.label(f"receipt_{column.name}") for column in receipts.c),
        )
        .select_from(events.join(deliveries, same).outerjoin(receipts, with_receipt))
        .where(events.c.dossier_id.in_(list(dossier_ids)))
        .order_by(events.c.seq)
    )
    rows: dict[str, list[Mapping[Any, Any]]] = {}
    for row in connection.execute(chosen).mappings():
        rows.setdefault(row["dossier_id"], []).append(row)
    shown = {dossier_id: _shown(of_dossier) for dossier_id, of_dossier in rows.items()}
    sent = _sent(connection, {sha256 for row, _ in shown.values() for sha256 in row["pages"]})
    return {dossier_id: _progress(row, sealed, sent) for dossier_id, (row, sealed) in shown.items()}


def _sent(connection: sql.Connection, pages: Iterable[str]) -> set[str]:
    chosen = sql.select(schema.sent_page.c.sha256).where(schema.sent_page.c.sha256.in_(list(pages)))
    return set(connection.execute(chosen).scalars())


def _event(row: Mapping[Any, Any]) -> OutboxEvent:
    return OutboxEvent(**{**row, "pages": tuple(row["pages"])})


def _shown(rows: list[Mapping[Any, Any]]) -> tuple[Mapping[Any, Any], Mapping[Any, Any]]:
    """The oldest event that the hub does not have, else the newest; and the seal, whose receipt names the dossier."""
    left = [row for row in rows if row["delivery"] != Delivery.RECEIVED.value]
    seals = [row for row in rows if row["kind"] == "dossier.sealed"]
    return (left or rows[-1:])[0], (seals or rows)[-1]


def _progress(row: Mapping[Any, Any], sealed: Mapping[Any, Any], sent: set[str]) -> Progress:
    received = row["delivery"] == Delivery.RECEIVED.value
    pages = row["pages"]
    return Progress(
        dossier_id=row["dossier_id"],
        delivery=Delivery(row["delivery"]),
        pages_sent=len(pages) if received else len(sent.intersection(pages)),
        pages_total=len(pages),
        reason=row["reason"],
        detail=row["detail"],
        next_attempt=row["next_attempt"],
        receipt=_receipt(sealed),
    )


def _receipt(row: Mapping[Any, Any]) -> HubReceipt | None:
    if row["receipt_signature"] is None:
        return None
    told = {column: row[f"receipt_{column}"] for column in schema.receipt.c.keys()}  # noqa: SIM118 - not a dict
    return HubReceipt(**{**told, "pages": tuple(told["pages"])})


def _answers(event: OutboxEvent, receipt: HubReceipt) -> bool:
    return (
        receipt.durable
        and (receipt.station, receipt.seq, receipt.dossier_id) == (event.station, event.seq, event.dossier_id)
        and set(receipt.pages) == set(event.pages)
    )
