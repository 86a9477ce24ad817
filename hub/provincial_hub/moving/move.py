"""A hub of one machine moved to where another folder's `hub.toml` points: pages first, then all rows at once.

The hub that is left stays as it was, but for a mark that nobody serves it any more. What breaks off is begun again:
pages that are there already are looked at and left, and no row counts before all of them do.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from provincial_hub.errors import SetupError
from provincial_hub.keeping.database import is_embedded, open_database
from provincial_hub.keeping.dialect import alone
from provincial_hub.keeping.durable import write_text
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.page_store import PageStore
from provincial_hub.keeping.pages import open_pages
from provincial_hub.keeping.spooled_pages import SpooledPages
from provincial_hub.moving.moved import has_come, is_coming, mark_coming, mark_moved
from provincial_hub.moving.pages import PageCopier
from provincial_hub.moving.rows import copy_rows, must_be_empty
from provincial_hub.settings import Settings


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved: rows of each table, pages, and their bytes."""

    rows: dict[str, int]
    pages: int
    bytes: int


async def move(source: Settings, target: Settings) -> Moved:
    """Both folders are the caller's alone. Raises `SetupError`; nothing counts at the target then."""
    _must_be_movable(source, target)
    _give_key(source, target)
    async with AsyncExitStack() as ends:
        here, there = [await open_database(one.database, 2) for one in (source, target)]
        for engine in (here, there):
            ends.push_async_callback(engine.dispose)
        await _await(there, source, target)
        # The embedded database's only writer from here on: no command beside changes what is being copied.
        books = await ends.enter_async_context(here.begin())
        store = _store(target)
        copied, size = await PageCopier(PageDirectory(source.pages), store, target.spool / ".moving").copy(books)
        rows = await _move_rows(books, there, source, target)
    has_come(target.data.root)
    return Moved(rows, copied, size)


async def _move_rows(books: AsyncConnection, there: AsyncEngine, source: Settings, target: Settings) -> dict[str, int]:
    async with there.connect() as taking:
        begun = await taking.begin()
        await taking.run_sync(alone, "move")
        rows = await copy_rows(books, taking)
        mark_moved(source.data.root, target.data.root)
        try:
            await begun.commit()
        except Exception as error:
            # Whether it counts is not known: the mark stays, for two hubs are worse than none.
            raise SetupError(f"the end of the move was not heard: look whether {target.data.root} has it") from error
    return rows


async def _await(there: AsyncEngine, source: Settings, target: Settings) -> None:
    """Before hours of pages: the database is empty, and nobody takes it for a hub of its own from here on."""
    folder = target.data.root
    try:
        async with there.connect() as looking:
            await must_be_empty(looking)
    except SetupError as error:
        if not is_coming(folder):
            raise
        has_come(folder)
        raise SetupError(f"the move had come to its end when it broke off: verify {folder}, and serve it") from error
    mark_coming(folder, source.data.root)


def _must_be_movable(source: Settings, target: Settings) -> None:
    if not is_embedded(source.database) or source.objects is not None:
        raise SetupError("only a hub of one machine is moved: SQLite, and a directory of pages")
    if target.database == source.database:
        raise SetupError("both folders name the same database: [database] url in the hub.toml of the new one")


def _give_key(source: Settings, target: Settings) -> None:
    """The same key: stations believe only receipts of it."""
    held = source.key.read_text(encoding="ascii")
    if not target.key.exists():
        write_text(target.key, held)
    elif target.key.read_text(encoding="ascii") != held:
        raise SetupError(f"{target.key} is another hub's key: the hub that is moved keeps its own")


def _store(target: Settings) -> PageStore:
    pages = open_pages(target)
    return pages.store if isinstance(pages, SpooledPages) else pages
