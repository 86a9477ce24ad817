"""Which request comes next, or how long there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import islice

from station.dossier.why_stuck import LinkKind
from station.sync import backoff
from station.sync.plan import AskPage, Item, Key, Request, Rest, SendPage, SendPreview, State, TellEvents
from station.sync.planner.change import PATIENCE
from station.sync.planner.listing import NEVER_DUE
from station.sync.wire import fitting

COMPANY = timedelta(seconds=2)
"""How long a dossier whose pages are all there waits for others: told again, fifty of them cost what one does."""


class Stage(IntEnum):
    """What an event needs next, in the order in which it goes."""

    FACT = 0
    PREVIEW = 1
    PAGE = 2


def choose(state: State, now: datetime) -> Request | Rest:
    """The next request, or how long there is nothing to do."""
    if state.pause and not backoff.is_due(now, state.pause.until):
        return Rest(state.pause.until)
    first, again = _first(state, now, in_company=_in_company(state, now))
    if first is None:
        first, again = _first(state, now, in_company=False)
    return Rest(again) if first is None else _request(first, state, now)


def _first(state: State, now: datetime, *, in_company: bool) -> tuple[Item | None, datetime | None]:
    """What goes first; and when another may, where none does. `in_company`: what only lacks its receipt waits."""
    free_at = state.bucket.free_at(now)
    best: tuple[int, int, datetime] | None = None
    first: Item | None = None
    again: datetime | None = None
    quick = state.link.kind is not LinkKind.THIN and not state.metered
    for item in _in_order(state):
        if item.not_before is not None and not backoff.is_due(now, item.not_before):
            again = _sooner(again, item.not_before)
            continue
        stage = _stage(item, state)
        if stage is None or (in_company and item.kept and stage is Stage.FACT):
            continue
        if stage is not Stage.FACT and free_at > now:
            again = _sooner(again, free_at)
            continue
        rank = _rank(item, stage)
        if best is None or rank < best:  # the ledger's order among equals: the oldest first
            best, first = rank, item
            if rank[0] == 0 and (quick or stage is not Stage.PAGE):
                break  # in this order nothing goes before that, and thousands may wait
    return first, again


def _in_company(state: State, now: datetime) -> bool:
    """Whether those whose pages are all there wait for one another, while a good line brings the next pages."""
    if state.finished_at is None or state.failures or state.link.kind is LinkKind.THIN:
        return False
    return timedelta(0) <= now - state.finished_at < COMPANY


def _in_order(state: State) -> Iterator[Item]:
    """The facts, oldest first, then all others, the nearest deadline first.

    Not the facts of a dossier of which the hub lacks an earlier one: told now they would make no sense to it.
    """
    open_before: set[str] = set()
    for item in _facts(state):
        if item.event.dossier_id not in open_before:
            yield item
        if not item.kept:
            open_before.add(item.event.dossier_id)
    for key in state.by_deadline:
        told = state.items.get(key)
        if told is not None and told.missing is not None:
            yield told


def _facts(state: State) -> Iterator[Item]:
    return (state.items[key] for key in state.facts)


def _stage(item: Item, state: State) -> Stage | None:
    """None: all that is left of it waits, since the line is metered."""
    if item.missing is None:
        return Stage.FACT
    if state.link.kind is not LinkKind.THIN and not state.metered:
        return Stage.PAGE
    if any(wants_preview(sha256, item, state) for sha256 in item.missing):
        return Stage.PREVIEW
    return None if pages_wait(item, state) else Stage.PAGE


def pages_wait(item: Item, state: State) -> bool:
    return state.metered and item.key not in state.let_through


def wants_preview(sha256: str, item: Item, state: State) -> bool:
    """Where the page itself takes long; not once it has begun, where it may go on."""
    if sha256 in state.previewed or state.preview_in_the_making:
        return False
    if pages_wait(item, state):
        return True
    return state.link.kind is LinkKind.THIN and not state.offsets.get(sha256)


def _request(item: Item, state: State, now: datetime) -> Request:
    if item.missing is None:
        alike = list(islice(_told_with(item, state, now), state.batch))
        count = fitting([other.size for other in alike], state.batch, state.link.body(state.bucket.limit))
        return TellEvents(tuple(other.event for other in alike[:count]))
    for sha256 in item.missing:
        if wants_preview(sha256, item, state):
            return SendPreview(sha256)
    sha256 = item.missing[0]
    if sha256 in state.broken:
        return AskPage(sha256)
    length = max(min(state.link.body(state.bucket.limit), state.bodies.most), state.bodies.least)
    return SendPage(sha256, state.offsets.get(sha256, 0), length)


def _told_with(first: Item, state: State, now: datetime) -> Iterator[Item]:
    """The facts that may go in one request: the first and those of its rank, each after the earlier of its dossier."""
    told: set[Key] = set()
    last: dict[str, Item] = {}
    for item in _facts(state):
        before = last.get(item.event.dossier_id)
        last[item.event.dossier_id] = item
        if (
            item.event.station == first.event.station
            and _level(item) == _level(first)
            and backoff.is_due(now, item.not_before)
            and (before is None or before.kept or before.key in told)
        ):
            told.add(item.key)
            yield item


def _rank(item: Item, stage: Stage) -> tuple[int, int, datetime]:
    due_at = NEVER_DUE if stage is Stage.FACT or item.due_at is None else item.due_at
    return _level(item), stage, due_at


def _level(item: Item) -> int:
    return item.failures // PATIENCE


def _sooner(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
