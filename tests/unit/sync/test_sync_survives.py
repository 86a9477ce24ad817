"""Whatever the line, the hub and the station do to each other, in the end the hub holds exactly what was sealed."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.sync.hub_client import HubClient
from station.sync.loop import SyncLoop, Turn
from station.sync.plan import Bodies
from station.sync.receipts import HubKey
from station.sync.wire import event_bytes

from .faulty_line import Fault, FaultyLine
from .invented import PageBox, TurnedClock, event, image
from .memory_ledger import MemoryLedger
from .model_hub import ModelHub

CHUNK = 64
FATES = ("fine", "fine", "fine", "fine", "rejected", "conflict", "breaks the hub")
TURNS_TO_SETTLE = 3000


class Sync(RuleBasedStateMachine):
    forgetful_hub = False

    def __init__(self) -> None:
        super().__init__()
        self.hub = ModelHub(forgetful=self.forgetful_hub)
        self.line = FaultyLine(self.hub)
        self.ledger = MemoryLedger()
        self.pages = PageBox()
        self.clock = TurnedClock()
        self.fates: dict[int, str] = {}
        self.start_station()

    @rule()
    def start_station(self) -> None:
        """At first, and after a crash: only the ledger and the pages are still there."""
        self.client = HubClient("http://127.0.0.1", "token", practice=True, transport=self.line)
        self.loop = SyncLoop(
            self.ledger,
            self.pages,
            self.client,
            HubKey(self.hub.public_raw),
            self.clock,
            random.Random(1).random,
            bodies=Bodies(CHUNK, CHUNK, CHUNK),
        )

    @rule(sizes=st.lists(st.integers(0, 3 * CHUNK), max_size=3), fate=st.sampled_from(FATES), shared=st.booleans())
    def seal(self, sizes: list[int], fate: str, shared: bool) -> None:
        seq = len(self.fates) + 1
        self.fates[seq] = fate
        own = [self.pages.add(image(100 * seq + at, size)) for at, size in enumerate(sizes)]
        if shared and self.pages:
            own.append(next(iter(self.pages)))
        told = event(seq, tuple(dict.fromkeys(own)))
        if fate in {"rejected", "conflict"}:
            self.hub.refused[told.station, told.seq] = fate
        if fate == "breaks the hub":
            self.line.breakers.add(seq)
        self.ledger.enqueue(told)

    @rule(fault=st.sampled_from(Fault), turns=st.integers(1, 4))
    def turn(self, fault: Fault, turns: int) -> None:
        self.line.fault = fault
        for _ in range(turns):
            self.loop.turn()

    @rule()
    def good_line_for_a_while(self) -> None:
        self.line.fault = Fault.NONE
        for _ in range(5):
            self.clock.move(400)
            self.loop.turn()

    @rule(seconds=st.integers(-100_000, 100_000))
    def time_passes_or_the_clock_is_set(self, seconds: int) -> None:
        self.clock.move(seconds)

    @rule()
    def hub_crashes(self) -> None:
        self.hub.crash()

    @rule()
    def wake(self) -> None:
        self.loop.wake()

    @rule()
    def switch(self) -> None:
        self.loop.online = not self.loop.online

    @invariant()
    def what_is_marked_received_is_on_the_hubs_disk(self) -> None:
        for told, receipt in self._received():
            HubKey(self.hub.public_raw).check(receipt, told)
            disk = self.hub._disk
            assert disk.events.get((told.station, told.seq)) == event_bytes(told), "received but lost"
            assert all(disk.pages.get(page) == self.pages[page] for page in told.pages), "received, a page lost"

    @invariant()
    def the_loop_never_stumbles(self) -> None:
        assert all(progress.reason != "hub.internal" for progress in self.ledger.standing.values())

    @invariant()
    def only_what_the_hub_will_never_take_is_refused(self) -> None:
        for told, delivery in self._standing():
            if delivery is Delivery.REFUSED:
                assert self.fates[told.seq] in {"rejected", "conflict"}

    @precondition(lambda self: self.fates)
    @rule()
    def in_the_end_all_is_told(self) -> None:
        self._settle()

    def teardown(self) -> None:
        self._settle()
        self.client.close()

    def _settle(self) -> None:
        self.line.fault = Fault.NONE
        self.loop.online = True
        self.loop.wake()
        wanted = {seq for seq, fate in self.fates.items() if fate != "breaks the hub"}
        for _ in range(TURNS_TO_SETTLE):
            if wanted.isdisjoint(told.seq for told in self.ledger.pending()):
                break
            self._rest(self.loop.turn())
        standing = {told.seq: delivery for told, delivery in self._standing()}
        for seq, fate in self.fates.items():
            expected = {
                "fine": {Delivery.RECEIVED},
                "breaks the hub": {Delivery.WAITING, Delivery.RECEIVED},
            }.get(fate, {Delivery.REFUSED})
            assert standing[seq] in expected, f"{seq} ({fate}) is {standing[seq]}"
        fine = [told for told in self.ledger.events.values() if self.fates[told.seq] == "fine"]
        assert set(self.hub.now.events) == {(told.station, told.seq) for told in fine}
        assert self.hub.now.pages == {page: self.pages[page] for told in fine for page in told.pages}

    def _rest(self, turn: Turn) -> None:
        if not turn.busy:
            if turn.next_turn and turn.next_turn > self.clock.now():
                self.clock.at = min(turn.next_turn, self.clock.now() + timedelta(hours=1))
            else:
                self.clock.move(1)

    def _standing(self) -> list[tuple[OutboxEvent, Delivery]]:
        return [(told, self.ledger.standing[key].delivery) for key, told in self.ledger.events.items()]

    def _received(self) -> list[tuple[OutboxEvent, HubReceipt]]:
        received = []
        for key, told in self.ledger.events.items():
            progress = self.ledger.standing[key]
            if progress.delivery is Delivery.RECEIVED:
                assert progress.receipt is not None
                received.append((told, progress.receipt))
        return received


Sync.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestSync = Sync.TestCase


class SyncWithAForgetfulHub(Sync):
    forgetful_hub = True


def test_the_machine_sees_a_hub_that_acknowledges_before_its_disk_has_it() -> None:
    """The mistake that a model hub which never crashes cannot show."""
    seeded = settings(Sync.TestCase.settings, max_examples=200, database=None)
    with pytest.raises(AssertionError, match=r"received but lost|a page lost"):
        run_state_machine_as_test(SyncWithAForgetfulHub, settings=seeded)
