"""The queue as people see it: what is left of each dossier, why, and how long it will take."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from station.clock import SystemClock
from station.dossier.delivery import Delivery, Link, OutboxEvent
from station.dossier.why_stuck import LinkKind, LinkQuality, Queue
from station.sync import planner
from station.sync.answers import NeedPages, Standing
from station.sync.connection import Connection
from station.sync.hub_client import HubClient
from station.sync.link_estimate import LinkEstimate
from station.sync.loop import SyncLoop
from station.sync.plan import Failed, SendPage, State, TellEvents, key_of
from station.sync.receipts import HubKey
from station.sync.thread import SyncThread
from station.sync.waiting import WaitingList

from .faulty_line import FaultyLine
from .invented import MORNING, PageBox, event
from .memory_ledger import MemoryLedger
from .model_hub import ModelHub

A, B = "a" * 64, "b" * 64
FAIR = LinkEstimate(LinkKind.FAIR, 50_000.0, 0.1)


def dossier(seq: int, days: int, **pages: int) -> OutboxEvent:
    sizes = [{"sha256": name * 64, "size": size} for name, size in pages.items()]
    body = {"number": f"TAM-{seq}", "due_at": (MORNING + timedelta(days=days)).isoformat(), "pages": sizes}
    return event(seq, tuple(page["sha256"] for page in sizes), body=body)  # type: ignore[misc]


def listed(*events: OutboxEvent) -> State:
    made = {key_of(one): planner.item_of(one, set()) for one in events}
    return planner.relist(State(), list(made), made)


def told(state: State) -> State:
    request = planner.choose(state, MORNING)
    assert isinstance(request, TellEvents)
    answers = tuple(NeedPages(one.pages) for one in request.events)
    return planner.learn(state, request, answers, MORNING, 0.5)[0]


def test_an_entry_says_what_is_left_and_the_nearest_deadline_comes_first() -> None:
    state = told(listed(dossier(1, 9, a=300_000), dossier(2, 2, b=100_000)))
    state = planner.learn(state, SendPage(A, 0, 65_536), Standing(65_536, complete=False), MORNING, 0.5)[0]
    queue = WaitingList().queue(state, Link(), MORNING)
    assert [(one.number, one.bytes_left, one.pages_left) for one in queue.entries] == [
        ("TAM-2", 100_000, 1),
        ("TAM-1", 300_000 - 65_536, 1),
    ]
    assert queue.entries[0].due_at == MORNING + timedelta(days=2)
    assert queue.entries[0].why.code == "sending.under_way"
    assert queue.bytes_left == 334_464


def test_a_fact_that_is_not_told_counts_with_its_own_bytes_and_all_its_pages() -> None:
    (entry,) = WaitingList().queue(listed(dossier(1, 1, a=1000)), Link(), MORNING).entries
    assert entry.why.code == "sending.in_turn"
    assert 1000 < entry.bytes_left < 2000


def test_of_thousands_the_first_are_listed_and_all_are_counted() -> None:
    queue = WaitingList().queue(listed(*(dossier(seq, seq % 9, a=1000) for seq in range(1, 302))), Link(), MORNING)
    assert (len(queue.entries), queue.more, queue.dossiers, queue.pages_left) == (200, 101, 301, 301)
    assert [one.due_at for one in queue.entries] == sorted(one.due_at for one in queue.entries if one.due_at)


def test_a_page_of_two_dossiers_is_counted_once() -> None:
    queue = WaitingList().queue(told(listed(dossier(1, 1, a=1000), dossier(2, 2, a=1000))), Link(), MORNING)
    assert queue.bytes_left == 1000
    assert [one.pages_left for one in queue.entries] == [1, 1]


def test_a_dossier_and_its_correction_are_one_entry() -> None:
    sealed = dossier(1, 1, a=1000)
    correction = replace(event(2, body={}), kind="dossier.corrected", dossier_id=sealed.dossier_id)
    (entry,) = WaitingList().queue(listed(sealed, correction), Link(), MORNING).entries
    assert (entry.number, entry.pages_left) == ("TAM-1", 1)


def test_the_time_left_is_told_only_where_it_can_be_known() -> None:
    state = replace(told(listed(dossier(1, 1, a=1_000_000))), link=FAIR)
    left = WaitingList().queue(state, Link(), MORNING).seconds_left
    assert left is not None
    assert 20 < left < 24
    assert WaitingList().queue(state, Link(limit=10_000), MORNING).seconds_left > 100  # type: ignore[operator]
    for unknown in (
        WaitingList().queue(replace(state, link=LinkEstimate()), Link(), MORNING),
        WaitingList().queue(state, Link(online=False), MORNING),
        WaitingList().queue(state, Link(trouble="hub.unreachable"), MORNING),
        WaitingList().queue(replace(state, metered=True), Link(metered=True), MORNING),
    ):
        assert unknown.seconds_left is None


def test_what_waits_for_an_unmetered_line_says_so_unless_it_was_let_through() -> None:
    state = replace(told(listed(dossier(1, 1, a=1000), dossier(2, 2, b=1000))), metered=True)
    state = replace(state, let_through=frozenset({("T01", 1)}))
    whys = [one.why.code for one in WaitingList().queue(state, Link(metered=True), MORNING).entries]
    assert whys == ["sending.under_way", "sending.metered"]


def test_trouble_of_the_line_is_told_with_the_next_attempt() -> None:
    state = listed(dossier(1, 1, a=1000))
    request = planner.choose(state, MORNING)
    assert isinstance(request, TellEvents)
    state = planner.learn(state, request, Failed("hub.timeout"), MORNING, 0.5)[0]
    later = MORNING + timedelta(seconds=30)
    (entry,) = WaitingList().queue(state, Link(trouble="hub.timeout", next_attempt=later), MORNING).entries
    assert (entry.delivery, entry.why.code, entry.why.next_attempt) == (Delivery.WAITING, "hub.timeout", later)


def test_the_switches_reach_the_loop_and_everything_can_be_seen_from_another_thread() -> None:
    hub = ModelHub()
    line, ledger, pages = FaultyLine(hub), MemoryLedger(), PageBox()
    client = HubClient("http://127.0.0.1", "token", practice=True, transport=line)
    loop = SyncLoop(ledger, pages, client, HubKey(hub.public_raw), SystemClock(), lambda: 0.5)
    kept: list[tuple[bool, int | None]] = []
    connection = Connection(SyncThread(loop, SystemClock()), keep=lambda *chosen: kept.append(chosen))
    page = pages.add(bytes(500))
    ledger.enqueue(event(1, (page,), body={"number": "1", "pages": [{"sha256": page, "size": 500}]}))
    connection.metered(True)
    connection.limit(64_000)
    while loop.turn().busy:
        pass
    assert (connection.link().metered, connection.link().limit) == (True, 64_000)
    assert kept == [(True, None), (True, 64_000)]
    assert [(one.why.code, one.bytes_left) for one in connection.queue().entries] == [("sending.metered", 500)]
    connection.send_all_now()
    while loop.turn().busy:
        pass
    assert connection.queue() == Queue(seconds_left=connection.queue().seconds_left)
    assert not ledger.pending()
    client.close()


def test_a_station_without_a_hub_has_nothing_to_say_about_the_line() -> None:
    connection = Connection(None)
    assert connection.queue() == Queue()
    assert connection.quality() == LinkQuality(LinkKind.OFFLINE)


def test_sums_that_follow_what_changes_are_those_reckoned_anew() -> None:
    hub = ModelHub()
    line, ledger, pages = FaultyLine(hub), MemoryLedger(), PageBox()
    client = HubClient("http://127.0.0.1", "token", practice=True, transport=line)
    loop = SyncLoop(ledger, pages, client, HubKey(hub.public_raw), SystemClock(), lambda: 0.5)
    shared = pages.add(bytes(90_000))
    follows = WaitingList()
    told: set[int] = set()
    for seq in range(1, 9):
        own = pages.add(bytes([seq]) * 1000 * seq)
        sizes = [{"sha256": shared, "size": 90_000}, {"sha256": own, "size": 1000 * seq}]
        due = (MORNING + timedelta(days=seq % 3)).isoformat()
        made = event(seq, (shared, own), body={"number": f"TAM-{seq}", "due_at": due, "pages": sizes})
        ledger.enqueue(replace(made, dossier_id=f"dossier-{seq // 2}"))
        loop.wake()
        for _ in range(2):
            loop.turn()
            told.add(follows.queue(loop.state, Link(), MORNING).bytes_left)
            assert follows.queue(loop.state, Link(), MORNING) == WaitingList().queue(loop.state, Link(), MORNING)
    while loop.turn().busy:
        told.add(follows.queue(loop.state, Link(), MORNING).bytes_left)
        assert follows.queue(loop.state, Link(), MORNING) == WaitingList().queue(loop.state, Link(), MORNING)
    assert len(told) > 10
    assert follows.queue(loop.state, Link(), MORNING).entries == ()
    client.close()
