"""Request bodies from the network: bounded in size, and bounded in how long they may hang."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request

from provincial_hub.errors import RefusedError

PATIENCE = 60.0
"""Seconds without a single byte after which a sender counts as gone; 64 KiB take 8 s at 64 kbit/s."""
MOST_DRAINED = 1 << 20


async def chunks(request: Request) -> AsyncIterator[bytes]:
    """The body as it arrives; raises `RefusedError("request.stalled")`, or `ClientDisconnect` when it breaks off."""
    read: bytes | None = getattr(request.state, "read_body", None)
    if read is not None:
        yield read
        return
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(PATIENCE):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise RefusedError("request.stalled", "nothing has arrived for a minute") from error
        if chunk:
            yield chunk


async def whole(request: Request, limit: int) -> bytes:
    """The whole body; raises `RefusedError("request.too_large")` as soon as it is known to be over the limit."""
    too_large = RefusedError("request.too_large", f"at most {limit} bytes")
    if (announced_size(request) or 0) > limit:
        raise too_large
    body = bytearray()
    async for chunk in chunks(request):
        body += chunk
        if len(body) > limit:
            raise too_large
    # Who signed is checked over all of it, and then the room reads it, or the other way round.
    read = request.state.read_body = bytes(body)
    return read


async def drain(request: Request) -> None:
    """Read what the sender is still sending, within a limit, so that it gets to read the answer.

    Closing a connection with unread bytes resets it, and a reset can overtake the answer.
    """
    left = MOST_DRAINED
    async for chunk in chunks(request):
        left -= len(chunk)
        if left < 0:
            return


def announced_size(request: Request) -> int | None:
    """Content-Length, when the sender gives it."""
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isascii() and given.isdigit() else None
