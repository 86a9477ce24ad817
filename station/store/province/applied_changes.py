"""What a change of the hub makes of the dossier that it is about, in the transaction that keeps the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sql

from station.dossier.correction import Origin, Revision, disputed
from station.dossier.hub_changes import HubChange
from station.dossier.question import Disputed, Question
from station.dossier.settlement import settlement
from station.store import schema
from station.store.province import outbox, revisions
from station.store.transaction import Transaction


def apply(kept: Transaction, connection: sql.Connection, change: HubChange, station: str, now: datetime) -> None:
    """Code, state and return speak from the kept document itself; here is what has to be worked out."""
    match change.subject:
        case "dossier.corrected":
            _corrected(connection, change)
        case "dossier.question":
            _asked(kept, connection, change, station, now)
        case "dossier.settled":
            _settled(connection, change)


def _corrected(connection: sql.Connection, change: HubChange) -> None:
    """A correction of theirs; where ours of the same value is still on its way, a person is asked already now."""
    theirs = _revision(change, Origin.HUB)
    earlier = revisions.of(connection, theirs.dossier_id)
    if any(one.version == theirs.version for one in earlier):
        return  # our own, told back to us
    revisions.keep(connection, theirs)
    asked = {question.seq for question in revisions.open_questions(connection, theirs.dossier_id)}
    for ours in earlier:
        fields = disputed(ours, theirs) if ours.in_flight and ours.seq not in asked else ()
        if fields and ours.seq is not None:
            question_id = f"here-{ours.seq}"
            revisions.ask(connection, Question(question_id, theirs.dossier_id, None, ours.seq, fields, change.at))


def _asked(kept: Transaction, connection: sql.Connection, change: HubChange, station: str, now: datetime) -> None:
    """The hub asks: what this station asked already becomes the hub's question, with a choice that was made since."""
    body = change.body
    dossier_id, hub_question, seq = body["dossier_id"], body["question"], body["seq"]
    fields = tuple(Disputed(one["value"], one["base"], one["hub"], one["station"]) for one in body["fields"])
    table = schema.question
    if revisions.questions(connection, table.c.hub_question == hub_question):
        return
    ours = revisions.questions(connection, table.c.seq == seq, table.c.hub_question.is_(None))
    if not ours:
        fresh = Question(hub_question, dossier_id, None, seq, fields, change.at, hub_question)
        revisions.ask(connection, fresh)
        return
    question, said = ours[0], revisions.chosen(connection, ours[0].id)
    revisions.asked_by_hub(connection, question.id, hub_question, fields)
    if said is None:
        return
    choices, reason = said
    hubs = {field.value: field.hub for field in question.fields}
    if any(field.hub != hubs.get(field.value, field.hub) for field in fields):
        revisions.reopen(connection, question.id)  # the hub's text is another by now: the choice was not about it
        return
    texts = {field.value: field.station for field in fields} | dict(choices)
    [asked] = revisions.questions(connection, table.c.id == question.id)
    kept.enqueue(
        settlement(
            asked,
            texts,
            station=station,
            seq=kept.next_seq(),
            version=kept.hub_word(dossier_id).version,
            by=asked.settled_by or "",
            at=asked.settled_at or now,
            reason=reason,
        )
    )


def _settled(connection: sql.Connection, change: HubChange) -> None:
    """Somebody has chosen, here or there: the question is closed, and what it was about is on its way no more."""
    body = change.body
    settled = _revision(change, Origin.SETTLED)
    version = settled.version or 0
    if any(one.version == version and one.origin is Origin.SETTLED for one in _of(connection, settled)):
        return
    for question in revisions.questions(connection, schema.question.c.hub_question == body["question"]):
        revisions.close(connection, question.id, body["by"], change.at)
        revisions.arrived(connection, settled.dossier_id, question.seq, version)
    revisions.keep(connection, settled)
    outbox.settle(connection, settled.dossier_id, body["question"])


def _of(connection: sql.Connection, revision: Revision) -> tuple[Revision, ...]:
    return revisions.of(connection, revision.dossier_id)


def _revision(change: HubChange, origin: Origin) -> Revision:
    body: dict[str, Any] = change.body
    return Revision(
        dossier_id=body["dossier_id"],
        origin=origin,
        changes=revisions.changes_from(body["changes"]),
        reason=body.get("reason", ""),
        by=body["by"],
        at=change.at,
        base_version=body["version"] - 1,
        version=body["version"],
    )
