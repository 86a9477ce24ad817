"""What a hub refuses, forgets or never was: each event is held for its own reason, and no other waits for it."""

from __future__ import annotations

import pytest

from station.dossier.delivery import Delivery
from station.errors import StoreError

from .faulty_line import Fault
from .invented import PageBox
from .looping_counter import Counter


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
