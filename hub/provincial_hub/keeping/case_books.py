"""Dossiers after they were received, in the database: what is counted of them, their versions, their questions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping

from provincial_hub.cases.facts import CaseFacts
from provincial_hub.cases.merging import Change, Field, Revision, values_after
from provincial_hub.cases.states import MORE_WANTED, RECEIVED, WITHDRAWN
from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import cases, dossiers, events, questions, revisions


@dataclass(frozen=True, slots=True)
class Case:
    """How a dossier stands."""

    dossier_id: str
    station: str
    number: str
    version: int
    state: str
    due_at: str | None
    official_code: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What a dossier says: the newest sealed version, and every revision after it."""

    sealed_version: int
    sealed: dict[str, str]
    revisions: tuple[Revision, ...]
    keys: dict[str, str]
    """What each value is, by its id: `mother.full_name`."""

    @property
    def version(self) -> int:
        return self.sealed_version + len(self.revisions)

    def values(self, version: int | None = None) -> dict[str, str]:
        """The texts by the ids of the values, as a version had them; the newest where none is named."""
        return values_after(self.sealed, (one for one in self.revisions if version is None or one.version <= version))

    def since(self, version: int) -> tuple[Revision, ...]:
        return tuple(one for one in self.revisions if one.version > version)


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """The sealed body as it came, and when all of it was here."""

    station: str
    version: int
    body: dict[str, Any]
    received_at: str | None


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A version that is to be written. `origin`: station, merged, settled, hub."""

    version: int
    origin: str
    by: str
    at: str
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question as the books have it; `seq` is the station's event that waits for the answer."""

    id: str
    dossier_id: str
    station: str
    seq: int
    asked_at: str
    fields: tuple[Field, ...]
    settled_at: str | None

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """The two texts of each value."""
        return {one.value: (one.hub, one.station) for one in self.fields}


class CaseBooks(Books):
    """Open for one transaction."""

    async def case(self, dossier_id: str) -> Case | None:
        found = await self._connection.execute(
            select(cases, dossiers.c.version)
            .join(dossiers, dossiers.c.dossier_id == cases.c.dossier_id)
            .where(cases.c.dossier_id == dossier_id)
        )
        row = found.mappings().one_or_none()
        return Case(**{name: row[name] for name in Case.__slots__}) if row else None

    async def open(self, dossier_id: str, station: str, facts: CaseFacts) -> None:
        """Write what is counted of a dossier that was sealed; sealed again, it begins again and keeps its code."""
        told = _told(facts)
        row = {"dossier_id": dossier_id, "station": station, "number": facts.number, **told}
        statement = upsert(self._connection, cases).values(row)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["dossier_id"], set_=told))

    async def open_late(self, dossier_id: str, sealed: SealedEvent, facts: CaseFacts) -> None:
        """The same for one that was kept before anything was counted; nothing where it is counted already."""
        row = {"dossier_id": dossier_id, "station": sealed.station, "number": facts.number, **_told(facts)}
        row["received_at"] = sealed.received_at
        await self._connection.execute(upsert(self._connection, cases).values(row).on_conflict_do_nothing())

    async def received(self, dossier_id: str, at: str) -> None:
        """Everything of it is here."""
        await self._connection.execute(update(cases).where(cases.c.dossier_id == dossier_id).values(received_at=at))

    async def history(self, dossier_id: str) -> History | None:
        """What it says and said; None for a dossier of which no sealed event was kept."""
        found = await self._connection.execute(
            select(revisions.c.version, revisions.c.changes, revisions.c.origin)
            .where(revisions.c.dossier_id == dossier_id)
            .order_by(revisions.c.version)
        )
        made = [Revision(row.version, _changes(row.changes), row.origin in ("station", "merged")) for row in found]
        row = await self.sealed_event(dossier_id)
        if row is None:
            return None
        values = {value["id"]: value["value"] for value in row.body["values"]}
        keys = {value["id"]: value["key"] for value in row.body["values"]}
        return History(row.version, values, tuple(one for one in made if one.version > row.version), keys)

    async def sealed_event(self, dossier_id: str) -> SealedEvent | None:
        """The newest sealed version: the newest one that no revision made."""
        revised = select(revisions.c.version).where(revisions.c.dossier_id == dossier_id)
        found = await self._connection.execute(
            select(events.c.station, events.c.version, events.c.content, events.c.receipt)
            .where(
                events.c.dossier_id == dossier_id,
                events.c.version.is_not(None),
                events.c.version.not_in(revised.scalar_subquery()),
            )
            .order_by(events.c.version.desc())
            .limit(1)
        )
        row = found.one_or_none()
        if row is None:
            return None
        receipt = json.loads(row.receipt) if row.receipt else {}
        return SealedEvent(row.station, row.version, json.loads(row.content)["body"], receipt.get("received_at"))

    async def revise(self, dossier_id: str, new: NewRevision) -> None:
        """Write the next version of a dossier."""
        row = {"version": new.version, "origin": new.origin, "by": new.by, "at": new.at, "reason": new.reason}
        changes = json.dumps([change.told() for change in new.changes], ensure_ascii=False)
        await self._connection.execute(insert(revisions).values(**row, dossier_id=dossier_id, changes=changes))
        await self._connection.execute(
            update(dossiers).where(dossiers.c.dossier_id == dossier_id).values(version=new.version)
        )

    async def ask(self, question: KeptQuestion) -> None:
        row = {name: getattr(question, name) for name in ("id", "dossier_id", "station", "seq", "asked_at")}
        fields = json.dumps([asdict(field) for field in question.fields], ensure_ascii=False)
        await self._connection.execute(insert(questions).values(**row, fields=fields))

    async def question(self, question_id: str) -> KeptQuestion | None:
        found = await self._connection.execute(select(questions).where(questions.c.id == question_id))
        row = found.mappings().one_or_none()
        return _question(row) if row else None

    async def open_questions(self) -> list[KeptQuestion]:
        """Those that nobody has answered, oldest first."""
        waiting = select(questions).where(questions.c.settled_at.is_(None)).order_by(questions.c.asked_at)
        return [_question(row) for row in (await self._connection.execute(waiting)).mappings()]

    async def answer(self, question_id: str, by: str, at: str, answer: dict[str, object]) -> None:
        """Close a question."""
        text = json.dumps(answer, ensure_ascii=False)
        await self._connection.execute(
            update(questions).where(questions.c.id == question_id).values(settled_at=at, settled_by=by, answer=text)
        )

    async def holder_of(self, code: str) -> str | None:
        """The dossier that has this official code."""
        return await self._connection.scalar(select(cases.c.dossier_id).where(cases.c.official_code == code))

    async def give_code(self, dossier_id: str, code: str) -> None:
        await self._connection.execute(update(cases).where(cases.c.dossier_id == dossier_id).values(official_code=code))

    async def set_state(self, dossier_id: str, state: str, ended_at: str | None) -> None:
        await self._connection.execute(
            update(cases).where(cases.c.dossier_id == dossier_id).values(state=state, ended_at=ended_at)
        )

    async def replaced(self, dossier_id: str, station: str, at: str) -> bool:
        """End the work on a dossier of this station that more was wanted of; whether it was one."""
        ended = await self._connection.execute(
            update(cases)
            .where(cases.c.dossier_id == dossier_id, cases.c.station == station, cases.c.state == MORE_WANTED)
            .values(state=WITHDRAWN, ended_at=at)
        )
        return ended.rowcount == 1

    async def uncounted(self, after: str, most: int) -> list[str]:
        """Dossiers of which nothing is counted yet, in the order of their ids."""
        found = await self._connection.scalars(
            select(dossiers.c.dossier_id)
            .outerjoin(cases, cases.c.dossier_id == dossiers.c.dossier_id)
            .where(cases.c.dossier_id.is_(None), dossiers.c.dossier_id > after)
            .order_by(dossiers.c.dossier_id)
            .limit(most)
        )
        return list(found)


def _told(facts: CaseFacts) -> dict[str, object]:
    return {
        "procedure": facts.procedure,
        "state": RECEIVED,
        "sealed_at": facts.sealed_at,
        "received_at": None,
        "due_at": facts.due_at,
        "ended_at": None,
        "pages": facts.pages,
        "reused_pages": facts.reused_pages,
        "facts": json.dumps(facts.more, ensure_ascii=False),
    }


def _changes(text: str) -> tuple[Change, ...]:
    return tuple(Change(**change) for change in json.loads(text))


def _question(row: RowMapping) -> KeptQuestion:
    kept = {name: row[name] for name in KeptQuestion.__slots__ if name != "fields"}
    return KeptQuestion(**kept, fields=tuple(Field(**field) for field in json.loads(row["fields"])))
