"""How long an exchange with the hub is waited for."""

from __future__ import annotations

from dataclasses import dataclass

_SHORTEST_CONNECT = 2.5


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, for the next byte, and for one whole exchange.

    A body of 64 KiB takes 8 s at 64 kbit/s; the wait for a byte is more than three times that, and grows with what the
    line is known to need: the body may lie in buffers on the way when the wait for the answer begins.
    """

    connect: float = 10.0
    byte: float = 30.0
    exchange: float = 120.0

    def for_seconds(self, expected: float, silence: float | None = None) -> Patience:
        """`silence`: after how long the line is given up that has been breaking (`LinkEstimate.silence`)."""
        connect, byte = self.connect, self.byte
        if silence is not None:
            connect, byte = min(connect, max(silence / 2, _SHORTEST_CONNECT)), min(byte, silence)
        byte = max(byte, 3 * expected)
        return Patience(connect, byte, max(self.exchange, 6 * expected))
