"""One step from a state to the next, with the ledger's share of it collected on the way."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from station.dossier.delivery import Delivery, OutboxEvent
from station.sync import backoff
from station.sync.plan import Action, Failed, Item, Key, Note, Noted, Pause, State, key_of

PATIENCE = 3
_MOST_GONE = 8
"""One part in so many of those by their deadline may be in hand no more."""

# Some one event may be at fault: what the line or the whole hub does counts against nobody.
_BLAMED = frozenset({"hub.broken_off", "hub.timeout", "hub.failed", "hub.malformed_answer", "hub.internal"})

# The line is at fault, or nobody knows: all others are the hub's own words.
_LINE = frozenset({"hub.unreachable", "hub.broken_off", "hub.timeout"})

_SHUT_OUT = "hub.shut_out"


class Change:
    """Begins with a state; `done` gives the next one. `chance` is uniform in [0, 1), for the jitter."""

    def __init__(self, state: State, now: datetime, chance: float) -> None:
        self.state = state
        self.actions: list[Action] = []
        self._items = dict(state.items)
        self._facts = list(state.facts)
        self._now = now
        self._chance = chance

    def done(self) -> tuple[State, tuple[Action, ...]]:
        items, by_deadline = self._items, self.state.by_deadline
        if _MOST_GONE * len(items) < (_MOST_GONE - 1) * len(by_deadline):
            by_deadline = tuple(key for key in by_deadline if key in items)
        done = replace(self.state, items=items, facts=tuple(self._facts), by_deadline=by_deadline)
        return done, tuple(self.actions)

    # -- trouble

    def failed(self, keys: Iterable[Key], failed: Failed) -> None:
        """The link: pause everything, and count it against those concerned where they may be the cause."""
        failures = self.state.failures + 1
        heard_at = self.state.heard_at if failed.code in _LINE else None
        silent = None if heard_at is None else max(self._now - heard_at, timedelta())
        wait = backoff.delay(failures, self._chance, silent)
        if failures == 1 and failed.code == "hub.broken_off":
            wait = backoff.AT_ONCE * self._chance
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

    def heard(self) -> None:
        """The hub has answered."""
        self.state = replace(self.state, heard_at=self._now)

    def progressed(self) -> None:
        self.state = replace(self.state, failures=0)

    # -- the state's items

    def items(self) -> list[Item]:
        return list(self._items.values())

    def item(self, event: OutboxEvent) -> Item:
        return self._items[key_of(event)]

    def missing(self, sha256: str) -> list[Item]:
        """Those that wait for this page."""
        have = (self._items.get(key) for key in self.state.of_page.get(sha256, ()))
        return [item for item in have if item is not None and item.missing and sha256 in item.missing]

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
        was = self._items[item.key].missing is None
        if was and item.missing is not None:
            self._no_fact(item.key)
        elif not was and item.missing is None:
            insort(self._facts, item.key, key=_place)
        self._items[item.key] = item
        return item

    def drop(self, item: Item) -> None:
        if self._items.pop(item.key).missing is None:
            self._no_fact(item.key)

    def finished(self) -> None:
        """The hub has all pages of some event: what is missing is its receipt."""
        self.state = replace(self.state, finished_at=self.state.finished_at or self._now)

    def _no_fact(self, key: Key) -> None:
        del self._facts[bisect_left(self._facts, _place(key), key=_place)]


def _place(key: Key) -> tuple[int, str]:
    """The ledger's order."""
    return key[1], key[0]


def _may_be_an_event(code: str) -> bool:
    return code in _BLAMED or not code.startswith("hub.")
