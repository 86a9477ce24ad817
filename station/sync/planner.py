"""What to do next and what an answer means: the sync room's rules as pure functions.

`choose(state, now)` names the next request; `learn(state, request, outcome, now, chance)` returns the new state and
what the ledger must keep. No network, clock, file or chance in here: all of them come in as values.

* The facts first: events are told before any page is sent, and a new event goes before the pages of older ones.
* The hub's `need_pages` says which pages to send; after the last one the event is told again, for the receipt.
* Trouble with the link (no network, a busy hub) pauses everything; trouble with one event holds only that event.
* Whoever failed `PATIENCE` times in a row without moving a byte steps behind all others, and a batch that fails is
  halved, down to one event: so nothing that breaks the hub or the line can block the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from datetime import datetime

from station.dossier.delivery import Delivery, OutboxEvent
from station.sync import backoff
from station.sync.answers import (
    Accepted,
    Answer,
    Conflict,
    Mismatch,
    NeedPages,
    NotAnnounced,
    Refusal,
    Standing,
    Unusable,
)
from station.sync.plan import (
    Action,
    AskPage,
    Failed,
    Item,
    KeepReceipt,
    Key,
    Note,
    Noted,
    Outcome,
    PageSent,
    Pause,
    Request,
    Rest,
    SendPage,
    State,
    TellEvents,
    Unreadable,
    key_of,
)
from station.sync.wire import EVENTS_A_BATCH, fitting

PATIENCE = 3

# The line or the whole hub is at fault, never one event: these do not count against anybody.
BLAMELESS = frozenset(
    {
        "hub.unreachable",
        "hub.not_trusted",
        "hub.not_encrypted",
        "hub.busy",
        "hub.unknown_station",
        "hub.wrong_address",
        "hub.offline",
    }
)


def relist(state: State, pending: Iterable[OutboxEvent], sent: Mapping[Key, Set[str]]) -> State:
    """The state with exactly the pending events, in the ledger's order; what is known about them stays.

    `sent` are, for events that are new here, those of their pages that were sent before.
    """
    items = {
        key_of(event): state.items.get(key_of(event)) or Item(event, sent=frozenset(sent[key_of(event)]))
        for event in pending
    }
    return replace(state, items=items)


def wake(state: State) -> State:
    """Somebody has reason to hope: try now, unless the hub itself asked for the pause."""
    return state if state.pause and state.pause.firm else replace(state, pause=None)


def choose(state: State, now: datetime) -> Request | Rest:
    """The next request, or how long there is nothing to do."""
    if state.pause and not backoff.is_due(now, state.pause.until):
        return Rest(state.pause.until)
    ready = [item for item in state.items.values() if backoff.is_due(now, item.not_before)]
    if not ready:
        held = [item.not_before for item in state.items.values() if item.not_before]
        return Rest(min(held, default=None))
    # min() and sorted() keep the ledger's order among equals: the oldest first.
    first = min(ready, key=_rank)
    if first.missing is None:
        alike = [i.event for i in ready if _rank(i) == _rank(first) and i.event.station == first.event.station]
        return TellEvents(tuple(alike[: fitting(alike, state.batch)]))
    sha256 = first.missing[0]
    return AskPage(sha256) if sha256 in state.broken else SendPage(sha256, state.offsets.get(sha256, 0))


def learn(
    state: State, request: Request, outcome: Outcome, now: datetime, chance: float
) -> tuple[State, tuple[Action, ...]]:
    """What the outcome of a request means. `chance` is uniform in [0, 1), for the jitter."""
    change = _Change(replace(state, pause=None), now, chance)
    match request:
        case TellEvents():
            change.told(request, outcome)
        case SendPage() | AskPage():
            change.page(request, outcome)
    return change.state, tuple(change.actions)


def go_offline(state: State, now: datetime) -> tuple[State, tuple[Action, ...]]:
    """Somebody switched the network off on purpose: nothing is being sent any more."""
    change = _Change(state, now, 0.0)
    for item in state.items.values():
        if item.noted and item.noted.delivery is Delivery.SENDING:
            change.note(item, Delivery.WAITING, "hub.offline")
    return change.state, tuple(change.actions)


def _rank(item: Item) -> tuple[int, bool]:
    return item.failures // PATIENCE, item.missing is not None


class _Change:
    """One step from a state to the next, with the ledger's share of it collected on the way."""

    def __init__(self, state: State, now: datetime, chance: float) -> None:
        self.state = state
        self.actions: list[Action] = []
        self._now = now
        self._chance = chance

    # -- events

    def told(self, request: TellEvents, outcome: Outcome) -> None:
        match outcome:
            case Failed():
                self._failed([key_of(event) for event in request.events], outcome)
                self.state = replace(self.state, batch=max(1, len(request.events) // 2))
            case Refusal() if len(request.events) > 1:
                # One of them is not to the hub's taste: tell them in halves until it stands alone.
                self.state = replace(self.state, batch=len(request.events) // 2)
            case Refusal():
                self._progressed()
                self._refuse(self._item(request.events[0]), "hub.refused", outcome.message or outcome.code)
            case tuple():
                self._progressed()
                self.state = replace(self.state, batch=min(EVENTS_A_BATCH, 2 * self.state.batch))
                for event, answer in zip(request.events, outcome, strict=True):
                    self._answered(self._item(event), answer)

    def _answered(self, item: Item, answer: Answer) -> None:
        match answer:
            case NeedPages():
                self._need(item, answer.pages)
            case Accepted():
                self.actions.append(KeepReceipt(item.event, answer.receipt))
                self._drop(item)
            case Conflict():
                self._refuse(item, "hub.conflict", answer.message or answer.code)
            case Refusal():
                self._refuse(item, "hub.refused", answer.message or answer.code)
            case Unusable():
                self._hold(item, answer.code)

    def _need(self, item: Item, pages: tuple[str, ...]) -> None:
        again = item.sent & set(pages)
        item = self._put(replace(item, missing=pages, sent=item.sent - again))
        if again:
            # The hub had these and wants them once more: send them, but do not run in circles at full speed.
            self._hold(item, "hub.page_lost")
        else:
            self.note(item, Delivery.SENDING)

    # -- pages

    def page(self, request: SendPage | AskPage, outcome: Outcome) -> None:
        sha256 = request.sha256
        concerned = [item for item in self.state.items.values() if item.missing and sha256 in item.missing]
        match outcome:
            case Standing(complete=True):
                self._progressed()
                self._page_done(sha256, concerned)
            case Standing():
                self._page_stands(request, outcome.offset, concerned)
            case NotAnnounced():
                self._progressed()
                self._hold_all([replace(item, missing=None) for item in concerned], "hub.page_lost")
            case Mismatch():
                self._forget(sha256)
                self._hold_all(concerned, "hub.page_damaged")
            case Refusal():
                self._progressed()
                self._forget(sha256)
                for item in concerned:
                    self._refuse(item, "hub.page_refused", outcome.message or outcome.code)
            case Unreadable():
                self._hold_all(concerned, outcome.code)
            case Failed():
                self.state = replace(self.state, broken=self.state.broken | {sha256})
                self._failed([item.key for item in concerned], outcome)

    def _page_done(self, sha256: str, concerned: list[Item]) -> None:
        self._forget(sha256)
        self.actions.append(PageSent(sha256, tuple(item.event for item in concerned)))
        for item in concerned:
            left = tuple(page for page in item.missing or () if page != sha256)
            moved = replace(item, missing=left or None, sent=item.sent | {sha256}, failures=0)
            self.note(self._put(moved), Delivery.SENDING)

    def _page_stands(self, request: SendPage | AskPage, offset: int, concerned: list[Item]) -> None:
        moved = offset > self.state.offsets.get(request.sha256, 0)
        self.state = replace(
            self.state,
            offsets={**self.state.offsets, request.sha256: offset},
            broken=self.state.broken - {request.sha256},
        )
        if moved:
            self._progressed()
            for item in concerned:
                self.note(self._put(replace(item, failures=0)), Delivery.SENDING)
        elif isinstance(request, SendPage):
            # Bytes were sent and the hub holds no more than before: do not run in circles at full speed.
            self._hold_all(concerned, "hub.page_lost")

    def _forget(self, sha256: str) -> None:
        offsets = {page: offset for page, offset in self.state.offsets.items() if page != sha256}
        self.state = replace(self.state, offsets=offsets, broken=self.state.broken - {sha256})

    # -- trouble

    def _failed(self, keys: list[Key], failed: Failed) -> None:
        """The link: pause everything, and count it against those concerned where they may be the cause."""
        failures = self.state.failures + 1
        wait = backoff.delay(failures, self._chance)
        if failed.retry_after is not None:
            wait = max(wait, backoff.asked(failed.retry_after))
        pause = Pause(self._now + wait, failed.code, firm=failed.retry_after is not None)
        self.state = replace(self.state, failures=failures, pause=pause)
        blame = 0 if failed.code in BLAMELESS else PATIENCE if failed.code == "hub.other_station" else 1
        for key in keys:
            blamed = replace(self.state.items[key], failures=self.state.items[key].failures + blame)
            # When the line will be tried again is the line's to say: written here it would go stale in the ledger.
            self.note(self._put(blamed), Delivery.WAITING, failed.code)

    def _hold(self, item: Item, code: str) -> None:
        """This event alone: try it again later, and let the others pass."""
        failures = item.failures + 1
        until = self._now + backoff.delay(failures, self._chance)
        held = self._put(replace(item, failures=failures, not_before=until))
        self.note(held, Delivery.WAITING, code, next_attempt=until)

    def _hold_all(self, items: list[Item], code: str) -> None:
        for item in items:
            self._hold(item, code)

    def _refuse(self, item: Item, code: str, detail: str) -> None:
        self.note(item, Delivery.REFUSED, code, detail)
        self._drop(item)

    def _progressed(self) -> None:
        self.state = replace(self.state, failures=0)

    # -- the state's items

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
            self._put(replace(item, noted=noted))

    def _item(self, event: OutboxEvent) -> Item:
        return self.state.items[key_of(event)]

    def _put(self, item: Item) -> Item:
        self.state = replace(self.state, items={**self.state.items, item.key: item})
        return item

    def _drop(self, item: Item) -> None:
        self.state = replace(self.state, items={key: i for key, i in self.state.items.items() if key != item.key})
