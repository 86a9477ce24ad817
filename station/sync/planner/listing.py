"""What is in hand at all: the outbox's events, with what is already known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import datetime

from station.dossier.delivery import Delivery, OutboxEvent
from station.sync.plan import Action, Item, Key, State, key_of
from station.sync.planner.change import Change


def relist(state: State, pending: Iterable[OutboxEvent], sent: Mapping[Key, Set[str]]) -> State:
    """The state with exactly the pending events, in the ledger's order; what is known about them stays.

    `sent` are, for events that are new here, those of their pages that were sent before.
    """
    items = {
        key_of(event): state.items.get(key_of(event))
        or Item(event, sent=frozenset(sent[key_of(event)]), due_at=deadline(event))
        for event in pending
    }
    return replace(
        state,
        items=items,
        let_through=state.let_through & items.keys(),
        previewed=state.previewed if items else frozenset(),
        preview_failures=state.preview_failures if items else {},
    )


def deadline(event: OutboxEvent) -> datetime | None:
    """When the dossier's result is due, as its sealed body says; None for events that say nothing of it."""
    told = event.body.get("due_at")
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
