"""Pages under way: one writer a page, the newest request wins, and a complete page is verified and promoted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from provincial_hub.keeping.page_store import PageStore
from provincial_hub.keeping.spool import Spool
from provincial_hub.keeping.spooled_pages import SpooledPages
from provincial_hub.receiving.pages import Outcome, PagePart, belongs_to_another_length, can_continue


@dataclass(slots=True)
class _Turn:
    """Whose turn it is to write a page: the newest request's. The lock is held only while bytes are written."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    newest: int = 0
    requests: int = 0


class Uploads:
    """Takes pages in parts. A key is `<station>/<sha256>`."""

    def __init__(self, spool: Spool, store: PageStore) -> None:
        self._spool = spool
        self._store = store
        self.spooled_by = store.node if isinstance(store, SpooledPages) else None
        """The node in whose spool a page lies that came to its end."""
        self._turns: dict[str, _Turn] = {}

    def held(self, key: str) -> int:
        return self._spool.held(key)

    async def take(self, key: str, part: PagePart, body: AsyncIterator[bytes]) -> tuple[Outcome, int]:
        """Append `body` to what has arrived; on the last byte verify and promote.

        Each chunk is written as it arrives, so a break loses nothing; the break itself is raised on.
        """
        turn = self._turns.setdefault(key, _Turn())
        turn.requests += 1
        try:
            return await self._take(key, turn, part, body)
        finally:
            turn.requests -= 1
            if not turn.requests:
                del self._turns[key]

    async def _take(self, key: str, turn: _Turn, part: PagePart, body: AsyncIterator[bytes]) -> tuple[Outcome, int]:
        async with turn.lock:
            turn.newest += 1
            mine = turn.newest
            held = self._spool.held(key)
            if belongs_to_another_length(part, held):
                self._spool.drop(key)
                held = 0
        if not can_continue(part, held):
            return Outcome.WRONG_OFFSET, held
        try:
            async for chunk in body:
                async with turn.lock:
                    if turn.newest != mine:
                        return Outcome.SUPERSEDED, self._spool.held(key)
                    taken = chunk[: part.length - held]
                    await asyncio.to_thread(self._spool.append, key, taken)
                    held += len(taken)
        finally:
            if held < part.length:
                await asyncio.to_thread(self._spool.sync, key)
        async with turn.lock:
            if turn.newest != mine:
                return Outcome.SUPERSEDED, self._spool.held(key)
            if held < part.length:
                return Outcome.PARTIAL, held
            return await asyncio.to_thread(self._finish, key, held)

    def _finish(self, key: str, size: int) -> tuple[Outcome, int]:
        if self._spool.sha256(key) != key.rpartition("/")[2]:
            self._spool.drop(key)
            return Outcome.MISMATCH, 0
        self._store.put_if_absent(key, self._spool.path(key))
        return Outcome.COMPLETE, size
