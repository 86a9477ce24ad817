"""The ledger of what goes to the hub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from station.clock import VIETNAM
from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent, Progress
from station.dossier.dossier import Dossier, State
from station.dossier.hub_changes import HubChange
from station.errors import StoreError
from station.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
PAGES = ("a" * 64, "b" * 64)


@pytest.fixture
def seal(store: Store, new_dossier: Callable[..., Dossier]) -> Callable[[], OutboxEvent]:
    def deed(pages: tuple[str, ...] = PAGES) -> OutboxEvent:
        with store.dossiers.transaction() as transaction:
            dossier = transaction.save(new_dossier(state=State.SEALED))
            seq = transaction.next_seq()
            body = {"name": "Nguyễn Thị Đăng", "b": 1, "a": [1.5, None, True]}
            event = OutboxEvent("T01", seq, "dossier.sealed", dossier.id, 0, NOON, body, pages)
            transaction.enqueue(event)
        return event

    return deed


def receipt_for(event: OutboxEvent) -> HubReceipt:
    return HubReceipt(
        event.station, event.seq, event.dossier_id, event.pages, "2026-11-20T12:00:05+07:00", "H-1", True, "k1", "c2ln"
    )


def test_events_wait_in_the_order_in_which_they_happened(store: Store, seal: Callable[..., OutboxEvent]) -> None:
    events = [seal() for _ in range(3)]
    assert [event.seq for event in events] == [1, 2, 3]
    assert store.outbox.pending() == events
    assert list(store.outbox.pending()[0].body) == ["name", "b", "a"], "the same bytes each time"


def test_what_the_hub_refused_or_received_is_pending_no_more(store: Store, seal: Callable[..., OutboxEvent]) -> None:
    refused, received, waiting = seal(), seal(), seal()
    store.outbox.note("T01", refused.seq, Delivery.REFUSED, "hub.refused", "bad body", None)
    store.outbox.keep_receipt(received, receipt_for(received))
    assert store.outbox.pending() == [waiting]


def test_progress_says_how_far_it_has_got(store: Store, seal: Callable[..., OutboxEvent]) -> None:
    event = seal()
    name = event.dossier_id
    assert store.outbox.progress(name) == Progress(name, Delivery.WAITING, 0, 2)
    later = NOON + timedelta(minutes=5)
    store.outbox.note("T01", event.seq, Delivery.SENDING, "hub.unreachable", "timeout", later)
    store.outbox.page_sent(PAGES[0])
    store.outbox.page_sent(PAGES[0])
    expected = Progress(name, Delivery.SENDING, 1, 2, "hub.unreachable", "timeout", later)
    assert store.outbox.progress(name) == store.dossiers.progress(name) == expected
    assert store.dossiers.find()[0].progress == expected
    assert store.outbox.sent_pages(event) == {PAGES[0]}
    store.outbox.keep_receipt(event, receipt_for(event))
    assert store.outbox.progress(name) == Progress(name, Delivery.RECEIVED, 2, 2, receipt=receipt_for(event))


def test_a_dossier_without_event_has_no_progress(store: Store) -> None:
    assert store.outbox.progress("nobody") is None


def test_a_page_that_two_dossiers_share_is_sent_once(store: Store, seal: Callable[..., OutboxEvent]) -> None:
    one, other = seal(), seal((PAGES[1],))
    store.outbox.page_sent(PAGES[1])
    assert store.outbox.sent_pages(one) == store.outbox.sent_pages(other) == {PAGES[1]}


def test_a_receipt_is_final_and_leaves_one_audit_line(store: Store, seal: Callable[..., OutboxEvent]) -> None:
    event = seal()
    store.outbox.keep_receipt(event, receipt_for(event))
    store.outbox.keep_receipt(event, receipt_for(event))
    store.outbox.note("T01", event.seq, Delivery.WAITING, "hub.unreachable", None, None)
    progress = store.outbox.progress(event.dossier_id)
    assert progress is not None
    assert progress.delivery is Delivery.RECEIVED
    (line,) = store.audit.entries(event.dossier_id)
    assert (line.deed, line.at, line.detail) == ("hub_receipt", NOON, {"seq": 1, "hub_number": "H-1", "key": "k1"})


@pytest.mark.parametrize(
    "change", [{"seq": 2}, {"station": "T02"}, {"dossier_id": "other"}, {"pages": PAGES[:1]}, {"durable": False}]
)
def test_the_word_on_something_else_is_not_kept(
    store: Store, seal: Callable[..., OutboxEvent], change: dict[str, object]
) -> None:
    event = seal()
    with pytest.raises(StoreError, match=r"store\.other_receipt"):
        store.outbox.keep_receipt(event, replace(receipt_for(event), **change))
    assert store.outbox.pending() == [event]


def test_nobody_can_note_an_event_as_received_without_a_receipt(store: Store, seal: Callable[..., OutboxEvent]) -> None:
    event = seal()
    with pytest.raises(ValueError, match="only a receipt"):
        store.outbox.note("T01", event.seq, Delivery.RECEIVED, None, None, None)


def test_listeners_are_woken_once_the_event_can_be_seen_and_only_then(
    store: Store, seal: Callable[..., OutboxEvent]
) -> None:
    seen: list[int] = []
    store.dossiers.on_commit(lambda: seen.append(len(store.outbox.pending())))
    with store.dossiers.transaction() as transaction:
        transaction.next_number("nothing for the hub")
    assert seen == []
    seal()
    seal()
    assert seen == [1, 2]


def test_a_listener_that_fails_does_not_make_a_deed_look_undone(
    store: Store, seal: Callable[..., OutboxEvent], caplog: pytest.LogCaptureFixture
) -> None:
    woken: list[int] = []
    store.dossiers.on_commit(lambda: 1 // 0)
    store.dossiers.on_commit(lambda: woken.append(1))
    event = seal()
    assert store.outbox.pending() == [event]
    assert woken == [1]
    assert "a listener failed after a commit" in caplog.text


def test_what_a_restored_hub_has_lost_is_told_again_and_goes_by_its_new_receipt(
    store: Store, seal: Callable[..., OutboxEvent]
) -> None:
    held, lost, refused = seal(), seal(), seal()
    for event in (held, lost):
        store.outbox.keep_receipt(event, receipt_for(event))
        for page in event.pages:
            store.outbox.page_sent(page)
    store.outbox.note("T01", refused.seq, Delivery.REFUSED, "hub.conflict", None, None)
    body = {"highest_seq": held.seq}
    restored = HubChange(1, "hub.restored", NOON, body, {"body": body})
    assert store.hub_feed.take(b"hub", "T01", [restored]) == {lost.dossier_id, refused.dossier_id}
    assert store.outbox.pending() == [lost, refused], "the same bytes"
    assert store.outbox.sent_pages(lost) == set()
    waits = store.outbox.progress(lost.dossier_id)
    assert waits is not None
    assert (waits.delivery, waits.receipt) == (Delivery.WAITING, receipt_for(lost))

    told = store.hub_words.restored()
    assert told is not None
    assert (told.lost, told.left, told.gone, told.done_at) == (1, 1, 0, None)

    second = replace(receipt_for(lost), hub_number="H-2", signature="another")
    store.outbox.keep_receipt(lost, second)
    assert store.outbox.pending() == [refused]
    told = store.hub_words.restored()
    assert told is not None
    assert (told.lost, told.left, told.gone, told.done_at) == (1, 0, 0, NOON)
    for number in (second.hub_number, receipt_for(lost).hub_number):
        assert lost.dossier_id in [one.id for one in store.dossiers.find(number)]
    again = store.outbox.progress(lost.dossier_id)
    assert again is not None
    assert (again.delivery, again.receipt) == (Delivery.RECEIVED, second)
    assert store.hub_feed.take(b"hub", "T01", [restored]) == frozenset(), "once"
