"""What the loop does turn by turn: events first, then pages, then the events again."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from station.dossier.delivery import Delivery, HubReceipt, Link, OutboxEvent
from station.dossier.rendition import Rendition
from station.errors import StoreError
from station.sync.loop import SyncLoop, Turn
from station.sync.receipts import HubKey
from station.sync.renditions import InTheMaking
from station.sync.waiting import WaitingList

from .invented import PageBox
from .looping_counter import Counter
from .memory_ledger import MemoryLedger


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


def test_what_is_sealed_while_sending_is_off_is_told_to_be_waiting(counter: Counter) -> None:
    counter.loop.online = False
    counter.seal(1, 100)
    counter.loop.turn()
    queue = WaitingList().queue(counter.loop.state, Link(online=False), counter.clock.now())
    assert [one.pages_left for one in queue.entries] == [1]
    counter.seal(2, 100, 100)
    counter.loop.wake()
    counter.loop.turn()
    queue = WaitingList().queue(counter.loop.state, Link(online=False), counter.clock.now())
    assert [one.pages_left for one in queue.entries] == [1, 2]
    assert not counter.line.requests


def test_what_a_stick_took_to_the_hub_while_sending_is_off_waits_no_more(counter: Counter) -> None:
    counter.loop.online = False
    sealed = counter.seal(1)
    counter.loop.turn()
    assert len(counter.loop.state.items) == 1
    counter.ledger.note(sealed.station, sealed.seq, Delivery.REFUSED, "hub.refused", None, None)
    counter.loop.wake()
    counter.loop.turn()
    assert not counter.loop.state.items


def test_what_is_switched_off_while_a_page_is_read_is_not_sent(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.seal(1, 100)
    counter.loop.turn()
    asked, read = len(counter.line.requests), counter.pages.read

    def slowly(sha256: str) -> bytes:
        counter.loop.online = False
        return read(sha256)

    monkeypatch.setattr(counter.pages, "read", slowly)
    assert counter.loop.turn().trouble == "hub.offline"
    assert len(counter.line.requests) == asked


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
