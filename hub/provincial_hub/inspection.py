"""Looking at what the hub holds, for operators: a list of it, and a check of every hash and receipt."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from provincial_hub.keeping.database import open_to_read
from provincial_hub.keeping.page_store import PageStore
from provincial_hub.keeping.pages import open_pages
from provincial_hub.keeping.tables import announced, events, pages
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings

Row = dict[str, Any]


BATCH = 500
"""Rows that are read at a time, each batch in a transaction of its own: a million dossiers fit no memory, and a check
of all their pages no transaction."""


@dataclass(frozen=True, slots=True)
class _Announced:
    """A page of an event. `size` is None until the hub vouches for the page."""

    sha256: str
    size: int | None


@dataclass(slots=True)
class Findings:
    """What the check found. A gap is something that the hub once vouched for and does not hold any more."""

    receipts: int = 0
    pages: int = 0
    waiting: int = 0
    elsewhere: int = 0
    """Pages that lie in the spool of another node, where alone they can be rechecked."""
    gaps: list[str] = field(default_factory=list)


def holdings(settings: Settings) -> list[Row]:
    """One row an event, oldest first, without any value of the dossier."""

    async def shown() -> list[Row]:
        async with open_to_read(settings.database) as books:
            return [_shown(event, names) async for event, names in _events(books)]

    return sorted(asyncio.run(shown()), key=lambda row: (row["kept_at"], row["station"], row["seq"]))


def verify(settings: Settings) -> Findings:
    """Recheck every page against its hash and every receipt against its event and the hub's key."""
    return asyncio.run(_verify(settings))


async def _verify(settings: Settings) -> Findings:
    findings = Findings()
    async with open_to_read(settings.database) as books:
        if not settings.key.exists():
            return Findings(gaps=["hub.key is missing"])
        signer = Signer.open(settings.key)
        async for event, names in _events(books):
            findings.gaps += _event_gaps(event, names, signer)
            findings.receipts += event["status"] == "accepted"
            findings.waiting += event["status"] == "need_pages"
        store = open_pages(settings)
        async for page in _pages(books):
            if page["spooled_by"] in (None, settings.node):
                findings.gaps += _page_gaps(store, page["station"], page["sha256"], page["size"])
                findings.pages += 1
            else:
                findings.elsewhere += 1
    return findings


def _event_gaps(event: Row, announced_pages: list[_Announced], signer: Signer) -> Iterator[str]:
    names = [page.sha256 for page in announced_pages]
    name = f"event {event['station']}/{event['seq']}"
    if hashlib.sha256(event["content"].encode("utf-8")).hexdigest() != event["digest"]:
        yield f"{name}: the content has changed"
    elif json.loads(event["content"])["pages"] != names:
        yield f"{name}: the announced pages differ from the content's"
    if event["status"] != "accepted":
        return
    receipt = json.loads(event["receipt"] or "{}")
    if not signer.vouches_for(receipt):
        yield f"{name}: the receipt's signature is wrong"
    facts = {fact: event[fact] for fact in ("station", "seq", "dossier_id", "hub_number")} | {"pages": names}
    if any(receipt.get(fact) != value for fact, value in facts.items()):
        yield f"{name}: the receipt does not fit the event"
    for page in announced_pages:
        if page.size is None:
            yield f"{name}: page {page.sha256} was acknowledged and is not in the books"


def _page_gaps(store: PageStore, station: str, sha256: str, size: int) -> Iterator[str]:
    try:
        content = store.get(f"{station}/{sha256}")
    except OSError as error:
        yield f"page {station}/{sha256}: {error.strerror or error}"
        return
    if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
        yield f"page {station}/{sha256}: the content has changed"


def _shown(event: Row, announced_pages: list[_Announced]) -> Row:
    receipt = json.loads(event["receipt"]) if event["receipt"] else {}
    return {
        "station": event["station"],
        "seq": event["seq"],
        "status": event["status"],
        "dossier_id": event["dossier_id"],
        "number": event["number"],
        "hub_number": event["hub_number"],
        "version": event["version"],
        "kept_at": event["kept_at"],
        "received_at": receipt.get("received_at"),
        "pages": [
            {"sha256": page.sha256, "size": page.size, "complete": page.size is not None} for page in announced_pages
        ],
    }


async def _events(engine: AsyncEngine) -> AsyncIterator[tuple[Row, list[_Announced]]]:
    """Every event with its pages, in the order of its key.

    The pages are read after their event: none that a receipt vouches for can come later than the receipt.
    """
    async for batch in _batches(engine, events, events.c.station, events.c.seq):
        key, first, last = tuple_(announced.c.station, announced.c.seq), _key(batch[0]), _key(batch[-1])
        its_page = (pages.c.station == announced.c.station) & (pages.c.sha256 == announced.c.sha256)
        wanted = (
            select(announced.c.station, announced.c.seq, announced.c.sha256, pages.c.size)
            .outerjoin(pages, its_page)
            .where(key >= first, key <= last)
            .order_by(announced.c.position)
        )
        names: dict[tuple[str, int], list[_Announced]] = defaultdict(list)
        async with engine.connect() as books:
            for row in await books.execute(wanted):
                names[row.station, row.seq].append(_Announced(row.sha256, row.size))
        for event in batch:
            yield event, names[_key(event)]


async def _pages(engine: AsyncEngine) -> AsyncIterator[Row]:
    async for batch in _batches(engine, pages, pages.c.station, pages.c.sha256):
        for page in batch:
            yield page


async def _batches(engine: AsyncEngine, table: Table, *key: Column[Any]) -> AsyncIterator[list[Row]]:
    """All rows in the order of their key."""
    rows = select(table).order_by(*key).limit(BATCH)
    async with engine.connect() as books:
        batch = [dict(row) for row in (await books.execute(rows)).mappings()]
    while batch:
        yield batch
        last = tuple(batch[-1][column.name] for column in key)
        async with engine.connect() as books:
            later = await books.execute(rows.where(tuple_(*key) > last))
            batch = [dict(row) for row in later.mappings()]


def _key(event: Row) -> tuple[str, int]:
    return event["station"], event["seq"]
