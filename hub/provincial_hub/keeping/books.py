"""A part of the hub's database, open for one transaction: what every book of this room is."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection


class Books:
    """Open for one transaction; several parts of the books may be open in the same one."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def beside(self, books: type[Opened]) -> Opened:
        """Another part of the books in the same transaction."""
        return books(self._connection)


Opened = TypeVar("Opened", bound=Books)
