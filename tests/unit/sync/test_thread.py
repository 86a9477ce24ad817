"""The thread that drives the loop: wakes, sleeps, goes offline and ends."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from station.clock import SystemClock
from station.dossier.delivery import Delivery, Progress
from station.sync.hub_client import HubClient
from station.sync.loop import SyncLoop
from station.sync.receipts import HubKey
from station.sync.thread import LinkStatus, SyncThread

from .fake_server import FakeServer, serving
from .invented import MORNING, PageBox, event, image
from .memory_ledger import MemoryLedger
from .model_hub import ModelHub, Reply


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(ModelHub()) as server:
        yield server


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger()


@pytest.fixture
def pages() -> PageBox:
    return PageBox()


@pytest.fixture
def sync(server: FakeServer, ledger: MemoryLedger, pages: PageBox) -> Iterator[SyncThread]:
    clock = SystemClock()
    key = HubKey(server.hub.public_raw)
    loop = SyncLoop(ledger, pages, HubClient(server.url, "token", practice=True), key, clock, lambda: 0.5)
    sync = SyncThread(loop, clock)
    yield sync
    assert sync.stop()


def until(fits: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not fits():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)


def test_what_is_sealed_is_delivered_as_soon_as_the_thread_is_woken(
    sync: SyncThread, ledger: MemoryLedger, pages: PageBox
) -> None:
    sync.start()
    until(lambda: sync.status() == LinkStatus(online=True))
    ledger.enqueue(event(1, (pages.add(image(1)),)))
    sync.wake()
    until(lambda: not ledger.pending())


def test_listeners_hear_from_the_sync_thread_which_dossier_changed(
    sync: SyncThread, ledger: MemoryLedger, pages: PageBox
) -> None:
    heard: queue.Queue[tuple[str, str]] = queue.Queue()

    def fails(dossier_id: str) -> None:
        raise ZeroDivisionError

    sync.on_progress(fails)
    sync.on_progress(lambda dossier_id: heard.put((dossier_id, threading.current_thread().name)))
    ledger.enqueue(event(1, (pages.add(image(1)),)))
    sync.start()
    until(lambda: not ledger.pending())
    until(lambda: heard.qsize() == 3)  # sending, the page, the receipt
    assert heard.get() == ("T01-1", "sync")


def test_stopping_breaks_off_an_exchange_that_hangs(sync: SyncThread, server: FakeServer, ledger: MemoryLedger) -> None:
    server.silent = True
    ledger.enqueue(event(1))
    sync.start()
    until(lambda: bool(server.seen))
    assert sync.stop(), "the server would be silent for ever"
    assert ledger.pending()


def test_stopping_does_not_wait_for_a_pause(sync: SyncThread, server: FakeServer, ledger: MemoryLedger) -> None:
    server.odd.append(Reply(503, headers={"Retry-After": "60"}))
    ledger.enqueue(event(1))
    sync.start()
    until(lambda: sync.status().trouble == "hub.busy")
    assert sync.stop(), "the pause would be a minute"


def test_switched_off_it_sends_nothing_and_switched_on_it_sends_at_once(
    sync: SyncThread, server: FakeServer, ledger: MemoryLedger
) -> None:
    sync.online = False
    sync.start()
    until(lambda: sync.status() == LinkStatus(online=False, trouble="hub.offline"))
    ledger.enqueue(event(1))
    sync.wake()
    time.sleep(0.05)
    assert not server.seen
    sync.online = True
    until(lambda: not ledger.pending())
    until(lambda: sync.status() == LinkStatus(online=True))


def test_switching_off_breaks_off_what_is_under_way(sync: SyncThread, server: FakeServer, ledger: MemoryLedger) -> None:
    server.silent = True
    ledger.enqueue(event(1))
    sync.start()
    until(lambda: bool(server.seen))
    sync.online = False
    until(lambda: sync.status().trouble == "hub.offline")
    progress = ledger.progress("T01-1")
    assert progress is not None
    assert progress.reason == "hub.offline"


def test_after_a_pause_it_tries_again_by_itself(sync: SyncThread, server: FakeServer, ledger: MemoryLedger) -> None:
    server.odd.append(Reply(500))
    ledger.enqueue(event(1))
    sync.start()
    until(lambda: not ledger.pending())


WAITING = Progress("T01-1", Delivery.WAITING)


def test_the_progress_as_seen_now_says_what_keeps_the_line_from_working(
    sync: SyncThread, server: FakeServer, ledger: MemoryLedger
) -> None:
    server.odd.append(Reply(503, headers={"Retry-After": "60"}))
    ledger.enqueue(event(1))
    sync.start()
    until(lambda: sync.status().trouble == "hub.busy")
    seen = sync.as_seen_now(Progress("T01-2", Delivery.SENDING))
    assert (seen.delivery, seen.reason, seen.next_attempt) == (
        Delivery.WAITING, "hub.busy", sync.status().next_attempt
    )  # fmt: skip
    assert seen.next_attempt is not None
    held = Progress("T01-3", Delivery.WAITING, reason="hub.bad_receipt", next_attempt=MORNING + timedelta(minutes=1))
    assert sync.as_seen_now(held) == held
    refused = Progress("T01-4", Delivery.REFUSED, reason="hub.refused", detail="vì sao")
    assert sync.as_seen_now(refused) == refused


def test_trouble_that_is_over_is_not_shown_any_more(sync: SyncThread) -> None:
    assert sync.as_seen_now(Progress("T01-1", Delivery.WAITING, reason="hub.unreachable")) == WAITING
