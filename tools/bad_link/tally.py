"""What became of the bytes of TCP streams that went over a line: first sent, sent again, arrived, or in vain."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.bad_link.packets import Flow, Segment

_NUMBERS = 1 << 32


@dataclass(slots=True)
class _Stream:
    """One direction of one connection, counted from its first byte."""

    origin: int
    sent: int = 0
    arrived: int = 0
    """All up to here has come; what came beyond a hole stands in `beyond`."""
    beyond: dict[int, int] = field(default_factory=dict)

    def span(self, segment: Segment) -> tuple[int, int]:
        end = (segment.sequence - segment.ends - self.origin) % _NUMBERS
        return end - segment.carried, end


@dataclass(slots=True)
class Tally:
    """Of one direction of a line. `headers` are those of IP and TCP, and whole packets that are no TCP."""

    headers: int = 0
    again: int = 0
    """Bytes of streams that had been sent before, over the same connection."""
    fresh: int = 0
    arrived: int = 0
    """Fresh bytes without a hole before them: what the program at the other end could read."""
    _streams: dict[Flow, _Stream] = field(default_factory=dict)

    @property
    def in_vain(self) -> int:
        """Fresh bytes that never arrived: they were on their way when the connection broke."""
        return self.fresh - self.arrived

    def sent(self, size: int, segment: Segment | None) -> None:
        """A packet of so many bytes is given to the line."""
        self.headers += size - (segment.carried if segment else 0)
        if segment is None:
            return
        if segment.opens:
            self._streams[segment.flow] = _Stream(segment.sequence)
        stream = self._streams.get(segment.flow)
        if stream is not None and segment.carried:
            start, end = stream.span(segment)
            fresh = max(0, end - max(start, stream.sent))
            self.fresh += fresh
            self.again += segment.carried - fresh
            stream.sent = max(stream.sent, end)

    def came(self, segment: Segment | None) -> None:
        """The packet has arrived at the other end."""
        stream = self._streams.get(segment.flow) if segment else None
        if segment is None or stream is None or not segment.carried:
            return
        start, end = stream.span(segment)
        stream.beyond[start] = max(end, stream.beyond.get(start, 0))
        before = stream.arrived
        while (
            reach := max((to for at, to in stream.beyond.items() if at <= stream.arrived), default=0)
        ) > stream.arrived:
            stream.arrived = reach
        stream.beyond = {at: to for at, to in stream.beyond.items() if to > stream.arrived}
        self.arrived += stream.arrived - before
