"""Where complete pages lie: in which node's spool, or in the store; one transaction at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_, update

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import pages

START = ("", "")


@dataclass(frozen=True, slots=True)
class SpooledPage:
    station: str
    sha256: str
    size: int

    @property
    def key(self) -> str:
        return f"{self.station}/{self.sha256}"


class PageBooks(Books):
    """Open for one transaction."""

    async def spooled_by(self, node: str, after: tuple[str, str], limit: int) -> list[SpooledPage]:
        """Pages that the store does not have for certain, in an order of their own."""
        place = tuple_(pages.c.station, pages.c.sha256)
        chosen = (
            select(pages.c.station, pages.c.sha256, pages.c.size)
            .where(pages.c.spooled_by == node, place > tuple_(*after))
            .order_by(pages.c.station, pages.c.sha256)
            .limit(limit)
        )
        return [SpooledPage(*row) for row in await self._connection.execute(chosen)]

    async def is_in_store(self, found: Sequence[SpooledPage], node: str) -> None:
        """Note that the store's copies have been verified."""
        for page in found:
            await self._connection.execute(
                update(pages)
                .where(pages.c.station == page.station, pages.c.sha256 == page.sha256, pages.c.spooled_by == node)
                .values(spooled_by=None)
            )

    async def holders(self, keys: Sequence[str]) -> dict[str, str | None]:
        """Of the pages of these keys that are in the books: in whose spool they lie, None for the store."""
        wanted = [tuple(key.split("/")) for key in keys]
        chosen = select(pages).where(tuple_(pages.c.station, pages.c.sha256).in_(wanted))
        return {f"{row.station}/{row.sha256}": row.spooled_by for row in await self._connection.execute(chosen)}
