"""A station and its hub as a Hypothesis state machine: whatever happens between them, and what must hold all the time.

What is real: the planner, the loop, the client of the contract, the receipts. What is a model: the hub, its disk, the
line, the station's ledger. Both sides crash, requests and answers are lost, repeated, late and out of order, clocks
jump, people correct the same value on both sides. `hub_bugs` and `station_bugs` seed mistakes that have to be found.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.dossier.rendition import Rendition
from station.dossier.why_stuck import LinkKind
from station.errors import InputError
from station.sync.changes import TakeChanges
from station.sync.errands import Errand
from station.sync.hub_client import HubClient
from station.sync.link_estimate import LinkEstimate, LinkMeter
from station.sync.loop import SyncLoop, Turn
from station.sync.plan import Bodies
from station.sync.receipts import HubKey
from station.sync.renditions import InTheMaking
from station.sync.wire import event_bytes

from .faulty_line import Fault, FaultyLine
from .invented import MORNING, PageBox, TurnedClock, event, image
from .memory_ledger import MemoryLedger
from .model_feed import ModelFeed
from .model_hub import HubBug, ModelHub
from .station_bugs import Believer, ChangingLedger, StationBug

CHUNK = 64
FATES = ("fine", "fine", "fine", "fine", "rejected", "conflict", "breaks the hub")
SIZES = ((), (), (CHUNK // 2,), (3 * CHUNK,), (0, CHUNK), (2 * CHUNK, 1, CHUNK + 1))
DOSSIERS = st.tuples(st.sampled_from(SIZES), st.sampled_from(FATES), st.booleans(), st.integers(0, 3))
VALUES, TEXTS = ("v1", "v2"), ("An", "Bình", "Chi")
KINDS = (LinkKind.UNKNOWN, LinkKind.THIN, LinkKind.GOOD)
TURNS_TO_SETTLE = 3000


class SomePreviews:
    """A preview of most pages: some are not worth one, of some none can be made, some are more than the hub takes.

    Others are ready only when it has just been said that they are not.
    """

    def __init__(self) -> None:
        self._late: set[str] = set()
        self._listeners: list[Callable[[], None]] = []

    def on_made(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def preview(self, sha256: str) -> Rendition | InTheMaking | None:
        match int(sha256[0], 16) % 8:
            case 0:
                return None
            case 1:
                raise InputError("file.unreadable")
            case 2:
                return Rendition("image/webp", bytes(65 << 10))
            case 3:
                return Rendition("image/gif", b"GIF89a")
            case 4 if sha256 not in self._late:
                self._late.add(sha256)
                for listener in self._listeners:
                    listener()
                return InTheMaking()
            case _:
                return Rendition("image/webp", f"preview of {sha256}".encode())


class SyncMachine(RuleBasedStateMachine):
    hub_bugs: ClassVar[Collection[HubBug]] = ()
    station_bugs: ClassVar[Collection[StationBug]] = ()
    examples: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).examples += 1
        self.hub = ModelHub(bugs=self.hub_bugs)
        self.line = FaultyLine(self.hub)
        self.ledger = self._ledger()
        self.pages = PageBox()
        self.clock = TurnedClock()
        self.feed = ModelFeed(careless=StationBug.CURSOR_FIRST in self.station_bugs)
        self.fates: dict[int, str] = {}
        self.start_station()

    # -- what may happen

    @rule()
    def start_station(self) -> None:
        """At first, and after a crash: only the ledger, the feed's cursor and the pages are still there."""
        self.meter = LinkMeter()
        self.ledger.restart()
        self.client = HubClient("http://127.0.0.1", "token", practice=True, transport=self.line, meter=self.meter)
        believes = StationBug.TRUSTS_ANY_RECEIPT in self.station_bugs
        self.loop = SyncLoop(
            self.ledger,
            self.pages,
            self.client,
            (Believer if believes else HubKey)(self.hub.public_raw),
            self.clock,
            random.Random(1).random,
            errands=[
                Errand(
                    "changes",
                    TakeChanges(self.client, self.feed, self.hub.public_raw, "T01"),
                    timedelta(minutes=10),
                    timedelta(minutes=2),
                )
            ],
            renditions=SomePreviews(),
            meter=self.meter,
            bodies=Bodies(CHUNK, CHUNK, CHUNK),
        )

    @rule(dossiers=st.lists(DOSSIERS, min_size=1, max_size=3))
    def seal(self, dossiers: list[tuple[tuple[int, ...], str, bool, int]]) -> None:
        for sizes, fate, shared, days in dossiers:
            self._seal(sizes, fate, shared, days)
        self.loop.wake()

    def _seal(self, sizes: tuple[int, ...], fate: str, shared: bool, days: int) -> None:
        seq = len(self.fates) + 1
        self.fates[seq] = fate
        own = [self.pages.add(image(100 * seq + at, size)) for at, size in enumerate(sizes)]
        if shared and self.pages:
            own.append(next(iter(self.pages)))
        due = MORNING + timedelta(days=days)
        told = event(seq, tuple(dict.fromkeys(own)), body={"number": f"{seq}", "due_at": due.isoformat()})
        if fate in {"rejected", "conflict"}:
            self.hub.refused[told.station, told.seq] = fate
        if fate == "breaks the hub":
            self.line.breakers.add(seq)
        self.ledger.enqueue(told)

    @precondition(lambda self: self._correctable())
    @rule(which=st.integers(0, 9), value=st.sampled_from(VALUES), after=st.sampled_from(TEXTS))
    def correct(self, which: int, value: str, after: str) -> None:
        """An officer corrects what was sealed, on the version that they see."""
        ours = self._correctable()
        sealed = ours[which % len(ours)]
        seq = len(self.fates) + 1
        self.fates[seq] = "correction"
        seen = max(1, self.ledger.version_of(sealed.dossier_id), self.feed.version_of(sealed.dossier_id))
        body = {
            "changes": [{"value": value, "before": "", "after": after}],
            "reason": "MẪU – SPECIMEN",
            "by": "officer",
            "at": self.clock.now().isoformat(),
        }
        made = event(seq, body=body)
        self.ledger.enqueue(replace(made, kind="dossier.corrected", dossier_id=sealed.dossier_id, base_version=seen))

    @precondition(lambda self: self.hub.now.versions)
    @rule(which=st.integers(0, 9), value=st.sampled_from(VALUES), after=st.sampled_from(TEXTS))
    def hub_corrects(self, which: int, value: str, after: str) -> None:
        held = sorted(self.hub.now.versions)
        self.hub.correct(held[which % len(held)], value, after)

    @rule(
        faults=st.lists(st.sampled_from(Fault), min_size=4, max_size=12), patient=st.sampled_from([True, True, False])
    )
    def turns(self, faults: list[Fault], patient: bool) -> None:
        """Each exchange meets its own fate; between them the station may wait until it tries again by itself."""
        for fault in faults:
            self.line.fault = fault
            turn = self.loop.turn()
            if patient:
                self._rest(turn)

    @rule()
    def good_line_for_a_while(self) -> None:
        self.line.fault = Fault.NONE
        for _ in range(5):
            self.clock.move(400)
            self.loop.turn()

    @rule(newest_first=st.booleans())
    def late_requests_arrive(self, newest_first: bool) -> None:
        """What was on the way all the time arrives now, whatever has been said since."""
        self.line.deliver_late(newest_first=newest_first)

    @rule(seconds=st.integers(-100_000, 100_000))
    def time_passes_or_the_clock_is_set(self, seconds: int) -> None:
        self.clock.move(seconds)

    @rule()
    def hub_crashes(self) -> None:
        self.hub.crash()

    @rule(
        kind=st.sampled_from(KINDS),
        metered=st.booleans(),
        all_now=st.booleans(),
        limit=st.sampled_from([None, None, 100]),
        online=st.sampled_from([True, True, True, False]),
    )
    def another_line(self, kind: LinkKind, metered: bool, all_now: bool, limit: int | None, online: bool) -> None:
        """The line becomes another, and people turn the switches."""
        self.meter.estimate = LinkEstimate(kind, None if kind is LinkKind.UNKNOWN else 1000.0)
        self.loop.metered, self.loop.limit, self.loop.online = metered, limit, online
        if all_now:
            self.loop.send_all_now()

    def teardown(self) -> None:
        self._settle()
        self.client.close()

    # -- what must hold all the time

    @invariant()
    def what_is_marked_received_is_on_the_hubs_disk(self) -> None:
        for told, receipt in self._received():
            HubKey(self.hub.public_raw).check(receipt, told)
            kept = self.hub.disk.events.get((told.station, told.seq))
            assert kept is not None, "received but lost"
            assert kept == event_bytes(told), "received with another content"

    @invariant()
    def no_dossier_is_received_without_its_pages(self) -> None:
        for told, _ in self._received():
            pages = self.hub.disk.pages
            assert all(pages.get(page) == self.pages[page] for page in told.pages), "received, a page lost"

    @invariant()
    def no_event_has_its_effect_twice(self) -> None:
        twice = [key for key, times in Counter(self.hub.now.applied).items() if times > 1]
        assert not twice, f"applied twice: {twice}"

    @invariant()
    def nobodys_correction_gives_way_unseen(self) -> None:
        done = self.hub.now.revisions
        for at, later in enumerate(done):
            for earlier in done[:at]:
                same = (earlier.dossier_id, earlier.value) == (later.dossier_id, later.value)
                unseen = same and later.base < earlier.version and later.after != earlier.after
                assert not unseen, "a correction was overwritten by somebody who had not seen it"

    @invariant()
    def the_cursor_never_skips(self) -> None:
        assert self.feed.cursor() == len(self.feed.kept), "the cursor is ahead of what was kept"
        for cursor, told in self.feed.kept.items():
            assert self.hub.disk.changes[cursor - 1] == told, "another change than the hub told"

    @invariant()
    def the_loop_never_stumbles(self) -> None:
        assert all(progress.reason != "hub.internal" for progress in self.ledger.standing.values())

    @invariant()
    def only_what_the_hub_will_never_take_is_refused(self) -> None:
        for told, delivery in self._standing():
            if delivery is Delivery.REFUSED:
                refused = (told.station, told.seq) in self.hub.now.conflicts
                assert refused or self.fates[told.seq] in {"rejected", "conflict"}, "refused without need"

    # -- the end of each story

    def _settle(self) -> None:
        self.line.fault = Fault.NONE
        self.loop.online, self.loop.metered, self.loop.limit = True, False, None
        self.loop.try_now()
        wanted = {seq for seq, fate in self.fates.items() if fate != "breaks the hub"}
        for _ in range(TURNS_TO_SETTLE):
            pending = {told.seq for told in self.ledger.pending()}
            if wanted.isdisjoint(pending) and self.feed.cursor() >= len(self.hub.now.changes):
                break
            self._rest(self.loop.turn())
        self._everything_arrived()

    def _everything_arrived(self) -> None:
        standing = {told.seq: delivery for told, delivery in self._standing()}
        for seq, fate in self.fates.items():
            expected = {
                "fine": {Delivery.RECEIVED},
                "breaks the hub": {Delivery.WAITING, Delivery.RECEIVED},
                "correction": {Delivery.RECEIVED, Delivery.REFUSED},
            }.get(fate, {Delivery.REFUSED})
            assert standing[seq] in expected, f"{seq} ({fate}) is {standing[seq]}"
        received = [told for told, delivery in self._standing() if delivery is Delivery.RECEIVED]
        assert set(self.hub.now.events) == {(told.station, told.seq) for told in received}, "the hub holds other events"
        pages = {page: self.pages[page] for told in received for page in told.pages}
        assert self.hub.now.pages == pages, "the hub holds other pages"
        assert list(self.feed.kept.values()) == self.hub.now.changes, "a change was never heard of"

    def _rest(self, turn: Turn) -> None:
        if not turn.busy:
            if turn.next_turn and turn.next_turn > self.clock.now():
                self.clock.at = min(turn.next_turn, self.clock.now() + timedelta(hours=1))
            else:
                self.clock.move(1)

    def _ledger(self) -> MemoryLedger:
        return ChangingLedger() if StationBug.CHANGES_THE_BODY in self.station_bugs else MemoryLedger()

    def _correctable(self) -> list[OutboxEvent]:
        return [
            told
            for told in self.ledger.events.values()
            if told.kind == "dossier.sealed" and self.fates[told.seq] == "fine"
        ]

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
