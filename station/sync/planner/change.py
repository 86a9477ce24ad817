"""One step from a state to the next, with the ledger's share of it collected on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from station.dossier.delivery import Delivery, OutboxEvent
from station.sync import backoff
from station.sync.plan import Action, Failed, Item, Key, Note, Noted, Pause, State, key_of

PATIENCE = 3

# Some one event may be at fault: what the line or the whole hub does counts against nobody.
_BLAMED = frozenset({"hub.broken_off", "hub.timeout", "hub.failed", "hub.malformed_answer", "hub.internal"})

_SHUT_OUT = "hub.shut_out"


class Change:
    """Begins with a state; `done` gives the next one. `chance` is uniform in [0, 1), for the jitter."""

    def __init__(self, state: State, now: datetime, chance: float) -> None:
        self.state = state
        self.actions: list[Action] = []
        self._items = dict(state.items)
        self._now = now
        self._chance = chance

    def done(self) -> tuple[State, tuple[Action, ...]]:
        return replace(self.state, items=self._items), tuple(self.actions)

    # -- trouble

    def failed(self, keys: Iterable[Key], failed: Failed) -> None:
        """The link: pause everything, and count it against those concerned where they may be the cause."""
        failures = self.state.failures + 1
        wait = backoff.delay(failures, self._chance)
        firm = failed.retry_after is not None or failed.code == _SHUT_OUT
        if failed.retry_after is not None:
            wait = max(wait, backoff.asked(failed.retry_after))
        if failed.code == _SHUT_OUT:
            wait = backoff.LONGEST  # the contract: no more than once an hour
        pause = Pause(self._now + wait, failed.code, firm)
        self.state = replace(self.state, failures=failures, pause=pause)
        blame = PATIENCE if failed.code == "hub.other_station" else int(_may_be_an_event(failed.code))
        for key in keys:
            blamed = replace(self._items[key], failures=self._items[key].failures + blame)
            # When the line will be tried again is the line's to say: written here it would go stale in the ledger.
            self.note(self.put(blamed), Delivery.WAITING, failed.code)

    def hold(self, item: Item, code: str) -> None:
        """This event alone: try it again later, and let the others pass."""
        failures = item.failures + 1
        until = self._now + backoff.delay(failures, self._chance)
        held = self.put(replace(item, failures=failures, not_before=until))
        self.note(held, Delivery.WAITING, code, next_attempt=until)

    def hold_all(self, items: Iterable[Item], code: str) -> None:
        for item in items:
            self.hold(item, code)

    def refuse(self, item: Item, code: str, detail: str) -> None:
        self.note(item, Delivery.REFUSED, code, detail)
        self.drop(item)

    def progressed(self) -> None:
        self.state = replace(self.state, failures=0)

    # -- the state's items

    def items(self) -> list[Item]:
        return list(self._items.values())

    def item(self, event: OutboxEvent) -> Item:
        return self._items[key_of(event)]

    def missing(self, sha256: str) -> list[Item]:
        """Those that wait for this page."""
        return [item for item in self._items.values() if item.missing and sha256 in item.missing]

    def note(
        self,
        item: Item,
        delivery: Delivery,
        reason: str | None = None,
        detail: str | None = None,
        next_attempt: datetime | None = None,
    ) -> None:
        """Tell the ledger, if that is news."""
        noted = Noted(delivery, reason, detail, next_attempt)
        if item.noted != noted:
            self.actions.append(Note(item.event, noted))
            self.put(replace(item, noted=noted))

    def put(self, item: Item) -> Item:
        self._items[item.key] = item
        return item

    def drop(self, item: Item) -> None:
        del self._items[item.key]


def _may_be_an_event(code: str) -> bool:
    return code in _BLAMED or not code.startswith("hub.")
