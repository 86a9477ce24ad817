"""Corrections after the seal, and the questions that they made: rows that never change, but for the hub's answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sql

from station.dossier.correction import Changed, Origin, Revision
from station.dossier.question import Disputed, Question
from station.store import schema

_REVISION, _QUESTION = schema.revision, schema.question


def keep(connection: sql.Connection, revision: Revision) -> None:
    """Write one down, in the transaction of what made it."""
    row = dataclasses.asdict(revision) | {"origin": revision.origin.value}
    connection.execute(sql.insert(_REVISION).values(row))


def of(connection: sql.Connection, dossier_id: str) -> tuple[Revision, ...]:
    """Those of a dossier, in the order in which they came about here."""
    chosen = sql.select(_REVISION).where(_REVISION.c.dossier_id == dossier_id).order_by(_REVISION.c.serial)
    return tuple(_revision(row) for row in connection.execute(chosen).mappings())


def arrived(connection: sql.Connection, dossier_id: str, seq: int, version: int) -> None:
    """The hub has taken in the correction of this event, and made this version with it."""
    here = (_REVISION.c.dossier_id == dossier_id, _REVISION.c.seq == seq, _REVISION.c.version.is_(None))
    connection.execute(sql.update(_REVISION).where(*here).values(version=version))


def ask(connection: sql.Connection, question: Question) -> None:
    """Keep a question for a person."""
    fields = [dataclasses.asdict(one) for one in question.fields]
    connection.execute(
        sql.insert(_QUESTION).values(
            id=question.id,
            dossier_id=question.dossier_id,
            seq=question.seq,
            fields=fields,
            asked_at=question.asked_at,
            hub_question=question.hub_question,
            answer=None,
        )
    )


def asked_by_hub(connection: sql.Connection, question_id: str, hub_question: str, fields: Sequence[Disputed]) -> None:
    """The hub has asked what this station asked already; its word on the values counts."""
    told = {"hub_question": hub_question, "fields": [dataclasses.asdict(one) for one in fields]}
    connection.execute(sql.update(_QUESTION).where(_QUESTION.c.id == question_id).values(told))


def reopen(connection: sql.Connection, question_id: str) -> None:
    """A choice was made between other texts than those that are asked about now."""
    none = {"answer": None, "settled_by": None, "settled_at": None}
    connection.execute(sql.update(_QUESTION).where(_QUESTION.c.id == question_id).values(none))


def answer(
    connection: sql.Connection, question_id: str, choices: Mapping[str, str], reason: str, by: str, at: datetime
) -> None:
    """A person has chosen."""
    told = {"answer": {"choices": dict(choices), "reason": reason}, "settled_by": by, "settled_at": at}
    connection.execute(sql.update(_QUESTION).where(_QUESTION.c.id == question_id).values(told))


def close(connection: sql.Connection, question_id: str, by: str, at: datetime) -> None:
    """Somebody has chosen elsewhere. A choice that was made here stays on record beside it."""
    here = (_QUESTION.c.id == question_id, _QUESTION.c.settled_at.is_(None))
    connection.execute(sql.update(_QUESTION).where(*here).values(settled_by=by, settled_at=at))


def questions(connection: sql.Connection, *where: sql.ColumnElement[bool]) -> list[Question]:
    """The oldest first."""
    number = schema.dossier.c.number
    joined = _QUESTION.join(schema.dossier, schema.dossier.c.id == _QUESTION.c.dossier_id)
    chosen = (
        sql.select(_QUESTION, number.label("number"))
        .select_from(joined)
        .where(*where)
        .order_by(_QUESTION.c.asked_at, _QUESTION.c.id)
    )
    return [_question(row) for row in connection.execute(chosen).mappings()]


def open_questions(connection: sql.Connection, dossier_id: str | None = None) -> list[Question]:
    """Those that nobody has answered: of one dossier, or of all."""
    mine = () if dossier_id is None else (_QUESTION.c.dossier_id == dossier_id,)
    return questions(connection, _QUESTION.c.settled_at.is_(None), *mine)


def chosen(connection: sql.Connection, question_id: str) -> tuple[Mapping[str, str], str] | None:
    """What a person here has chosen, and why; None: nobody has."""
    said = connection.execute(sql.select(_QUESTION.c.answer).where(_QUESTION.c.id == question_id)).scalar()
    return (said["choices"], said["reason"]) if said else None


def changes_from(told: Iterable[Mapping[str, Any]]) -> tuple[Changed, ...]:
    """Changes as they stand in JSON."""
    return tuple(Changed(str(one["value"]), str(one["before"]), str(one["after"])) for one in told)


def _revision(row: Mapping[Any, Any]) -> Revision:
    plain = {name: value for name, value in row.items() if name != "serial"}
    return Revision(**{**plain, "origin": Origin(row["origin"]), "changes": changes_from(row["changes"])})


def _question(row: Mapping[Any, Any]) -> Question:
    plain = {name: value for name, value in row.items() if name != "answer"}
    return Question(**{**plain, "fields": tuple(Disputed(**one) for one in row["fields"])})
