"""What the hub has said of the dossiers here, as the desks ask for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sql

from station.dossier.correction import Revision, values_now
from station.dossier.dossier import Dossier
from station.dossier.hub_changes import (
    RESTORED,
    CaseBrief,
    CaseState,
    HubRestored,
    HubState,
    HubWord,
    OfficialCode,
    Returned,
    ValueNow,
)
from station.dossier.question import Question
from station.errors import RuleError
from station.store import schema
from station.store.database import Database
from station.store.province import revisions
from station.store.rows import dossier_rows

_CHANGE = schema.hub_change
_RETURNED = sql.text(
    """
    SELECT hub_change.document, dossier.number FROM hub_change
    JOIN dossier ON dossier.id = hub_change.dossier_id
    WHERE hub_change.subject = 'dossier.returned' AND NOT EXISTS (
        SELECT 1 FROM made_again JOIN dossier AS instead ON instead.id = made_again.instead
        WHERE made_again.dossier_id = hub_change.dossier_id AND instead.state <> 'discarded'
    )
    ORDER BY hub_change.kept_at, hub_change.cursor
    """
).columns(document=schema.Json())

_RESTORED = (
    sql.select(_CHANGE.c.kept_at, _CHANGE.c.document)
    .where(_CHANGE.c.subject == RESTORED)
    .order_by(_CHANGE.c.life.desc(), _CHANGE.c.cursor.desc())
    .limit(1)
)
_TOLD_AGAIN = sql.text(
    """
    SELECT
        (SELECT count(DISTINCT receipt.dossier_id) FROM receipt JOIN delivery USING (station, seq)
            WHERE seq > :above AND delivery.delivery <> 'received') AS waiting,
        (SELECT count(DISTINCT dossier_id) FROM former_receipt
            WHERE seq > :above AND unixepoch(replaced_at) >= unixepoch(:at)) AS arrived,
        (SELECT count(*) FROM erased_event WHERE seq > :above) AS gone,
        (SELECT max(replaced_at) FROM former_receipt WHERE seq > :above) AS done_at
    """
).columns(done_at=schema.Moment())
_IN_LISTS = ("dossier.code", "dossier.state", "dossier.returned")
_MADE_AGAIN = sql.text(
    """
    SELECT made_again.dossier_id FROM made_again JOIN dossier ON dossier.id = made_again.instead
    WHERE made_again.dossier_id IN :ids AND dossier.state <> 'discarded'
    """
).bindparams(sql.bindparam("ids", expanding=True))


class HubWords:
    """Safe to call from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, dossier_id: str) -> HubWord:
        """Everything since the seal of one dossier; raises `RuleError("dossier.unknown")`."""
        with self._database.reading() as connection:
            dossier = dossier_rows.load(connection, dossier_id)
            if dossier is None:
                raise RuleError("dossier.unknown")
            return word_on(connection, dossier)

    def questions(self) -> list[Question]:
        """Those that nobody has answered, the oldest first."""
        with self._database.reading() as connection:
            return revisions.open_questions(connection)

    def returned(self) -> list[Returned]:
        """Dossiers that came back and were not made again, the oldest first; each once, for its newest reason."""
        with self._database.reading() as connection:
            rows = [row for row in connection.execute(_RETURNED) if row.document is not None]
        newest = {row.document["body"]["dossier_id"]: _returned(row.document, row.number) for row in rows}
        return list(newest.values())

    def restored(self) -> HubRestored | None:
        """What the hub had lost when it was last brought back from a backup; None: it never was."""
        with self._database.reading() as connection:
            told = connection.execute(_RESTORED).first()
            if told is None:
                return None
            above = told.document["body"]["highest_seq"]
            found = connection.execute(_TOLD_AGAIN, {"above": above, "at": told.kept_at.isoformat()}).one()
        done_at = None if found.waiting else found.done_at
        return HubRestored(told.kept_at, found.waiting + found.arrived, found.waiting, found.gone, done_at)


def word_on(connection: sql.Connection, dossier: Dossier) -> HubWord:
    """Read in the transaction of who is about to change it."""
    chosen = (
        sql.select(_CHANGE.c.subject, _CHANGE.c.document)
        .where(_CHANGE.c.dossier_id == dossier.id, _CHANGE.c.subject.startswith("dossier."))
        .order_by(_CHANGE.c.kept_at, _CHANGE.c.cursor)
    )
    told: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(chosen):
        if row.document is None:
            continue  # told while the dossier was not here
        told.setdefault(row.subject, []).append(row.document)
    corrections = revisions.of(connection, dossier.id)
    questions = tuple(revisions.open_questions(connection, dossier.id))
    codes = [_code(one) for one in told.get("dossier.code", [])]
    backs = [_returned(one, dossier.number) for one in told.get("dossier.returned", [])]
    return HubWord(
        dossier_id=dossier.id,
        version=_version(connection, dossier.id, corrections),
        code=codes[-1] if codes else None,
        states=tuple(_state(one) for one in told.get("dossier.state", [])),
        returned=_made_again(connection, backs[-1]) if backs else None,
        revisions=corrections,
        questions=questions,
        values=_values(dossier, corrections, questions),
    )


def briefs(connection: sql.Connection, dossier_ids: Collection[str]) -> dict[str, CaseBrief]:
    """What the hub has told of these, for lists; those of which it has told nothing are left out."""
    told: dict[str, CaseBrief] = {}
    chosen = (
        sql.select(_CHANGE.c.dossier_id, _CHANGE.c.subject, _CHANGE.c.document)
        .where(_CHANGE.c.dossier_id.in_(dossier_ids), _CHANGE.c.subject.in_(_IN_LISTS))
        .order_by(_CHANGE.c.kept_at, _CHANGE.c.cursor)
    )
    for row in connection.execute(chosen):
        if row.document is None:
            continue  # erased since
        brief, body = told.get(row.dossier_id, CaseBrief()), row.document["body"]
        match row.subject:
            case "dossier.code":
                brief = replace(brief, code=body["code"])
            case "dossier.state":
                brief = replace(brief, state=HubState(body["state"]))
            case "dossier.returned":
                brief = replace(brief, returned=body["reason"])
        told[row.dossier_id] = brief
    for dossier_id in connection.execute(_MADE_AGAIN, {"ids": list(dossier_ids)}).scalars():
        told[dossier_id] = replace(told.get(dossier_id, CaseBrief()), returned="")
    table = schema.question
    asked = sql.select(table.c.dossier_id).where(table.c.dossier_id.in_(dossier_ids), table.c.settled_at.is_(None))
    for dossier_id in connection.execute(asked).scalars():
        told[dossier_id] = replace(told.get(dossier_id, CaseBrief()), asked=True)
    return told


def replace_returned(connection: sql.Connection, dossier_id: str, instead: str) -> None:
    """Another dossier takes the place of one that came back."""
    row = {"dossier_id": dossier_id, "instead": instead}
    connection.execute(sql.insert(schema.made_again).prefix_with("OR REPLACE").values(row))


def replaces(connection: sql.Connection, dossier_id: str) -> str | None:
    """Which dossier that came back this one takes the place of."""
    table = schema.made_again
    return connection.execute(sql.select(table.c.dossier_id).where(table.c.instead == dossier_id)).scalar()


def _version(connection: sql.Connection, dossier_id: str, corrections: tuple[Revision, ...]) -> int:
    received = sql.select(schema.receipt.c.seq).where(schema.receipt.c.dossier_id == dossier_id).limit(1)
    here = 1 if connection.execute(received).first() else 0
    return max([here, *(one.version for one in corrections if one.version is not None)])


def _values(
    dossier: Dossier, corrections: tuple[Revision, ...], questions: tuple[Question, ...]
) -> tuple[ValueNow, ...]:
    now = values_now({entry.id: entry.value for entry in dossier.entries}, corrections)
    waiting = {changed.value for one in corrections if one.in_flight for changed in one.changes}
    asked = {field.value for question in questions for field in question.fields}
    return tuple(
        ValueNow(
            entry.id,
            entry.key,
            entry.page_id,
            entry.value,
            now[entry.id],
            waiting=entry.id in waiting and entry.id not in asked,
            asked=entry.id in asked,
        )
        for entry in dossier.entries
    )


def _made_again(connection: sql.Connection, returned: Returned) -> Returned:
    table = schema.made_again
    chosen = sql.select(table.c.instead).where(table.c.dossier_id == returned.dossier_id)
    instead = connection.execute(chosen).scalar()
    return Returned(returned.dossier_id, returned.number, returned.reason, returned.by, returned.at, instead)


def _code(document: dict[str, Any]) -> OfficialCode:
    body = document["body"]
    return OfficialCode(body["code"], body["by"], _moment(document))


def _state(document: dict[str, Any]) -> CaseState:
    body = document["body"]
    return CaseState(HubState(body["state"]), date.fromisoformat(body["on"][:10]), body["note"], _moment(document))


def _returned(document: dict[str, Any], number: str | None) -> Returned:
    body = document["body"]
    return Returned(body["dossier_id"], number, body["reason"], body["by"], _moment(document))


def _moment(document: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(document["at"])
