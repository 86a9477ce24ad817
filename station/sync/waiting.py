"""What still waits to be sent, as people see it: an entry a dossier, in the order in which they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from station.dossier.delivery import Delivery, Link, Progress
from station.dossier.why_stuck import IN_TURN, Queue, QueueEntry, reason, why
from station.sync.ledger import Key
from station.sync.plan import Item, State
from station.sync.planner.choosing import pages_wait

LISTED = 200
"""Entries at most: nobody reads more of them, and an entry of each of ten thousand takes half a second."""


class WaitingList:
    """Keeps its sums from one telling to the next, and follows only what has changed: ten thousand may wait.

    To be asked from one thread at a time.
    """

    def __init__(self) -> None:
        self._items: Mapping[Key, Item] = {}
        self._dossiers: dict[str, dict[Key, Item]] = {}
        self._pages: dict[str, int] = {}
        self._wanted: dict[str, _Wanted] = {}
        self._bytes = 0
        """Of facts to be told and of pages, as if nothing of these were there yet."""

    def queue(self, state: State, link: Link, now: datetime) -> Queue:
        """All that is in hand. Where one page is wanted for two dossiers, its bytes count for the first of them."""
        self._follow(state.items)
        counted: set[str] = set()
        entries = tuple(_entry(items, counted, state, link, now) for items in islice(self._in_order(state), LISTED))
        there = sum(
            min(offset, self._wanted[page].size) for page, offset in state.offsets.items() if page in self._wanted
        )
        left = self._bytes - there
        oldest = min((item.event.created_at for item in state.items.values()), default=None)
        more_pages = sum(self._pages.values()) - sum(entry.pages_left for entry in entries)
        more = len(self._dossiers) - len(entries)
        return Queue(entries, left, _seconds(left, state, link), oldest, more, more_pages)

    def _in_order(self, state: State) -> Iterator[list[Item]]:
        """The dossiers in the order in which they go, each with its items in the ledger's order."""
        seen: set[str] = set()
        for key in state.by_deadline:
            item = state.items.get(key)
            if item is not None and item.event.dossier_id not in seen:
                seen.add(item.event.dossier_id)
                yield sorted(self._dossiers[item.event.dossier_id].values(), key=lambda one: one.event.seq)

    def _follow(self, items: Mapping[Key, Item]) -> None:
        touched: set[str] = set()
        for key in self._items.keys() - items.keys():
            touched.add(self._drop(self._items[key]))
        for key, item in items.items():
            before = self._items.get(key)
            if before is not item:
                if before is not None:
                    self._drop(before)
                touched.add(self._add(item))
        for dossier_id in touched:
            self._count_pages(dossier_id)
        self._items = items

    def _add(self, item: Item) -> str:
        self._dossiers.setdefault(item.event.dossier_id, {})[item.key] = item
        if item.missing is None:
            self._bytes += item.size
        for page in _sized(item):
            wanted = self._wanted.setdefault(page, _Wanted(item.page_sizes[page]))
            self._bytes += 0 if wanted.by else wanted.size
            wanted.by += 1
        return item.event.dossier_id

    def _drop(self, item: Item) -> str:
        del self._dossiers[item.event.dossier_id][item.key]
        if item.missing is None:
            self._bytes -= item.size
        for page in _sized(item):
            wanted = self._wanted[page]
            wanted.by -= 1
            if not wanted.by:
                self._bytes -= wanted.size
                del self._wanted[page]
        return item.event.dossier_id

    def _count_pages(self, dossier_id: str) -> None:
        items = self._dossiers[dossier_id]
        if items:
            self._pages[dossier_id] = len({page for item in items.values() for page in _pages_left(item)})
        else:
            del self._dossiers[dossier_id]
            self._pages.pop(dossier_id, None)


@dataclass(slots=True)
class _Wanted:
    """A page that is not all there yet: its size in bytes, and how many events want it."""

    size: int
    by: int = 0


def _entry(items: list[Item], counted: set[str], state: State, link: Link, now: datetime) -> QueueEntry:
    """`counted` has the pages whose bytes stand with dossiers before this one."""
    left, pages = 0, set[str]()
    for item in items:
        if item.missing is None:
            left += item.size
        for page in _sized(item) - counted:
            left += max(item.page_sizes[page] - state.offsets.get(page, 0), 0)
            counted.add(page)
        pages.update(_pages_left(item))
    progress = _progress(items, len(pages))
    allowed = any(not pages_wait(item, state) for item in items)
    seen = Link(link.paired, link.online, link.trouble, link.next_attempt, link.metered and not allowed, link.limit)
    return QueueEntry(
        dossier_id=items[0].event.dossier_id,
        number=next((item.number for item in items if item.number), ""),
        delivery=progress.delivery,
        bytes_left=left,
        pages_left=len(pages),
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


def _sized(item: Item) -> Set[str]:
    """The pages that are left of it whose size is known."""
    return item.page_sizes.keys() & _pages_left(item)


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
        or (state.metered and any(pages_wait(item, state) for item in state.items.values()))
    ):
        return None
    speed = min(speed, link.limit or speed)
    bodies = left / state.link.body(link.limit)
    return left / speed + bodies * (state.link.round_trip or 0.0)
