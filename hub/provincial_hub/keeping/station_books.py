"""The stations that may speak, in the database; one transaction at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import stations

Row = dict[str, Any]


class StationBooks(Books):
    """Open for one transaction. Tokens come as the SHA-256 of what a station says, and never otherwise."""

    async def named(self, name: str) -> Row | None:
        return await self._one(stations.c.name == name)

    async def with_token(self, token_sha256: str) -> Row | None:
        """The station with this token, or with this as the one that it has chosen next."""
        its_own = stations.c.token_sha256 == token_sha256
        chosen = select(stations).where(or_(its_own, stations.c.next_token_sha256 == token_sha256))
        # Nobody is known by a token that is another station's own.
        rows = await self._connection.execute(chosen.order_by(its_own.desc()).limit(1))
        row = rows.mappings().one_or_none()
        return dict(row) if row else None

    async def every(self) -> list[Row]:
        rows = await self._connection.execute(select(stations).order_by(stations.c.name))
        return [dict(row) for row in rows.mappings()]

    async def count(self) -> int:
        return await self._connection.scalar(select(func.count()).select_from(stations)) or 0

    async def enrol(self, name: str, token_sha256: str, keys: Mapping[str, str | None], at: str) -> None:
        """Write a station down, or anew: what it was given before counts no more, and it is let in."""
        await self._connection.execute(delete(stations).where(stations.c.name == name))
        row = {"name": name, "token_sha256": token_sha256, "enrolled_at": at, **keys}
        await self._connection.execute(insert(stations).values(row))

    async def change(self, name: str, **values: object) -> bool:
        """Give columns of a station other values; False where it is not known."""
        done = await self._connection.execute(update(stations).where(stations.c.name == name).values(values))
        return bool(done.rowcount)

    async def adopt_token(self, name: str, token_sha256: str) -> None:
        """Put the next token in the place of the one so far, unless it is the next one no more."""
        await self._connection.execute(
            update(stations)
            .where(stations.c.name == name, stations.c.next_token_sha256 == token_sha256)
            .values(token_sha256=token_sha256, next_token_sha256=None)
        )

    async def _one(self, condition: Any) -> Row | None:
        row = (await self._connection.execute(select(stations).where(condition))).mappings().one_or_none()
        return dict(row) if row else None
