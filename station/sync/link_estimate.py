"""How good the line to the hub is, worked out from the exchanges that took place anyway; nothing is sent to measure it.

Moving averages of bytes a second, round trip and broken exchanges make a kind of line, which changes only when the
figures have clearly crossed a bound; the kind and the speed say how much goes into one body.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from station.dossier.why_stuck import LinkKind, LinkQuality

KIB = 1 << 10
SMALL = 4 * KIB
"""An exchange of up to this much shows the round trip, one of four times as much and more the speed."""
_NEWEST = 0.3
_THIN_BELOW, _GOOD_FROM = 32_000.0, 256_000.0  # bytes a second: 256 kbit/s and 2 Mbit/s
_MARGIN = 1.25
_LOSSY, _CALM = 0.3, 0.15
_SECONDS_A_BODY = 6.0
_LEAST_BUFFER, _MOST_BUFFER = 20 * KIB, 1024 * KIB
_SOONER, _LATER = 0.7, 0.1
"""How much a shorter round trip counts: a long one is a packet that was lost, or a hub that had to think."""
_SHORTEST_SILENCE = 4.0
_FASTER = 1.2
_RECORD, _RECORD_WHERE_IT_BREAKS = 4 * KIB, 2 * KIB
_LEAST_BODY = 32 * KIB
_MOST_BODY = {LinkKind.FAIR: 256 * KIB, LinkKind.GOOD: 1024 * KIB}
FIRST_BODY = 64 * KIB


@dataclass(frozen=True, slots=True)
class Sent:
    """How much of a body the other machine had confirmed when its last byte was given to the system, and by when.

    The hub has not begun to work by then, so that these seconds are the line's alone.
    """

    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its answer: bytes of both bodies, and whether the line broke in between.

    The seconds are those from the request's first byte on: what it takes to connect says nothing of the line's speed.
    `sent` is None where the request had no body.
    """

    size: int
    seconds: float
    broken: bool = False
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class LinkEstimate:
    """What is known of the line. Lost at each start: a laptop may be elsewhere by then."""

    kind: LinkKind = LinkKind.UNKNOWN
    bytes_a_second: float | None = None
    round_trip: float | None = None
    lost_share: float | None = None

    def after(self, exchange: Exchange) -> LinkEstimate:
        """The estimate with one more exchange in it."""
        lost = _averaged(self.lost_share, 1.0 if exchange.broken else 0.0)
        speed, round_trip = self.bytes_a_second, self.round_trip
        if not exchange.broken and exchange.seconds > 0:
            if exchange.size <= SMALL:
                shorter = round_trip is not None and exchange.seconds < round_trip
                round_trip = _averaged(round_trip, exchange.seconds, _SOONER if shorter else _LATER)
            else:
                speed = self._speed_after(exchange)
        return LinkEstimate(_kind(self.kind, speed, lost), speed, round_trip, lost)

    def _speed_after(self, exchange: Exchange) -> float | None:
        sent, known = exchange.sent, self.bytes_a_second
        if sent is not None and sent.size >= 2 * SMALL:
            return _averaged(known, sent.size / sent.seconds)
        if exchange.size < 4 * SMALL:
            return known
        speed = exchange.size / max(exchange.seconds - (self.round_trip or 0.0), exchange.seconds / 4)
        if sent is not None and speed < (known or _THIN_BELOW):
            return known  # the system took all of it at once, and the rest may have been the hub's work
        return _averaged(known, speed)

    def quality(self) -> LinkQuality:
        return LinkQuality(
            self.kind,
            self.bytes_a_second,
            None if self.round_trip is None else self.round_trip * 1000,
            self.lost_share,
        )

    def seconds_for(self, size: int) -> float | None:
        """How long so many bytes take; None while nobody can know."""
        return None if self.bytes_a_second is None else size / self.bytes_a_second + (self.round_trip or 0.0)

    def buffer(self) -> int:
        """How many bytes may be under way at once: twice what the line holds, and little on a thin line.

        A reset takes them all; with less, each packet that is lost stops the others (decision 0120).
        """
        if self.kind is LinkKind.THIN or self.bytes_a_second is None or self.round_trip is None:
            return _LEAST_BUFFER
        return round(min(max(2 * self.bytes_a_second * self.round_trip, _LEAST_BUFFER), _MOST_BUFFER))

    def pace(self) -> int | None:
        """At how many bytes a second packets leave; None: as TCP would.

        Only where connections have been breaking: in bursts, a third and more of what is under way when one breaks
        only waits for its turn on the line. Somewhat faster than the line was found: it may be faster by now.
        """
        if self.bytes_a_second is None or not self._breaks():
            return None
        return round(_FASTER * self.bytes_a_second)

    def record(self) -> int:
        """How many bytes are encrypted at once: each record costs 22, and of one that is not whole nothing is read."""
        return _RECORD_WHERE_IT_BREAKS if self._breaks() else _RECORD

    def silence(self, silent_for: float) -> float | None:
        """After how many seconds without a word a connection is given up early; None: no earlier than usual.

        Only where connections have been breaking. `silent_for` are the seconds since the hub was last heard: who has
        been waiting for long waits longer, so that a hub that is merely slow is heard in the end.
        """
        if not self._breaks():
            return None
        needed = 3 * (self.seconds_for(self.buffer()) or 0.0)
        return max(_SHORTEST_SILENCE, needed, silent_for)

    def body(self, limit: int | None = None) -> int:
        """How many bytes to put into one body: about six seconds' worth, at most 64 KiB on a thin or unknown line.

        A body that the line breaks off may be lost as a whole, and a new event has to wait for its end.
        """
        if self.bytes_a_second is None:
            return FIRST_BODY
        speed = min(self.bytes_a_second, limit or self.bytes_a_second)
        size = _LEAST_BODY
        while size * 2 <= min(speed * _SECONDS_A_BODY, _MOST_BODY.get(self.kind, FIRST_BODY)):
            size *= 2
        return size

    def _breaks(self) -> bool:
        """Whether connections have been breaking of late."""
        return self.lost_share is not None and self.lost_share >= _CALM


def _averaged(before: float | None, now: float, share: float = _NEWEST) -> float:
    return now if before is None else before + share * (now - before)


def _kind(before: LinkKind, speed: float | None, lost: float) -> LinkKind:
    """Hysteresis: who is on one side of a bound stays there until it is crossed by a quarter."""
    if speed is None:
        return before
    thin = _THIN_BELOW * (_MARGIN if before is LinkKind.THIN else 1 / _MARGIN if before is not LinkKind.UNKNOWN else 1)
    good = _GOOD_FROM * (1 / _MARGIN if before is LinkKind.GOOD else _MARGIN if before is not LinkKind.UNKNOWN else 1)
    if speed < thin or lost >= (_CALM if before is LinkKind.THIN else _LOSSY):
        return LinkKind.THIN
    return LinkKind.GOOD if speed >= good else LinkKind.FAIR


class LinkMeter:
    """Where the client of the hub writes its exchanges down, and the loop reads what they come to. One thread's."""

    def __init__(self) -> None:
        self.estimate = LinkEstimate()
        self.bytes = 0
        """All that went over the line in both directions."""
        self._heard_at: float | None = None
        """Where the hub was never heard, when it was first tried in vain."""

    def note(self, exchange: Exchange) -> None:
        self.estimate = self.estimate.after(exchange)
        self.bytes += exchange.size
        if not exchange.broken or self._heard_at is None:
            self._heard_at = time.monotonic()

    def silence(self) -> float | None:
        """`LinkEstimate.silence` now."""
        return None if self._heard_at is None else self.estimate.silence(time.monotonic() - self._heard_at)
