"""Telling systemd that the hub starts, listens, and that its event loop still turns (sd_notify(3)); else silent."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

ASKS_EVERY, ASKS_FOR = 20.0, 120
"""Seconds: how often a start that takes long asks for more time, and for how much."""


def notify(what: str) -> None:
    """One datagram to the service manager that started this process, if one did."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
        out.connect("\0" + address[1:] if address.startswith("@") else address)
        out.sendall(what.encode("ascii"))


@asynccontextmanager
async def longer_start() -> AsyncIterator[None]:
    """What is done meanwhile may take as long as it takes: systemd would end a start that is slower than its unit says.

    An upgrade that was ended is undone, and begins anew at the next start.
    """
    asking = asyncio.create_task(_ask_for_time())
    try:
        yield
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


async def _ask_for_time() -> None:
    while True:
        await asyncio.sleep(ASKS_EVERY)
        notify(f"EXTEND_TIMEOUT_USEC={ASKS_FOR * 1_000_000}")


async def watchdog() -> None:
    """As work beside the requests: three times within the time after which systemd would start the hub again."""
    patience = int(os.environ.get("WATCHDOG_USEC") or 0) / 1_000_000
    while patience > 0:
        notify("WATCHDOG=1")
        await asyncio.sleep(patience / 3)
