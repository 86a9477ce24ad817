"""What is in hand at all: the outbox's events, with what is already known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime

from station.dossier.delivery import Delivery, OutboxEvent
from station.sync.plan import Action, Item, Key, State
from station.sync.planner.change import Change
from station.sync.wire import event_bytes

NEVER_DUE = datetime.max.replace(tzinfo=UTC)


def relist(state: State, listed: Sequence[Key], new: Mapping[Key, Item]) -> State:
    """The state with exactly these events, in the ledger's order; what is known about them stays.

    `new` are the items of those that are not in the state yet.
    """
    items = {key: state.items.get(key) or new[key] for key in listed}
    return replace(
        state,
        items=items,
        facts=tuple(key for key, item in items.items() if item.missing is None),
        by_deadline=tuple(sorted(items, key=lambda key: items[key].due_at or NEVER_DUE)),
        of_page=_of_page(items),
        let_through=state.let_through & items.keys(),
        previewed=state.previewed if items else frozenset(),
        preview_failures=state.preview_failures if items else {},
    )


def _of_page(items: Mapping[Key, Item]) -> dict[str, tuple[Key, ...]]:
    found: dict[str, tuple[Key, ...]] = {}
    for key, item in items.items():
        for sha256 in item.event.pages:
            found[sha256] = (*found.get(sha256, ()), key)
    return found


def item_of(event: OutboxEvent, sent: Set[str]) -> Item:
    """An event that is new here; `sent` has those of its pages that the hub was given before."""
    number = event.body.get("number")
    return Item(
        replace(event, body={}),
        sent=sent & set(event.pages),
        due_at=_deadline(event.body.get("due_at")),
        number=number if isinstance(number, str) else "",
        size=len(event_bytes(event)),
        page_sizes=_page_sizes(event.body.get("pages")),
    )


def _page_sizes(pages: object) -> dict[str, int]:
    """What a sealed body says of its pages; a signature's image is too small to count."""
    return {
        page["sha256"]: page["size"]
        for page in (pages if isinstance(pages, list) else ())
        if isinstance(page, dict) and isinstance(page.get("sha256"), str) and type(page.get("size")) is int
    }


def _deadline(told: object) -> datetime | None:
    """When the dossier's result is due; None for events that say nothing of it."""
    try:
        due = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return due if due is not None and due.tzinfo is not None else None


def wake(state: State) -> State:
    """Somebody has reason to hope: try now, unless the hub itself asked for the pause."""
    return state if state.pause and state.pause.firm else replace(state, pause=None)


def go_offline(state: State, now: datetime) -> tuple[State, tuple[Action, ...]]:
    """Somebody switched the network off on purpose: nothing is being sent any more."""
    change = Change(state, now, 0.0)
    for item in change.items():
        if item.noted and item.noted.delivery is Delivery.SENDING:
            change.note(item, Delivery.WAITING, "hub.offline")
    return change.done()
