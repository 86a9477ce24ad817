"""IPv4 packets with TCP in them, as far as somebody who breaks connections has to know them (RFC 791, RFC 9293)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import NamedTuple

TCP = 6
_FIN, _SYN, _RST, _ACK = 0x01, 0x02, 0x04, 0x10


class Flow(NamedTuple):
    """One direction of a TCP connection: addresses as their four bytes."""

    source: bytes
    source_port: int
    target: bytes
    target_port: int

    @property
    def back(self) -> Flow:
        return Flow(self.target, self.target_port, self.source, self.source_port)


@dataclass(frozen=True, slots=True)
class Segment:
    """`sequence` is the number after the segment's last byte; `acknowledged`, what its sender expects next.

    `carried` are the bytes of the stream in it, without the numbers that SYN and FIN take.
    """

    flow: Flow
    sequence: int
    acknowledged: int
    carried: int
    opens: bool
    ends: bool
    resets: bool


def read_segment(packet: bytes) -> Segment | None:
    """None for whatever is no TCP over IPv4."""
    if len(packet) < 40 or packet[0] >> 4 != 4 or packet[9] != TCP:
        return None
    start = (packet[0] & 15) * 4
    if len(packet) < start + 20:
        return None
    source_port, target_port, sequence, acknowledged, offset, flags = struct.unpack_from("!HHIIBB", packet, start)
    opens, ends = bool(flags & _SYN), bool(flags & _FIN)
    carried = max(0, len(packet) - start - (offset >> 4) * 4)
    flow = Flow(packet[12:16], source_port, packet[16:20], target_port)
    following = (sequence + carried + opens + ends) & 0xFFFFFFFF
    return Segment(flow, following, acknowledged, carried, opens, ends, bool(flags & _RST))


def reset(flow: Flow, sequence: int, acknowledged: int) -> bytes:
    """A packet that ends the connection for the target of `flow`, if `sequence` is what it expects next."""
    tcp = struct.pack(
        "!HHIIBBHHH", flow.source_port, flow.target_port, sequence, acknowledged, 5 << 4, _RST | _ACK, 0, 0, 0
    )
    pseudo = flow.source + flow.target + struct.pack("!BBH", 0, TCP, len(tcp))
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, TCP, 0, flow.source, flow.target)
    return ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:] + tcp


def checksum(octets: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    if len(octets) % 2:
        octets += b"\0"
    total: int = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
