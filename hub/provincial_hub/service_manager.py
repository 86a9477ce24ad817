"""Telling systemd that the hub listens, and that its event loop still turns (sd_notify(3)); silent without systemd."""

from __future__ import annotations

import asyncio
import os
import socket


def notify(what: str) -> None:
    """One datagram to the service manager that started this process, if one did."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
        out.connect("\0" + address[1:] if address.startswith("@") else address)
        out.sendall(what.encode("ascii"))


async def watchdog() -> None:
    """As work beside the requests: three times within the time after which systemd would start the hub again."""
    patience = int(os.environ.get("WATCHDOG_USEC") or 0) / 1_000_000
    while patience > 0:
        notify("WATCHDOG=1")
        await asyncio.sleep(patience / 3)
