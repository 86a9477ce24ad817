"""Carries out what the planner decides, one bounded step a turn; whoever drives the turns decides when."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from station.dossier.delivery import Delivery, OutboxEvent
from station.errors import HubError, StationError, StoreError
from station.sync import backoff, planner
from station.sync.answers import (
    Accepted,
    Answer,
    Mismatch,
    PageAnswer,
    PreviewAnswer,
    PreviewUnwanted,
    Refusal,
    Unusable,
)
from station.sync.errands import Errand, Errands
from station.sync.ledger import Clock, Key, Ledger, PageImages
from station.sync.link_estimate import LinkMeter
from station.sync.plan import (
    Action,
    AskPage,
    Bodies,
    Failed,
    KeepReceipt,
    Note,
    Outcome,
    PageSent,
    Request,
    Rest,
    SendPage,
    SendPreview,
    State,
    TellEvents,
    Unreadable,
    key_of,
)
from station.sync.receipts import HubKey
from station.sync.renditions import InTheMaking, NoRenditions, Renditions
from station.sync.standing import fresh_nonce, read_standing
from station.sync.wire import EVENTS_A_BATCH

log = logging.getLogger(__name__)

LISTED_AT_ONCE = 200
"""Events that are read in one turn: ten thousand take seconds, in which nothing would go and nobody could stop."""
KEPT_AT_ONCE = EVENTS_A_BATCH
"""What one exchange came to is one transaction; what is more lets the officer's deeds by in between."""


class Hub(Protocol):
    """The hub as the loop sees it; each call raises `HubError` when it came to nothing."""

    def tell(self, events: Sequence[OutboxEvent]) -> tuple[Answer, ...] | Refusal: ...

    def standing(self, nonce: str) -> bytes: ...

    def send_page(self, sha256: str, content: bytes, offset: int, length: int) -> PageAnswer: ...

    def send_preview(self, sha256: str, media_type: str, content: bytes) -> PreviewAnswer: ...

    def ask_page(self, sha256: str) -> PageAnswer: ...

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class Recall(Protocol):
    """Whether this station was brought back from a backup and must learn how far it had got."""

    def unsettled(self) -> bool: ...

    def settle(self, highest: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn came to. `next_turn`: when the next can do anything; None: when there is something new.

    `trouble` is the code of what keeps the line from working, None while it works.
    """

    busy: bool
    next_turn: datetime | None = None
    trouble: str | None = None
    changed: frozenset[str] = frozenset()
    """The dossiers whose delivery got further, or was held up."""


class SyncLoop:
    """The sync room's one control flow. Everything that may fail or vary comes in from outside.

    `chance` yields numbers in [0, 1): `random.random`. Call everything but `interrupt` from one thread.
    """

    def __init__(
        self,
        ledger: Ledger,
        pages: PageImages,
        hub: Hub,
        key: HubKey,
        clock: Clock,
        chance: Callable[[], float],
        station: str = "",
        recall: Recall | None = None,
        errands: Sequence[Errand] = (),
        renditions: Renditions | None = None,
        meter: LinkMeter | None = None,
        bodies: Bodies | None = None,
    ) -> None:
        """`errands` are what the hub is asked for in between; `meter` is the one that `hub` writes to."""
        self._ledger = ledger
        self._pages = pages
        self._hub = hub
        self._key = key
        self._clock = clock
        self._chance = chance
        self._station = station
        self._recall = recall
        self._errands = Errands(errands, chance)
        self._renditions = renditions or NoRenditions()
        self._meter = meter or LinkMeter()
        self._state = State(bodies=bodies or Bodies())
        self._stale = True
        self._pending: Sequence[Key] = ()
        self._unlisted: Sequence[Key] = ()
        self._page: tuple[str, bytes] | None = None
        self.online = True
        """Off on purpose: nothing is sent. What is under way when it is switched off counts as not sent."""
        self.metered = False
        """Each byte is paid for: facts and previews go, pages wait."""
        self.limit: int | None = None
        """The most bytes a second that pages may take; None: as much as there is."""
        self._let_through = False
        self._hopeful = False
        self._preview_made = False
        self._renditions.on_made(self._note_preview)

    @property
    def state(self) -> State:
        """What is in hand, as one value that never changes: may be read from any thread."""
        return self._state

    def send_all_now(self) -> None:
        """Send the pages that wait by now in spite of `metered`. May be called from any thread."""
        self._let_through = self._hopeful = True

    def wake(self) -> None:
        """There may be a new event: look at the outbox. Where there is one, an ordinary pause is over."""
        self._stale = True

    def try_now(self) -> None:
        """Somebody has reason to hope: do not wait any longer. May be called from any thread."""
        self._hopeful = True

    def interrupt(self) -> None:
        """Break off the exchange that is under way. May be called from any thread."""
        self._hub.interrupt()

    def close(self) -> None:
        self._hub.close()

    def turn(self) -> Turn:
        """Do one step: at most one exchange with the hub. Never raises an `Exception`: trouble becomes a pause."""
        request: Request | None = None
        try:
            self._look_at_the_outbox()
            if not self.online:
                return self._offline()
            self._follow_the_switches()
            if self._recall is not None:
                if self._recall.unsettled():
                    return self._ask_how_far(self._recall)
                self._recall = None  # nobody is brought back while at work
            choice = self._choose()
            if self._errands_may_go(choice) and self._errands.run(self._clock.now(), idle=isinstance(choice, Rest)):
                return Turn(busy=True, trouble=self._errands.trouble)
            if isinstance(choice, Rest):
                return self._rest(choice)
            request = choice
            return self._learn(request, self._do(request))
        except Exception as error:
            return self._stumble(request, error)

    def _ask_how_far(self, recall: Recall) -> Turn:
        """Before anything is told: an event of today must not pass for one that was lost."""
        pause, now = self._state.pause, self._clock.now()
        if pause and not backoff.is_due(now, pause.until):
            return Turn(busy=False, next_turn=pause.until, trouble=pause.reason)
        nonce = fresh_nonce()
        try:
            standing = read_standing(self._hub.standing(nonce), self._station, nonce, self._key.raw)
        except HubError as error:
            retry_after = error.parameters.get("retry_after")
            failed = Failed(error.code, retry_after if isinstance(retry_after, int) else None)
            return self._learn(TellEvents(()), failed)
        recall.settle(standing.highest_seq)
        log.info("The hub keeps events up to %d", standing.highest_seq)
        return Turn(busy=True)

    def _errands_may_go(self, choice: Request | Rest) -> bool:
        """Not while the line is at fault, and not before a fact, save one that has come to nothing before."""
        if isinstance(choice, Rest):
            return self._state.pause is None
        return not isinstance(choice, TellEvents) or all(
            self._state.items[key_of(event)].failures for event in choice.events
        )

    def _rest(self, choice: Rest) -> Turn:
        pause = self._state.pause
        more = bool(self._unlisted)
        if pause is not None:
            return Turn(busy=more, next_turn=choice.until, trouble=pause.reason)
        ahead = [at for at in (choice.until, self._errands.next_due()) if at is not None]
        return Turn(busy=more, next_turn=min(ahead, default=None), trouble=self._errands.trouble)

    def _follow_the_switches(self) -> None:
        """What people have switched, and what the line has shown, since the last turn."""
        bucket = self._state.bucket.limited_to(self.limit)
        self._state = replace(self._state, metered=self.metered, bucket=bucket, link=self._meter.estimate)
        if self._hopeful:
            self._hopeful = False
            self._state = planner.wake(self._state)
        if self._preview_made:
            self._preview_made = False
            self._state = replace(self._state, preview_in_the_making=False)
        if self._let_through:
            self._let_through = False
            self._relist()
            while self._unlisted:
                self._list_some()
            self._state = replace(self._state, let_through=frozenset(self._state.items))

    def _look_at_the_outbox(self) -> None:
        """Before anything else: what waits is told to people while nothing may be sent, too."""
        if self._stale:
            if self._relist():
                self._state = planner.wake(self._state)
        elif self._unlisted:
            self._list_some()

    def _choose(self) -> Request | Rest:
        choice = planner.choose(self._state, self._clock.now())
        if isinstance(choice, Rest) and self._state.pause is None and not self._unlisted:
            self._relist()  # before resting: is there anything new?
            choice = planner.choose(self._state, self._clock.now())
        return choice

    def _relist(self) -> bool:
        """Look at the outbox; whether there is something new in it, of which the first is listed now."""
        seen = set(self._unlisted)
        self._pending = self._ledger.pending_keys()
        self._unlisted = [key for key in self._pending if key not in self._state.items]
        new = any(key not in seen for key in self._unlisted)
        if self._unlisted or len(self._pending) != len(self._state.items):
            self._list_some()
        self._stale = False
        return new

    def _list_some(self) -> None:
        """Take in hand what comes next of that which is new."""
        events = self._ledger.events_of(self._unlisted[:LISTED_AT_ONCE])
        self._unlisted = self._unlisted[LISTED_AT_ONCE:]
        sent = self._ledger.sent_pages(*events)
        made = {item.key: item for item in (planner.item_of(event, sent) for event in events)}
        listed = [key for key in self._pending if key in self._state.items or key in made]
        self._state = planner.relist(self._state, listed, made)

    def _do(self, request: Request) -> Outcome:
        before = self._meter.bytes
        try:
            return self._ask(request)
        finally:
            bucket = self._state.bucket.after(self._meter.bytes - before, self._clock.now())
            self._state = replace(self._state, bucket=bucket)

    def _ask(self, request: Request) -> Outcome:
        try:
            match request:
                case TellEvents():
                    return self._tell(request.events)
                case SendPreview():
                    return self._send_preview(request.sha256)
                case SendPage():
                    return self._send(request)
                case AskPage():
                    return self._hub.ask_page(request.sha256)
        except HubError as error:
            if not self.online:
                return Failed("hub.offline")
            retry_after = error.parameters.get("retry_after")
            return Failed(error.code, retry_after if isinstance(retry_after, int) else None)

    def _tell(self, events: Sequence[OutboxEvent]) -> tuple[Answer, ...] | Refusal:
        whole = self._ledger.events_of([key_of(event) for event in events])
        if len(whole) != len(events):
            raise StoreError("store.changed_meanwhile")
        self._must_be_online()
        answers = self._hub.tell(whole)
        return answers if isinstance(answers, Refusal) else self._verified(answers, whole)

    def _send(self, request: SendPage) -> PageAnswer | Unreadable:
        try:
            content = self._read(request.sha256)
        except StationError as error:
            return Unreadable(error.code)
        if request.offset > len(content):
            return Mismatch()  # the hub holds more than there is
        self._must_be_online()
        return self._hub.send_page(request.sha256, content, request.offset, request.length)

    def _must_be_online(self) -> None:
        """It may have been switched off while what is to be sent was read."""
        if not self.online:
            raise HubError("hub.offline")

    def _note_preview(self) -> None:
        self._preview_made = True

    def _send_preview(self, sha256: str) -> PreviewAnswer | InTheMaking | Unreadable:
        try:
            preview = self._renditions.preview(sha256)
        except StationError as error:
            log.info("No preview of a page: %s", error.code)
            return Unreadable(error.code)
        if preview is None:
            return PreviewUnwanted()
        if isinstance(preview, InTheMaking):
            return preview
        self._must_be_online()
        return self._hub.send_preview(sha256, preview.media_type, preview.content)

    def _read(self, sha256: str) -> bytes:
        """A page goes out in many chunks but is decrypted once."""
        if self._page is None or self._page[0] != sha256:
            self._page = sha256, self._pages.read(sha256)
        return self._page[1]

    def _verified(self, answers: tuple[Answer, ...], events: Sequence[OutboxEvent]) -> tuple[Answer, ...]:
        return tuple(self._verify(answer, event) for answer, event in zip(answers, events, strict=True))

    def _verify(self, answer: Answer, event: OutboxEvent) -> Answer:
        if isinstance(answer, Accepted):
            try:
                self._key.check(answer.receipt, event)
            except HubError as error:
                return Unusable(error.code)
        return answer

    def _learn(self, request: Request, outcome: Outcome) -> Turn:
        state, actions = planner.learn(self._state, request, outcome, self._clock.now(), self._chance())
        if isinstance(outcome, Failed):
            log.info("%s failed: %s", type(request).__name__, outcome.code)
            self._stale = True  # what was written meanwhile need not wait as well
        changed = self._keep(actions)
        if isinstance(outcome, tuple):
            self._errands.worked(self._clock.now())
        self._state = state  # only now: what the ledger could not keep has not happened
        pause = self._state.pause
        return Turn(
            busy=pause is None or bool(self._unlisted),
            next_turn=pause.until if pause else None,
            trouble=pause.reason if pause else None,
            changed=changed,
        )

    def _offline(self) -> Turn:
        self._state, actions = planner.go_offline(self._state, self._clock.now())
        return Turn(busy=bool(self._unlisted), trouble="hub.offline", changed=self._keep(actions))

    def _stumble(self, request: Request | None, error: Exception) -> Turn:
        """A store that fails, or a mistake of ours: pause, look at the outbox anew, try again."""
        code = error.code if isinstance(error, StationError) else "hub.internal"
        log.error("A turn of the sync loop failed with %s (%s)", type(error).__name__, code)
        now = self._clock.now()
        self._stale = True
        changed: frozenset[str] = frozenset()
        self._state, actions = planner.learn(self._state, request or TellEvents(()), Failed(code), now, self._chance())
        try:
            changed = self._keep(actions)
        except Exception as again:
            # No traceback: its last line could quote a value.
            log.warning("The outbox could not keep that, with %s", type(again).__name__)
        pause = self._state.pause
        return Turn(busy=False, next_turn=pause.until if pause else now, trouble=code, changed=changed)

    def _keep(self, actions: Sequence[Action]) -> frozenset[str]:
        changed = set[str]()
        for at in range(0, len(actions), KEPT_AT_ONCE):
            with self._ledger.together():
                for action in actions[at : at + KEPT_AT_ONCE]:
                    changed |= self._keep_one(action)
        return frozenset(changed)

    def _keep_one(self, action: Action) -> set[str]:
        """The dossiers concerned."""
        match action:
            case Note(event, noted):
                self._ledger.note(
                    event.station, event.seq, noted.delivery, noted.reason, noted.detail, noted.next_attempt
                )
                if noted.delivery is Delivery.REFUSED:
                    log.warning("The hub refused event %s/%d: %s", event.station, event.seq, noted.reason)
                return {event.dossier_id}
            case KeepReceipt(event, receipt):
                self._ledger.keep_receipt(event, receipt)
                log.info("The hub holds event %s/%d", event.station, event.seq)
                return {event.dossier_id}
            case PageSent(sha256, events):
                self._ledger.page_sent(sha256)
                return {event.dossier_id for event in events}
