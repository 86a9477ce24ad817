"""The people of all stations, and what the province has decided for every node, in the database."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, func, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import persons, province


class PersonBooks(Books):
    """Open for one transaction."""

    async def every(self) -> list[dict[str, Any]]:
        rows = await self._connection.scalars(select(persons.c.document).order_by(persons.c.id))
        return [json.loads(row) for row in rows]

    async def stamp(self) -> str:
        """Another text whenever anybody, or what the province decided, has changed."""
        people = (await self._connection.execute(select(func.count(), func.max(persons.c.changed_at)))).one()
        decided = (await self._connection.execute(select(func.count(), func.max(province.c.changed_at)))).one()
        return f"{people[0]} {people[1]} {decided[0]} {decided[1]}"

    async def named(self, person_id: str) -> dict[str, Any] | None:
        row = await self._connection.scalar(select(persons.c.document).where(persons.c.id == person_id))
        return json.loads(row) if row else None

    async def put(self, person: dict[str, Any], at: str) -> None:
        """Write somebody down, or anew."""
        told = {"document": json.dumps(person, ensure_ascii=False), "changed_at": at}
        statement = upsert(self._connection, persons).values(id=person["id"], **told)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=told))

    async def remove(self, person_id: str) -> bool:
        done = await self._connection.execute(delete(persons).where(persons.c.id == person_id))
        return bool(done.rowcount)

    async def decided(self, name: str) -> Any:
        """What was decided under this name; None where nothing was."""
        row = await self._connection.scalar(select(province.c.value).where(province.c.name == name))
        return json.loads(row) if row else None

    async def decide(self, name: str, value: object, at: str) -> None:
        told = {"value": json.dumps(value, ensure_ascii=False), "changed_at": at}
        statement = upsert(self._connection, province).values(name=name, **told)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=told))
