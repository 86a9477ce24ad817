"""What every outbox must do, whatever it is made of: inherit, and give the fixtures `ledger` and `enqueue`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.errors import StoreError
from station.sync.ledger import Ledger

from .invented import MORNING, event

A, B = "a" * 64, "b" * 64
Enqueue = Callable[[OutboxEvent], None]


def receipt_for(told: OutboxEvent) -> HubReceipt:
    return HubReceipt(
        told.station,
        told.seq,
        told.dossier_id,
        told.pages,
        "2026-03-02T08:00:00+07:00",
        "HUB-1",
        True,
        "0" * 16,
        "c2ln",
    )


def keep_together(ledger: Ledger, *told: tuple[OutboxEvent, HubReceipt]) -> None:
    with ledger.together():
        ledger.page_sent(A)
        for one, receipt in told:
            ledger.keep_receipt(one, receipt)


class LedgerBehaviour:
    def test_pending_events_come_oldest_first_and_unchanged(self, ledger: Ledger, enqueue: Enqueue) -> None:
        told = [event(seq, (A,)) for seq in (1, 2, 3)]
        for one in told:
            enqueue(one)
        assert ledger.pending_keys() == [("T01", 1), ("T01", 2), ("T01", 3)]
        assert ledger.events_of([("T01", 3), ("T01", 9), ("T01", 1)]) == [told[2], told[0]]

    def test_a_sealed_dossier_waits_with_none_of_its_pages_sent(self, ledger: Ledger, enqueue: Enqueue) -> None:
        enqueue(event(1, (A, B)))
        progress = ledger.progress("T01-1")
        assert progress is not None
        assert (progress.delivery, progress.pages_sent, progress.pages_total) == (Delivery.WAITING, 0, 2)

    def test_a_dossier_that_was_never_sealed_has_no_progress(self, ledger: Ledger) -> None:
        assert ledger.progress("nobody") is None

    def test_a_note_is_seen_in_the_progress(self, ledger: Ledger, enqueue: Enqueue) -> None:
        enqueue(event(1))
        later = MORNING + timedelta(minutes=3)
        ledger.note("T01", 1, Delivery.WAITING, "hub.bad_receipt", "why", later)
        progress = ledger.progress("T01-1")
        assert progress is not None
        assert (progress.reason, progress.detail, progress.next_attempt) == ("hub.bad_receipt", "why", later)
        assert ledger.pending_keys() == [("T01", 1)]

    def test_a_later_note_replaces_all_of_the_earlier_one(self, ledger: Ledger, enqueue: Enqueue) -> None:
        enqueue(event(1))
        ledger.note("T01", 1, Delivery.WAITING, "hub.bad_receipt", "why", MORNING)
        ledger.note("T01", 1, Delivery.SENDING, None, None, None)
        progress = ledger.progress("T01-1")
        assert progress is not None
        assert progress.delivery is Delivery.SENDING
        assert (progress.reason, progress.detail, progress.next_attempt) == (None, None, None)

    def test_a_page_sent_counts_for_each_event_that_refers_to_it(self, ledger: Ledger, enqueue: Enqueue) -> None:
        enqueue(event(1, (A, B)))
        enqueue(event(2, (A,)))
        ledger.page_sent(A)
        ledger.page_sent(A)
        assert [set(ledger.sent_pages(one)) for one in ledger.events_of(ledger.pending_keys())] == [{A}, {A}]
        progress = ledger.progress("T01-1")
        assert progress is not None
        assert progress.pages_sent == 1

    def test_a_page_sent_for_an_earlier_event_counts_for_a_later_one(self, ledger: Ledger, enqueue: Enqueue) -> None:
        enqueue(event(1, (A,)))
        ledger.page_sent(A)
        enqueue(event(2, (A, B)))
        assert set(ledger.sent_pages(event(2, (A, B)))) == {A}

    def test_a_refused_event_is_pending_no_more_and_keeps_the_reason(self, ledger: Ledger, enqueue: Enqueue) -> None:
        enqueue(event(1))
        enqueue(event(2))
        ledger.note("T01", 1, Delivery.REFUSED, "hub.refused", "số hồ sơ sai", None)
        progress = ledger.progress("T01-1")
        assert progress is not None
        assert (progress.delivery, progress.detail) == (Delivery.REFUSED, "số hồ sơ sai")
        assert ledger.pending_keys() == [("T01", 2)]

    def test_a_receipt_settles_the_event_for_good(self, ledger: Ledger, enqueue: Enqueue) -> None:
        told = event(1, (A,))
        enqueue(told)
        ledger.page_sent(A)
        ledger.keep_receipt(told, receipt_for(told))
        ledger.keep_receipt(told, receipt_for(told))
        ledger.note("T01", 1, Delivery.WAITING, "hub.unreachable", None, None)
        progress = ledger.progress("T01-1")
        assert progress is not None
        assert (progress.delivery, progress.receipt) == (Delivery.RECEIVED, receipt_for(told))
        assert ledger.pending_keys() == []

    def test_what_is_kept_together_is_kept_whole_or_not_at_all(self, ledger: Ledger, enqueue: Enqueue) -> None:
        told = [event(seq, (A,)) for seq in (1, 2)]
        for one in told:
            enqueue(one)
        with pytest.raises(StoreError, match=r"store\.other_receipt"):
            keep_together(ledger, (told[0], receipt_for(told[0])), (told[1], receipt_for(told[0])))
        assert ledger.pending_keys() == [("T01", 1), ("T01", 2)]
        assert ledger.sent_pages(*told) == set()
        waits = ledger.progress("T01-2")
        assert waits is not None
        assert waits.delivery is Delivery.WAITING
        keep_together(ledger, (told[0], receipt_for(told[0])))
        assert ledger.pending_keys() == [("T01", 2)]
        assert ledger.sent_pages(*told) == {A}
