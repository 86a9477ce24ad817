"""The line between two TUN devices: slow, late, lossy, cut now and then, and at times not there at all."""

from __future__ import annotations

import heapq
import os
import random
import select
import threading
import time
from dataclasses import dataclass, field

from tools.bad_link.packets import Flow, Segment, read_segment, reset
from tools.bad_link.tally import Tally


@dataclass(frozen=True, slots=True)
class Terms:
    """What the line is like, each way. Rates in bit/s, times in seconds, loss as a share of the packets.

    `resets_every`: the mean of the exponential time between two moments at which every connection is reset.
    `away`: (period, how much of it the line is not there).
    """

    rate: float = 10e6
    delay: float = 0.0
    jitter: float = 0.0
    loss: float = 0.0
    resets_every: float | None = None
    away: tuple[float, float] | None = None
    queue: int = 64 << 10
    """Bytes that wait for their turn; more are dropped, as by a modem."""


@dataclass(slots=True)
class Count:
    """What went over one direction, headers included, whether it arrived or not."""

    packets: int = 0
    bytes: int = 0
    lost: int = 0
    tally: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class _Way:
    """From the device `source` to the device `sink`."""

    source: int
    sink: int
    count: Count = field(default_factory=Count)
    free_at: float = 0.0
    underway: list[tuple[float, int, bytes, Segment | None]] = field(default_factory=list)
    waiting: int = 0


class Link:
    """Carries packets between two devices until it is closed. `terms` may be changed at any moment.

    With one seed the resets come at the same moments whatever is sent; what is lost depends on what there is to lose.
    """

    def __init__(self, left: int, right: int, terms: Terms, seed: int = 1) -> None:
        self.terms = terms
        self._seed = seed
        self._losses = random.Random(f"losses {seed}")  # noqa: S311 - a line's troubles are no secret
        self._ways = (_Way(left, right), _Way(right, left))
        self._expected: dict[Flow, tuple[int, int]] = {}
        """By flow: the next number of its sender, and what it acknowledged last."""
        self._dead: set[Flow] = set()
        self._ended: set[Flow] = set()
        self._order = 0
        self.begin()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bad-link", daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Count from now on, and let the troubles of this seed come from now on."""
        self._resets = random.Random(f"resets {self._seed}")  # noqa: S311
        self.resets = 0
        """How often a connection was broken; a reset that found none counts for nothing."""
        for way in self._ways:
            way.count = Count()
        self._began = time.monotonic()
        self._next_reset = self._reset_after(self._began)

    @property
    def up(self) -> Count:
        """From left to right."""
        return self._ways[0].count

    @property
    def down(self) -> Count:
        return self._ways[1].count

    def close(self) -> None:
        self._ending.set()
        self._thread.join(5)

    def _run(self) -> None:
        by_source = {way.source: way for way in self._ways}
        while not self._ending.is_set():
            now = time.monotonic()
            due = [way.underway[0][0] for way in self._ways if way.underway]
            wait = max(0.0, min([0.05, *(instant - now for instant in due)]))
            readable, _, _ = select.select(list(by_source), [], [], wait)
            now = time.monotonic()
            if self._next_reset is not None and now >= self._next_reset:
                self._reset_all()
                self._next_reset = self._reset_after(now)
            for source in readable:
                self._take(by_source[source], os.read(source, 65536), now)
            for way in self._ways:
                while way.underway and way.underway[0][0] <= now:
                    _, _, packet, segment = heapq.heappop(way.underway)
                    way.waiting -= len(packet)
                    way.count.tally.came(segment)
                    _give(way.sink, packet)

    def _take(self, way: _Way, packet: bytes, now: float) -> None:
        terms = self.terms
        if terms.away and (now - self._began) % terms.away[0] < terms.away[1]:
            return
        segment = read_segment(packet)
        if segment and self._is_dead(segment, way):
            return
        way.count.packets += 1
        way.count.bytes += len(packet)
        way.count.tally.sent(len(packet), segment)
        if way.waiting + len(packet) > terms.queue or self._losses.random() < terms.loss:
            way.count.lost += 1
            return
        way.free_at = max(way.free_at, now) + 8 * len(packet) / terms.rate
        arrives = way.free_at + terms.delay + self._losses.random() * terms.jitter
        self._order += 1
        heapq.heappush(way.underway, (arrives, self._order, packet, segment))
        way.waiting += len(packet)

    def _is_dead(self, segment: Segment, way: _Way) -> bool:
        """Whoever still speaks on a connection that was reset is told so, as by a machine that knows nothing of it."""
        if segment.opens:
            self._dead -= {segment.flow, segment.flow.back}
            self._ended -= {segment.flow, segment.flow.back}
        if segment.flow in self._dead:
            if not segment.resets:
                _give(way.source, reset(segment.flow.back, segment.acknowledged, segment.sequence))
            return True
        if segment.ends or segment.resets:
            self._ended.add(segment.flow)
        self._expected[segment.flow] = (segment.sequence, segment.acknowledged)
        return False

    def _reset_all(self) -> None:
        flows = {flow for flow in self._expected if flow.back in self._expected}
        for flow in flows:
            sequence, acknowledged = self._expected[flow]
            _give(self._way_of(flow).source, reset(flow.back, acknowledged, sequence))
        for way in self._ways:
            way.underway.clear()
            way.waiting, way.free_at = 0, 0.0
        self.resets += len({frozenset((flow, flow.back)) for flow in flows if not self._ended & {flow, flow.back}})
        self._dead |= flows
        self._ended.clear()
        self._expected.clear()

    def _way_of(self, flow: Flow) -> _Way:
        """Left has the lower address."""
        return self._ways[0] if flow.source < flow.target else self._ways[1]

    def _reset_after(self, now: float) -> float | None:
        every = self.terms.resets_every
        return None if every is None else now + self._resets.expovariate(1 / every)


def _give(sink: int, packet: bytes) -> None:
    try:
        os.write(sink, packet)
    except OSError:  # a device that is going down
        return
