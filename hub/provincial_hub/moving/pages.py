"""Every page that the books vouch for copied to another store, each read back there and held against its hash."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import make_folder
from provincial_hub.keeping.page_books import SpooledPage
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.page_store import PageStore
from provincial_hub.keeping.tables import pages

AT_ONCE = 4


class PageCopier:
    """Says nothing of what is there already: a move that broke off goes on where it was.

    `beside` is a folder on the file system of the target, where a page lies until it is whole.
    """

    def __init__(self, source: PageDirectory, target: PageStore, beside: Path) -> None:
        self._source, self._target, self._beside = source, target, beside

    async def copy(self, books: AsyncConnection) -> tuple[int, int]:
        """How many pages, and bytes of them. Raises `SetupError` where one is not what the books say."""
        make_folder(self._beside)
        copied, size = 0, 0
        async for batch in _listed(books):
            await asyncio.gather(*(asyncio.to_thread(self._copy, page) for page in batch))
            copied, size = copied + len(batch), size + sum(page.size for page in batch)
        shutil.rmtree(self._beside)
        return copied, size

    def _copy(self, page: SpooledPage) -> None:
        """The source stays as it is."""
        if self._is_whole(page):
            return
        self._target.delete(page.key)
        content = self._read(page)
        partial = self._beside / f"{page.station}-{page.sha256}"
        partial.write_bytes(content)
        self._target.put_if_absent(page.key, partial)
        partial.unlink(missing_ok=True)
        if not self._is_whole(page):
            raise SetupError("a page did not arrive as it was: nothing was moved; try again")

    def _read(self, page: SpooledPage) -> bytes:
        try:
            content = self._source.get(page.key)
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != page.sha256:
            raise SetupError(f"a page of {page.station} is lost or damaged: «provincial-hub verify» names it")
        return content

    def _is_whole(self, page: SpooledPage) -> bool:
        if self._target.head(page.key) != page.size:
            return False
        return hashlib.sha256(self._target.get(page.key)).hexdigest() == page.sha256


async def _listed(books: AsyncConnection) -> AsyncIterator[list[SpooledPage]]:
    async with books.stream(select(pages.c.station, pages.c.sha256, pages.c.size)) as told:
        async for part in told.partitions(AT_ONCE):
            yield [SpooledPage(*row) for row in part]
