"""The loop over a line on which each exchange can be made to fail in its own way."""

from __future__ import annotations

import logging
from collections import Counter as Counts
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent, Progress
from station.dossier.rendition import Rendition
from station.errors import StoreError
from station.sync.hub_client import HubClient
from station.sync.loop import LISTED_AT_ONCE, SyncLoop, Turn
from station.sync.plan import Bodies
from station.sync.receipts import HubKey
from station.sync.renditions import InTheMaking
from station.sync.wire import EVENTS_A_BATCH

from .faulty_line import Fault, FaultyLine
from .invented import PageBox, TurnedClock, event, image
from .memory_ledger import MemoryLedger
from .model_hub import ModelHub


class Counter:
    """A station and its hub, with everything in reach of the test."""

    def __init__(self) -> None:
        self.hub = ModelHub()
        self.line = FaultyLine(self.hub)
        self.ledger = MemoryLedger()
        self.pages = PageBox()
        self.clock = TurnedClock()
        self.client = HubClient("http://127.0.0.1", "token", practice=True, transport=self.line)
        key = HubKey(self.hub.public_raw)
        self.loop = SyncLoop(
            self.ledger, self.pages, self.client, key, self.clock, lambda: 0.5, bodies=Bodies(400, 400, 400)
        )

    def seal(self, seq: int, *sizes: int) -> OutboxEvent:
        told = event(seq, tuple(self.pages.add(image(10 * seq + at, size)) for at, size in enumerate(sizes)))
        self.ledger.enqueue(told)
        return told

    def turns(self, count: int = 100) -> Turn:
        """Take turns until there is nothing to do now."""
        for _ in range(count):
            turn = self.loop.turn()
            if not turn.busy:
                return turn
        raise AssertionError("the loop never rests")

    def progress(self, seq: int) -> Progress:
        progress = self.ledger.progress(f"T01-{seq}")
        assert progress is not None
        return progress


@pytest.fixture
def counter() -> Iterator[Counter]:
    counter = Counter()
    yield counter
    counter.loop.close()


def test_an_event_its_pages_and_the_event_again_bring_the_receipt(counter: Counter) -> None:
    counter.seal(1, 100, 600)
    assert counter.turns().trouble is None
    assert [method for method, _ in counter.line.requests] == ["POST", "PUT", "PUT", "PUT", "POST"]
    progress = counter.progress(1)
    assert (progress.delivery, progress.pages_sent, progress.pages_total) == (Delivery.RECEIVED, 2, 2)
    assert progress.receipt is not None
    assert progress.receipt.hub_number == "HUB-1"


def test_a_turn_does_one_exchange_and_says_which_dossiers_changed(counter: Counter) -> None:
    counter.seal(1, 100)
    turn = counter.loop.turn()
    assert len(counter.line.requests) == 1
    assert (turn.busy, turn.changed) == (True, {"T01-1"})
    assert counter.progress(1).delivery is Delivery.SENDING


def test_all_events_are_told_before_any_page_is_sent(counter: Counter) -> None:
    for seq in (1, 2, 3):
        counter.seal(seq, 100)
    counter.loop.turn()
    assert counter.line.requests == [("POST", "/v1/events")]
    assert len(counter.hub.now.events) == 3


def test_a_new_event_goes_before_the_pages_of_older_ones(counter: Counter) -> None:
    counter.seal(1, 300, 300)
    counter.loop.turn()
    counter.seal(2)
    counter.loop.wake()
    counter.loop.turn()
    assert counter.progress(2).delivery is Delivery.RECEIVED
    assert counter.progress(1).pages_sent == 0


def test_nothing_to_tell_means_rest_until_woken(counter: Counter) -> None:
    assert counter.loop.turn() == Turn(busy=False)


def test_without_a_network_the_dossier_waits_and_the_loop_tries_again_later(counter: Counter) -> None:
    counter.seal(1, 100)
    counter.line.fault = Fault.NO_NETWORK
    turn = counter.loop.turn()
    assert turn.trouble == "hub.unreachable"
    assert turn.next_turn is not None
    assert turn.next_turn > counter.clock.now()
    assert (counter.progress(1).delivery, counter.progress(1).reason) == (Delivery.WAITING, "hub.unreachable")
    counter.loop.turn()
    assert len(counter.line.requests) == 1, "it asked again before its time"


def test_waits_grow_to_five_minutes_at_most_and_the_ledger_is_written_once(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    waits = []
    for _ in range(14):
        turn = counter.loop.turn()
        assert turn.next_turn is not None
        waits.append((turn.next_turn - counter.clock.now()).total_seconds())
        counter.clock.at = turn.next_turn
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150, 150, 150, 150]
    assert counter.ledger.notes == 1


def test_after_a_break_it_asks_where_to_go_on_and_sends_only_the_rest(counter: Counter) -> None:
    counter.seal(1, 700)
    counter.loop.turn()
    counter.line.fault = Fault.HALF_A_BODY
    turn = counter.loop.turn()
    assert turn.next_turn is not None
    counter.line.fault = Fault.NONE
    counter.clock.at = turn.next_turn
    counter.turns()
    assert [method for method, _ in counter.line.requests] == ["POST", "PUT", "HEAD", "PUT", "PUT", "POST"]
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_bytes_that_arrived_start_the_waits_from_the_beginning(counter: Counter) -> None:
    counter.seal(1, 5000)
    counter.loop.turn()
    waits = []
    for fault in [Fault.HALF_A_BODY, Fault.NONE] * 4:
        counter.line.fault = fault
        turn = counter.loop.turn()
        if turn.next_turn:
            waits.append((turn.next_turn - counter.clock.now()).total_seconds())
            counter.clock.at = turn.next_turn
    assert waits == [0.05] * 4, "the line is there"


def test_the_hubs_retry_after_is_kept_even_when_somebody_wakes_the_loop(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.BUSY
    turn = counter.loop.turn()
    assert turn.next_turn is not None
    assert (turn.next_turn - counter.clock.now()).total_seconds() == 7
    counter.line.fault = Fault.NONE
    counter.loop.try_now()
    assert counter.loop.turn().next_turn == turn.next_turn
    counter.clock.at = turn.next_turn
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_new_event_cuts_an_ordinary_pause_short(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    pause = counter.loop.turn()
    counter.line.fault = Fault.NONE
    counter.loop.wake()
    assert counter.loop.turn() == Turn(busy=False, next_turn=pause.next_turn, trouble=pause.trouble), "nothing is new"
    counter.seal(2)
    counter.loop.wake()
    counter.turns()
    assert {counter.progress(seq).delivery for seq in (1, 2)} == {Delivery.RECEIVED}


def test_somebody_who_has_reason_to_hope_cuts_an_ordinary_pause_short(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    counter.loop.turn()
    counter.line.fault = Fault.NONE
    counter.loop.try_now()
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


@pytest.mark.parametrize("fate", ["rejected", "conflict"])
def test_what_the_hub_will_never_take_is_set_aside_with_its_reason(counter: Counter, fate: str) -> None:
    counter.hub.refused["T01", 1] = fate
    counter.seal(1, 100)
    counter.seal(2, 100)
    counter.turns()
    refused = counter.progress(1)
    assert refused.delivery is Delivery.REFUSED
    assert refused.reason == {"rejected": "hub.refused", "conflict": "hub.conflict"}[fate]
    assert refused.detail == "Không nhận được"
    assert counter.progress(2).delivery is Delivery.RECEIVED


def test_an_event_that_breaks_the_hub_does_not_keep_the_others_waiting(counter: Counter) -> None:
    for seq in range(1, 41):
        counter.seal(seq)
    counter.line.breakers.add(7)
    for _ in range(60):
        turn = counter.loop.turn()
        counter.clock.at = turn.next_turn or counter.clock.at
    assert {told.seq for told in counter.ledger.pending()} == {7}
    assert counter.progress(7).reason == "hub.failed"
    counter.seal(41)
    counter.loop.wake()
    counter.loop.turn()
    assert counter.progress(41).delivery is Delivery.RECEIVED


def test_a_receipt_that_the_hub_did_not_sign_leaves_the_event_pending(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.BAD_SIGNATURE
    counter.turns()
    progress = counter.progress(1)
    assert (progress.delivery, progress.reason) == (Delivery.WAITING, "hub.bad_receipt")
    assert progress.next_attempt is not None
    counter.line.fault = Fault.NONE
    counter.seal(2)
    counter.turns()
    assert counter.progress(2).delivery is Delivery.RECEIVED
    assert counter.progress(1).delivery is Delivery.WAITING
    counter.clock.at = progress.next_attempt
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_captive_portal_is_not_the_hub(counter: Counter) -> None:
    counter.seal(1, 100)
    counter.line.fault = Fault.WEB_PAGE
    assert counter.loop.turn().trouble == "hub.web_page"
    assert counter.progress(1).delivery is Delivery.WAITING


def test_a_captive_portal_that_says_yes_to_a_page_has_not_taken_it(counter: Counter) -> None:
    counter.seal(1, 100)
    counter.loop.turn()
    counter.line.fault = Fault.WEB_PAGE
    assert counter.loop.turn().trouble == "hub.web_page"
    assert counter.progress(1).pages_sent == 0


def test_a_page_that_cannot_be_read_here_holds_only_its_own_event(counter: Counter) -> None:
    class DamagedPages(PageBox):
        def read(self, sha256: str) -> bytes:
            if sha256 == damaged:
                raise StoreError("store.page_damaged")
            return super().read(sha256)

    damaged = counter.seal(1, 100).pages[0]
    counter.seal(2, 100)
    counter.loop._pages = DamagedPages(counter.pages)
    counter.turns()
    assert counter.progress(1).reason == "store.page_damaged"
    assert counter.progress(2).delivery is Delivery.RECEIVED


def test_a_page_that_the_hub_lost_after_taking_it_is_sent_again(counter: Counter) -> None:
    told = counter.seal(1, 100)
    for _ in range(2):
        counter.loop.turn()
    assert counter.progress(1).pages_sent == 1
    del counter.hub.now.pages[told.pages[0]]
    turn = counter.turns()
    assert counter.progress(1).reason == "hub.page_lost"
    assert turn.next_turn is not None
    counter.clock.at = turn.next_turn
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_hub_that_forgot_the_event_is_told_again(counter: Counter) -> None:
    counter.seal(1, 100)
    counter.loop.turn()
    counter.hub.now.events.clear()
    turn = counter.turns()
    assert turn.next_turn is not None
    counter.clock.at = turn.next_turn
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_mistake_of_ours_becomes_a_reason_and_a_pause_and_is_logged_without_values(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    class BrokenPages(PageBox):
        def read(self, sha256: str) -> bytes:
            raise ZeroDivisionError("Nguyễn Văn Mẫu")

    counter.seal(1, 100)
    pages, counter.loop._pages = counter.loop._pages, BrokenPages()
    with caplog.at_level(logging.INFO):
        turn = counter.turns()
    assert turn.trouble == "hub.internal"
    assert turn.next_turn is not None
    assert counter.progress(1).reason == "hub.internal"
    assert "ZeroDivisionError" in caplog.text
    assert "Mẫu" not in caplog.text
    counter.loop._pages = pages
    counter.clock.move(301)
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_what_the_outbox_could_not_keep_has_not_happened(counter: Counter) -> None:
    class FullLedger(MemoryLedger):
        full = True

        def keep_receipt(self, *args: object) -> None:
            if self.full:
                raise StoreError("store.disk_full")
            super().keep_receipt(*args)  # type: ignore[arg-type]

    ledger = FullLedger()
    counter.ledger = counter.loop._ledger = ledger
    counter.seal(1)
    assert counter.turns().trouble == "store.disk_full"
    assert [told.seq for told in ledger.pending()] == [1]
    ledger.full = False
    counter.clock.move(301)
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_what_one_exchange_came_to_is_kept_whole_or_not_at_all(counter: Counter) -> None:
    class FullLedger(MemoryLedger):
        full = True

        def keep_receipt(self, event: OutboxEvent, receipt: HubReceipt) -> None:
            super().keep_receipt(event, receipt)
            if self.full and event.seq == 3:
                raise StoreError("store.disk_full")

    ledger = FullLedger()
    counter.ledger = counter.loop._ledger = ledger
    for seq in (1, 2, 3):
        counter.seal(seq)
    assert counter.turns().trouble == "store.disk_full"
    assert [told.seq for told in ledger.pending()] == [1, 2, 3]
    ledger.full = False
    counter.clock.move(301)
    counter.turns()
    assert ledger.pending() == []
    assert len(counter.hub.now.applied) == 3


def test_many_new_events_are_listed_in_portions_and_the_first_go_before_all_are_known(counter: Counter) -> None:
    many = 2 * LISTED_AT_ONCE + 1
    for seq in range(1, many + 1):
        counter.seal(seq)
    counter.loop.turn()
    assert len(counter.line.requests) == 1
    assert len(counter.loop.state.items) == LISTED_AT_ONCE - EVENTS_A_BATCH
    counter.turns()
    assert sorted(seq for _, seq in counter.hub.now.events) == list(range(1, many + 1))
    assert counter.ledger.pending() == []


def test_a_first_full_sync_takes_one_exchange_a_page_few_for_the_facts_and_one_transaction_each(
    counter: Counter,
) -> None:
    class CountingLedger(MemoryLedger):
        transactions = 0

        def together(self) -> AbstractContextManager[None]:
            self.transactions += 1
            return super().together()

    ledger = CountingLedger()
    counter.ledger = counter.loop._ledger = ledger
    many = 4 * EVENTS_A_BATCH
    for seq in range(1, many + 1):
        counter.seal(seq, 100)
    counter.turns(1000)
    assert ledger.pending() == []
    methods = Counts(method for method, _ in counter.line.requests)
    assert methods == {"POST": 2 * many // EVENTS_A_BATCH, "PUT": many}
    assert ledger.transactions == methods.total()


def test_while_the_line_is_down_all_new_events_are_listed_before_the_loop_rests(counter: Counter) -> None:
    for seq in range(1, 2 * LISTED_AT_ONCE + 2):
        counter.seal(seq)
    counter.line.fault = Fault.NO_NETWORK
    turn = counter.turns()
    assert (turn.trouble, len(counter.line.requests)) == ("hub.unreachable", 1)
    assert len(counter.loop.state.items) == 2 * LISTED_AT_ONCE + 1


def test_a_page_that_was_answered_twice_makes_no_event_refused(counter: Counter) -> None:
    """A cache on the way gives a new event the answer to the page before it."""
    page = counter.seal(1, 300).pages[0]
    counter.loop.turn()
    counter.hub.now.partial[page] = counter.pages[page][:100]
    counter.loop.turn()
    assert counter.line.requests[-1][0] == "PUT", "and the hub has more of it already: 409"
    counter.seal(2)
    counter.loop.wake()
    counter.line.fault = Fault.STALE_ANSWER
    counter.loop.turn()
    assert counter.line.requests[-1][0] == "POST"
    assert (counter.progress(2).delivery, counter.progress(2).reason) == (Delivery.WAITING, "hub.malformed_answer")
    counter.line.fault = Fault.NONE
    counter.clock.move(301)
    counter.turns()
    assert counter.ledger.pending() == []


def test_what_is_let_through_is_all_that_waits_also_what_was_not_listed_yet(counter: Counter) -> None:
    for seq in range(1, LISTED_AT_ONCE + 2):
        counter.seal(seq)
    counter.loop.metered = True
    counter.loop.send_all_now()
    counter.loop.turn()
    assert len(counter.loop.state.let_through) == LISTED_AT_ONCE + 1


def test_switched_off_nothing_is_sent_and_nobody_claims_to_be_sending(counter: Counter) -> None:
    counter.seal(1, 100)
    counter.loop.turn()
    counter.loop.online = False
    turn = counter.loop.turn()
    assert turn == Turn(busy=False, trouble="hub.offline", changed=frozenset({"T01-1"}))
    assert (counter.progress(1).delivery, counter.progress(1).reason) == (Delivery.WAITING, "hub.offline")
    assert len(counter.line.requests) == 1
    counter.loop.online = True
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


def test_a_clock_that_was_set_back_does_not_stop_the_delivery(counter: Counter) -> None:
    counter.seal(1)
    counter.line.fault = Fault.NO_NETWORK
    counter.loop.turn()
    counter.line.fault = Fault.NONE
    counter.clock.move(-86_400)
    counter.turns()
    assert counter.progress(1).delivery is Delivery.RECEIVED


class LaterPreviews:
    """Whoever makes them is still starting."""

    def __init__(self) -> None:
        self.made = False
        self.listeners: list[Callable[[], None]] = []

    def on_made(self, listener: Callable[[], None]) -> None:
        self.listeners.append(listener)

    def preview(self, _sha256: str) -> Rendition | InTheMaking:
        return Rendition("image/webp", b"RIFF") if self.made else InTheMaking()


def test_a_fact_does_not_wait_for_a_preview_that_is_being_made_which_goes_when_it_is_there(counter: Counter) -> None:
    previews = LaterPreviews()
    counter.loop = SyncLoop(
        counter.ledger,
        counter.pages,
        counter.client,
        HubKey(counter.hub.public_raw),
        counter.clock,
        lambda: 0.5,
        renditions=previews,
    )
    counter.loop.metered = True
    counter.seal(1, 600)
    assert counter.turns().trouble is None
    counter.seal(2)
    counter.loop.wake()
    counter.turns()
    assert counter.progress(2).delivery is Delivery.RECEIVED
    assert counter.hub.now.previews == {}
    previews.made = True
    for listener in previews.listeners:
        listener()
    counter.turns()
    assert list(counter.hub.now.previews.values()) == [b"RIFF"]
