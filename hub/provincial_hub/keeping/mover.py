"""Brings complete pages from a node's spool to the object store, and lets a spool's copy go a day after that."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import random
import time
from datetime import timedelta
from itertools import islice

from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.object_store import ObjectStoreError
from provincial_hub.keeping.page_books import START, PageBooks, SpooledPage
from provincial_hub.keeping.spooled_pages import SpooledPages

log = logging.getLogger(__name__)

AT_ONCE = 4
BATCH = 32
IDLE = 2.0
LONGEST_WAIT = 60.0
_CLEARED_EVERY = 3600.0
UNCLAIMED_FOR = timedelta(days=7)
"""How long a complete page may lie in the spool without a line in the books: its station gave up on it."""


class Mover:
    """What was left when a node died is finished when it runs again: the books say what the store does not have."""

    def __init__(self, ledger: Ledger, pages: SpooledPages, grace: timedelta) -> None:
        self._ledger, self._pages, self._grace = ledger, pages, grace
        self.failing_since: float | None = None
        """When the object store stopped answering (`time.monotonic`), None while it does."""

    async def run(self) -> None:
        wait, cleared = 1.0, 0.0
        while True:
            try:
                moved = await self.turn()
            except ObjectStoreError as error:
                if self.failing_since is None:
                    self.failing_since = time.monotonic()
                    log.warning("pages stay in the spool: %s", error)
                await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the nodes, hides nothing
                wait = min(2 * wait, LONGEST_WAIT)
                continue
            if self.failing_since is not None:
                log.info("the object store answers again")
            wait, self.failing_since = 1.0, None
            if not cleared or time.monotonic() - cleared > _CLEARED_EVERY:
                await self.clear()
                cleared = time.monotonic()
            if not moved:
                await asyncio.sleep(IDLE)

    async def turn(self) -> int:
        """Copy everything that the store lacks; returns how many pages. Raises `ObjectStoreError`."""
        moved, after = 0, START
        while True:
            async with self._ledger.transaction(PageBooks) as books:
                batch = await books.spooled_by(self._pages.node, after, BATCH)
            if not batch:
                return moved
            moved += await self._move(batch)
            after = (batch[-1].station, batch[-1].sha256)

    async def clear(self) -> int:
        """Drop what the store has had for `grace`, and what nobody claims; returns how many pages."""
        aged = time.time() - self._grace.total_seconds()
        keys = iter(await asyncio.to_thread(self._older_than, aged))
        dropped = 0
        while batch := list(islice(keys, 200)):
            async with self._ledger.transaction(PageBooks) as books:
                holders = await books.holders(batch)
            for key in batch:
                if (holders[key] is None) if key in holders else self._is_unclaimed(key):
                    self._pages.spool.delete(key)
                    dropped += 1
        return dropped

    async def _move(self, batch: list[SpooledPage]) -> int:
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(page: SpooledPage) -> bool:
            async with turns:
                return await asyncio.to_thread(self._copy, page)

        ends = await asyncio.gather(*(one(page) for page in batch), return_exceptions=True)
        moved = [page for page, end in zip(batch, ends, strict=True) if end is True]
        if moved:
            async with self._ledger.transaction(PageBooks) as books:
                await books.is_in_store(moved, self._pages.node)
        for error in ends:
            if isinstance(error, BaseException):
                raise error
        return len(moved)

    def _copy(self, page: SpooledPage) -> bool:
        """Whether the store now has the page, read back and held against its hash."""
        file = self._pages.spool.path(page.key)
        try:
            self._pages.store.put_if_absent(page.key, file)
        except FileNotFoundError:
            log.error("a page of %s is in the books and not in this node's spool", page.station)  # noqa: TRY400
        if self._is_whole_in_store(page):
            if file.exists():
                os.utime(file)  # from now on counts how long it stays
            return True
        if file.exists():
            log.error("the object store keeps a page of %s wrongly; it is put there again", page.station)
            self._pages.store.delete(page.key)
        return False

    def _is_whole_in_store(self, page: SpooledPage) -> bool:
        if self._pages.store.head(page.key) != page.size:
            return False
        return hashlib.sha256(self._pages.store.get(page.key)).hexdigest() == page.sha256

    def _older_than(self, moment: float) -> list[str]:
        spool = self._pages.spool
        return [key for key in spool.every_key() if spool.path(key).stat().st_mtime < moment]

    def _is_unclaimed(self, key: str) -> bool:
        age = time.time() - self._pages.spool.path(key).stat().st_mtime
        return age > UNCLAIMED_FOR.total_seconds()
