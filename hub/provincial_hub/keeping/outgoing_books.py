"""What the province's own systems are to be told, and how far each was told, in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, literal, or_, select, update

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import handovers, outgoing, targets


@dataclass(frozen=True, slots=True)
class Message:
    """One fact for the systems outside; `id` is the same at every attempt and for every target."""

    id: int
    topic: str
    dossier_id: str
    facts: dict[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that one node alone is handing over until its lease ends."""

    message: Message
    node: str
    attempts: int
    refusals: int
    tried_at: str | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far a target was told."""

    target: str
    waiting: int
    set_aside: int
    oldest_at: str | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that a person must look at; `held_back` messages of the same dossier wait behind it."""

    id: int
    target: str
    topic: str
    dossier_id: str
    attempts: int
    error: str
    set_aside_at: str
    held_back: int


class OutgoingBooks(Books):
    """Open for one transaction."""

    async def tell(self, topic: str, dossier_id: str, facts: Mapping[str, Any], at: str) -> int:
        """Keep a fact for every target, in the transaction that makes it true; returns the message's number.

        `facts` hold no values of the dossier: a target that is to have them gets them from there. A fact that is free
        text leaves only where a target is to have it (`outward/facts.py`).
        """
        row = {
            "topic": topic,
            "dossier_id": dossier_id,
            "document": json.dumps(dict(facts), ensure_ascii=False),
            "at": at,
        }
        written = await self._connection.execute(insert(outgoing).values(row).returning(outgoing.c.id))
        number = int(written.scalar_one())
        columns = ["outgoing_id", "target", "dossier_id", "attempts", "refusals"]
        every = select(literal(number), targets.c.name, literal(dossier_id), literal(0), literal(0))
        await self._connection.execute(insert(handovers).from_select(columns, every))
        return number

    async def name_target(self, name: str, at: str) -> None:
        """From now on this target is told; nothing changes where it was named before."""
        statement = upsert(self._connection, targets).values(name=name, named_at=at)
        await self._connection.execute(statement.on_conflict_do_nothing())

    async def targets(self) -> list[str]:
        return list(await self._connection.scalars(select(targets.c.name).order_by(targets.c.name)))

    async def claim(self, target: str, node: str, at: str, until: str, most: int) -> list[Claim]:
        """Lease the messages whose turn it is: the oldest unfinished one of each dossier, untried ones first."""
        waiting = handovers
        earlier = handovers.alias("earlier")
        held_up = exists().where(
            earlier.c.target == waiting.c.target,
            earlier.c.dossier_id == waiting.c.dossier_id,
            earlier.c.outgoing_id < waiting.c.outgoing_id,
            earlier.c.done_at.is_(None),
        )
        chosen = (
            select(waiting.c.outgoing_id)
            .where(
                waiting.c.target == target,
                _open(),
                or_(waiting.c.next_attempt_at.is_(None), waiting.c.next_attempt_at <= at),
                or_(waiting.c.leased_until.is_(None), waiting.c.leased_until <= at),
                ~held_up,
            )
            .order_by(func.coalesce(waiting.c.next_attempt_at, ""), waiting.c.outgoing_id)
            .limit(most)
            .with_for_update(skip_locked=True, of=waiting)  # SQLite has one writer and ignores it
        )
        numbers = list(await self._connection.scalars(chosen))
        if not numbers:
            return []
        await self._connection.execute(
            update(handovers).where(_one_of(target, numbers)).values(leased_by=node, leased_until=until)
        )
        rows = await self._connection.execute(
            select(outgoing, handovers.c.attempts, handovers.c.refusals, handovers.c.tried_at)
            .join(handovers, handovers.c.outgoing_id == outgoing.c.id)
            .where(_one_of(target, numbers))
        )
        claimed = {row.id: Claim(_message(row), node, row.attempts, row.refusals, row.tried_at) for row in rows}
        return [claimed[number] for number in numbers]

    async def release(self, node: str) -> None:
        """Give back what this node held when it ended without a word."""
        await self._connection.execute(
            update(handovers)
            .where(handovers.c.leased_by == node, handovers.c.done_at.is_(None))
            .values(leased_by=None, leased_until=None)
        )

    async def done(self, target: str, number: int, at: str) -> None:
        await self._connection.execute(
            update(handovers)
            .where(_one_of(target, [number]))
            .values(done_at=at, attempts=handovers.c.attempts + 1, tried_at=at, error=None, leased_by=None)
        )

    async def failed(self, target: str, claim: Claim, error: str, at: str, *, again_at: str, refused: bool) -> None:
        """It is to be tried again from `again_at` on; `refused`: for the message's own sake.

        Nothing is written where the lease has ended and another node has taken it over.
        """
        await self._connection.execute(
            update(handovers)
            .where(_one_of(target, [claim.message.id]), handovers.c.leased_by == claim.node)
            .values(
                attempts=claim.attempts + 1,
                refusals=claim.refusals + refused,
                tried_at=at,
                next_attempt_at=again_at,
                error=error,
                leased_by=None,
                leased_until=None,
            )
        )

    async def set_aside(self, target: str, claim: Claim, error: str, at: str) -> None:
        """A person must look at it; as with `failed`, where it is still this node's."""
        await self._connection.execute(
            update(handovers)
            .where(_one_of(target, [claim.message.id]), handovers.c.leased_by == claim.node)
            .values(set_aside_at=at)
        )
        await self.failed(target, claim, error, at, again_at=at, refused=True)

    async def send_again(self, target: str, number: int) -> bool:
        """Put a message that was set aside back in its place, as if it had never been tried."""
        return await self._settle(
            target, number, set_aside_at=None, attempts=0, refusals=0, tried_at=None, next_attempt_at=None, error=None
        )

    async def give_up(self, target: str, number: int, at: str) -> bool:
        """A person decided that the target shall never get it: what waits behind it goes on."""
        return await self._settle(target, number, done_at=at)

    async def backlog(self) -> list[Backlog]:
        counted = await self._connection.execute(
            select(
                targets.c.name,
                func.count(handovers.c.outgoing_id).filter(handovers.c.set_aside_at.is_(None)),
                func.count(handovers.c.set_aside_at),
                func.min(outgoing.c.at),
            )
            .select_from(targets)
            .outerjoin(handovers, and_(handovers.c.target == targets.c.name, handovers.c.done_at.is_(None)))
            .outerjoin(outgoing, outgoing.c.id == handovers.c.outgoing_id)
            .group_by(targets.c.name)
            .order_by(targets.c.name)
        )
        return [Backlog(*row) for row in counted]

    async def aside(self) -> list[SetAside]:
        """Every message that was set aside, oldest first."""
        later = handovers.alias("later")
        held_back = (
            select(func.count())
            .where(
                later.c.target == handovers.c.target,
                later.c.dossier_id == handovers.c.dossier_id,
                later.c.outgoing_id > handovers.c.outgoing_id,
                later.c.done_at.is_(None),
            )
            .scalar_subquery()
        )
        shown: Select[Any] = (
            select(
                handovers.c.outgoing_id,
                handovers.c.target,
                outgoing.c.topic,
                handovers.c.dossier_id,
                handovers.c.attempts,
                handovers.c.error,
                handovers.c.set_aside_at,
                held_back,
            )
            .join(outgoing, outgoing.c.id == handovers.c.outgoing_id)
            .where(handovers.c.done_at.is_(None), handovers.c.set_aside_at.is_not(None))
            .order_by(handovers.c.outgoing_id, handovers.c.target)
        )
        return [SetAside(*row) for row in await self._connection.execute(shown)]

    async def _settle(self, target: str, number: int, **values: object) -> bool:
        settled = await self._connection.execute(
            update(handovers)
            .where(_one_of(target, [number]), handovers.c.done_at.is_(None), handovers.c.set_aside_at.is_not(None))
            .values(**values)
        )
        return settled.rowcount == 1


def _open() -> ColumnElement[bool]:
    return and_(handovers.c.done_at.is_(None), handovers.c.set_aside_at.is_(None))


def _one_of(target: str, numbers: Sequence[int]) -> ColumnElement[bool]:
    return and_(handovers.c.target == target, handovers.c.outgoing_id.in_(numbers))


def _message(row: Any) -> Message:
    return Message(row.id, row.topic, row.dossier_id, json.loads(row.document), row.at)
