"""What the supervisors' page asks about dossiers: lists by state and deadline, paged by key, and one with its story."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.engine import RowMapping

from provincial_hub.cases.states import OPEN
from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import (
    announced,
    cases,
    deeds,
    dossiers,
    events,
    pages,
    previews,
    questions,
    revisions,
)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which dossiers. `stations`: those that the visitor may see, None for all. Times as in the tables."""

    stations: frozenset[str] | None
    station: str = ""
    states: tuple[str, ...] = OPEN
    due_before: str = ""
    due_from: str = ""
    without_code: bool = False
    with_question: bool = False
    text: str = ""
    """A whole number, or how an official code begins."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A dossier in a list: nothing in it tells anything about the citizen."""

    dossier_id: str
    station: str
    number: str
    procedure: str
    state: str
    sealed_at: str
    received_at: str | None
    due_at: str | None
    ended_at: str | None
    official_code: str | None
    pages: int
    reused_pages: int
    facts: Mapping[str, Any]
    questions: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """`after` asks for the next page, None on the last."""

    rows: tuple[CaseRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class CaseCounts:
    open: int
    overdue: int
    soon: int
    without_code: int
    questions: int


@dataclass(frozen=True, slots=True)
class Preview:
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CaseStory:
    """Everything that is kept of one dossier. `events` as they came, oldest first."""

    case: CaseRow
    version: int
    events: tuple[Mapping[str, Any], ...]
    complete: frozenset[str]
    """SHA-256 of the pages that the hub holds whole."""
    previews: frozenset[str]
    """SHA-256 of the pages of which a small picture came ahead."""
    revisions: tuple[Mapping[str, Any], ...]
    questions: tuple[Mapping[str, Any], ...]
    deeds: tuple[Mapping[str, Any], ...]


class ViewBooks(Books):
    """Open for one transaction."""

    async def cases(self, chosen: CaseFilter, after: str = "", most: int = 50) -> CasePage:
        """In the order of their deadlines, those without one last. `after` is what the page before told."""
        wanted = _cases().where(*_conditions(chosen))
        if after:
            wanted = wanted.where(_behind(after))
        in_order = wanted.order_by(cases.c.due_at.is_(None), cases.c.due_at, cases.c.dossier_id).limit(most + 1)
        found = (await self._connection.execute(in_order)).mappings().all()
        rows = tuple(_row(one) for one in found[:most])
        last = f"{rows[-1].due_at or ''}|{rows[-1].dossier_id}" if len(found) > most else None
        return CasePage(rows, last)

    async def counts(self, stations: frozenset[str] | None, now: str, soon: str) -> CaseCounts:
        """How many of the open dossiers are how far; `soon` is the moment up to which a deadline is near."""
        due, none = cases.c.due_at, cases.c.official_code.is_(None)
        tallied = select(
            func.count(),
            *(_tally(which) for which in (due < now, and_(due >= now, due < soon), none, _has_question())),
        ).where(*_conditions(CaseFilter(stations)))
        row = (await self._connection.execute(tallied)).one()
        return CaseCounts(*(int(number or 0) for number in row))

    async def case(self, dossier_id: str) -> CaseRow | None:
        row = (await self._connection.execute(_cases().where(cases.c.dossier_id == dossier_id))).mappings().first()
        return _row(row) if row else None

    async def story(self, dossier_id: str) -> CaseStory | None:
        found = await self.case(dossier_id)
        if found is None:
            return None
        version = await self._connection.scalar(select(dossiers.c.version).where(dossiers.c.dossier_id == dossier_id))
        held = await self._connection.scalars(
            select(pages.c.sha256)
            .join(announced, and_(announced.c.station == pages.c.station, announced.c.sha256 == pages.c.sha256))
            .join(events, and_(announced.c.station == events.c.station, announced.c.seq == events.c.seq))
            .where(events.c.dossier_id == dossier_id)
        )
        small = await self._connection.scalars(
            select(previews.c.sha256)
            .join(announced, and_(announced.c.station == previews.c.station, announced.c.sha256 == previews.c.sha256))
            .join(events, and_(announced.c.station == events.c.station, announced.c.seq == events.c.seq))
            .where(events.c.dossier_id == dossier_id)
        )
        return CaseStory(
            case=found,
            version=int(version or 0),
            events=await self._all(
                select(events).where(events.c.dossier_id == dossier_id).order_by(events.c.kept_at, events.c.seq)
            ),
            complete=frozenset(held),
            previews=frozenset(small),
            revisions=await self._all(
                select(revisions).where(revisions.c.dossier_id == dossier_id).order_by(revisions.c.version)
            ),
            questions=await self._all(
                select(questions).where(questions.c.dossier_id == dossier_id).order_by(questions.c.asked_at)
            ),
            deeds=await self._all(select(deeds).where(deeds.c.dossier_id == dossier_id).order_by(deeds.c.id)),
        )

    async def has_looked(self, dossier_id: str, by: str, since: str) -> bool:
        """Whether it is written down that somebody did anything with this dossier, or only opened it, since then."""
        done = select(deeds.c.id).where(deeds.c.dossier_id == dossier_id, deeds.c.by == by, deeds.c.at >= since)
        return await self._connection.scalar(done.limit(1)) is not None

    async def preview(self, station: str, sha256: str) -> Preview | None:
        chosen = select(previews.c.media_type, previews.c.content).where(
            previews.c.station == station, previews.c.sha256 == sha256
        )
        row = (await self._connection.execute(chosen)).first()
        return Preview(row.media_type, row.content) if row else None

    async def _all(self, statement: Select[Any]) -> tuple[Mapping[str, Any], ...]:
        return tuple(dict(row) for row in (await self._connection.execute(statement)).mappings())


def _cases() -> Select[Any]:
    asked = (
        select(func.count())
        .where(questions.c.dossier_id == cases.c.dossier_id, questions.c.settled_at.is_(None))
        .scalar_subquery()
    )
    return select(cases, asked.label("questions"))


def _row(row: RowMapping) -> CaseRow:
    told = dict(row)
    facts = json.loads(told.pop("facts"))
    return CaseRow(**told, facts=facts)


def _conditions(chosen: CaseFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if chosen.stations is not None:
        where.append(cases.c.station.in_(sorted(chosen.stations)))
    if chosen.station:
        where.append(cases.c.station == chosen.station)
    if chosen.text:
        # A search looks everywhere: whoever has a number does not know its state.
        number = or_(cases.c.number == chosen.text, cases.c.official_code == chosen.text)
        begins = cases.c.official_code.startswith(chosen.text, autoescape=True)
        return [*where, or_(number, begins, cases.c.dossier_id == chosen.text)]
    if chosen.states:
        where.append(cases.c.state.in_(chosen.states))
    if chosen.due_before:
        where.append(cases.c.due_at < chosen.due_before)
    if chosen.due_from:
        where.append(cases.c.due_at >= chosen.due_from)
    if chosen.without_code:
        where.append(cases.c.official_code.is_(None))
    if chosen.with_question:
        where.append(_has_question())
    return where


def _has_question() -> ColumnElement[bool]:
    return exists().where(questions.c.dossier_id == cases.c.dossier_id, questions.c.settled_at.is_(None))


def _tally(which: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((which, 1), else_=0))


def _behind(after: str) -> ColumnElement[bool]:
    due, _, dossier_id = after.partition("|")
    if not due:
        return and_(cases.c.due_at.is_(None), cases.c.dossier_id > dossier_id)
    same = and_(cases.c.due_at == due, cases.c.dossier_id > dossier_id)
    return or_(cases.c.due_at > due, same, cases.c.due_at.is_(None))
