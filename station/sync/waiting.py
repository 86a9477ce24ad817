"""What still waits to be sent, as people see it: an entry a dossier, in the order in which they go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from station.dossier.delivery import Delivery, Link, Progress
from station.dossier.why_stuck import IN_TURN, Queue, QueueEntry, reason, why
from station.sync.plan import Item, State
from station.sync.planner.choosing import pages_wait
from station.sync.planner.listing import NEVER_DUE

LISTED = 200
"""Entries at most: nobody reads more of them, and an entry of each of ten thousand takes half a second."""


def queue_of(state: State, link: Link, now: datetime) -> Queue:
    """All that is in hand. Where one page is wanted for two dossiers, its bytes count for the first of them."""
    dossiers: dict[str, list[Item]] = {}
    for item in state.items.values():
        dossiers.setdefault(item.event.dossier_id, []).append(item)
    counted: set[str] = set()
    ordered = sorted(dossiers.values(), key=lambda items: min(item.due_at or NEVER_DUE for item in items))
    sizes = [_left(items, state, counted) for items in ordered]
    entries = tuple(
        _entry(items, left, pages, state, link, now)
        for items, (left, pages) in zip(ordered[:LISTED], sizes[:LISTED], strict=True)
    )
    left = sum(left for left, _ in sizes)
    oldest = min((item.event.created_at for item in state.items.values()), default=None)
    more_pages = sum(pages for _, pages in sizes[LISTED:])
    return Queue(entries, left, _seconds(left, state, link), oldest, len(ordered) - len(entries), more_pages)


def _left(items: list[Item], state: State, counted: set[str]) -> tuple[int, int]:
    """Bytes and pages; the bytes without those of pages that were counted before."""
    left, pages = 0, set[str]()
    for item in items:
        if item.missing is None:
            left += item.size
        pages.update(_pages_left(item))
        for page in pages.intersection(item.page_sizes) - counted:
            left += max(item.page_sizes[page] - state.offsets.get(page, 0), 0)
            counted.add(page)
    return left, len(pages)


def _entry(items: list[Item], left: int, pages: int, state: State, link: Link, now: datetime) -> QueueEntry:
    progress = _progress(items, pages)
    allowed = any(not pages_wait(item, state) for item in items)
    seen = Link(link.paired, link.online, link.trouble, link.next_attempt, link.metered and not allowed, link.limit)
    return QueueEntry(
        dossier_id=items[0].event.dossier_id,
        number=next((item.number for item in items if item.number), ""),
        delivery=progress.delivery,
        bytes_left=left,
        pages_left=pages,
        due_at=min((item.due_at for item in items if item.due_at), default=None),
        why=why(progress, seen, now) or reason(IN_TURN),
    )


def _progress(items: Iterable[Item], pages_left: int) -> Progress:
    """The dossier's worst news: a reason of its own before none."""
    item = max(items, key=lambda one: (one.noted is not None and one.noted.next_attempt is not None, one.event.seq))
    noted = item.noted
    total = max(len(item.event.pages), pages_left)
    return Progress(
        dossier_id=item.event.dossier_id,
        delivery=noted.delivery if noted else Delivery.WAITING,
        pages_sent=total - pages_left,
        pages_total=total,
        reason=noted.reason if noted else None,
        detail=noted.detail if noted else None,
        next_attempt=noted.next_attempt if noted else None,
    )


def _pages_left(item: Item) -> tuple[str, ...]:
    if item.missing is not None:
        return item.missing
    return tuple(page for page in item.event.pages if page not in item.sent)


def _seconds(left: int, state: State, link: Link) -> float | None:
    """Never a fantasy: None unless the line works, is known, and all may go."""
    speed = state.link.bytes_a_second
    if (
        speed is None
        or not link.online
        or link.trouble
        or any(pages_wait(item, state) for item in state.items.values())
    ):
        return None
    speed = min(speed, link.limit or speed)
    bodies = left / state.link.body(link.limit)
    return left / speed + bodies * (state.link.round_trip or 0.0)
