"""Looking at what the hub holds, for operators: a list of it, and a check of every hash and receipt."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from provincial_hub.keeping.database import open_to_read
from provincial_hub.keeping.page_store import PageStore
from provincial_hub.keeping.pages import open_pages
from provincial_hub.keeping.tables import announced, events, pages
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Page:
    size: int
    spooled_by: str | None


KnownPages = dict[tuple[str, str], _Page]
"""The pages that the hub has vouched for, by station and SHA-256."""


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
    kept, names, known = _books(settings)
    return [_shown(event, names[event["station"], event["seq"]], known) for event in kept]


def verify(settings: Settings) -> Findings:
    """Recheck every page against its hash and every receipt against its event and the hub's key."""
    kept, names, known = _books(settings)
    signer = Signer.open(settings.key) if settings.key.exists() else None
    if signer is None:
        return Findings(gaps=["hub.key is missing"])
    findings = Findings()
    for event in kept:
        findings.gaps += _event_gaps(event, names[event["station"], event["seq"]], known, signer)
        findings.receipts += event["status"] == "accepted"
        findings.waiting += event["status"] == "need_pages"
    store = open_pages(settings)
    for (station, sha256), page in known.items():
        if page.spooled_by in (None, settings.node):
            findings.gaps += _page_gaps(store, station, sha256, page.size)
            findings.pages += 1
        else:
            findings.elsewhere += 1
    return findings


def _event_gaps(event: Row, names: list[str], known: KnownPages, signer: Signer) -> Iterator[str]:
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
    for sha256 in names:
        if (event["station"], sha256) not in known:
            yield f"{name}: page {sha256} was acknowledged and is not in the books"


def _page_gaps(store: PageStore, station: str, sha256: str, size: int) -> Iterator[str]:
    try:
        content = store.get(f"{station}/{sha256}")
    except OSError as error:
        yield f"page {station}/{sha256}: {error.strerror or error}"
        return
    if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
        yield f"page {station}/{sha256}: the content has changed"


def _shown(event: Row, names: list[str], known: KnownPages) -> Row:
    station = event["station"]
    receipt = json.loads(event["receipt"]) if event["receipt"] else {}
    held = [known.get((station, sha256)) for sha256 in names]
    return {
        "station": station,
        "seq": event["seq"],
        "status": event["status"],
        "dossier_id": event["dossier_id"],
        "number": event["number"],
        "hub_number": event["hub_number"],
        "version": event["version"],
        "kept_at": event["kept_at"],
        "received_at": receipt.get("received_at"),
        "pages": [
            {"sha256": sha256, "size": page.size if page else None, "complete": page is not None}
            for sha256, page in zip(names, held, strict=True)
        ],
    }


def _books(settings: Settings) -> tuple[list[Row], dict[tuple[str, int], list[str]], KnownPages]:
    return asyncio.run(_read(open_to_read(settings.database)))


async def _read(engine: AsyncEngine) -> tuple[list[Row], dict[tuple[str, int], list[str]], KnownPages]:
    async with engine.connect() as books:
        in_order = select(events).order_by(events.c.kept_at, events.c.station, events.c.seq)
        kept = [dict(row) for row in (await books.execute(in_order)).mappings()]
        names: dict[tuple[str, int], list[str]] = defaultdict(list)
        for row in await books.execute(select(announced).order_by(announced.c.position)):
            names[row.station, row.seq].append(row.sha256)
        rows = await books.execute(select(pages))
        known = {(row.station, row.sha256): _Page(row.size, row.spooled_by) for row in rows}
    await engine.dispose()
    return kept, names, known
