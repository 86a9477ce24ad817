"""What stands before the hub on a real line: TLS, and the boxes in between that lie about it or cut it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
import threading
from collections.abc import Awaitable, Callable
from enum import Enum

_PORTAL = b"<!doctype html><html><title>Wi-Fi</title><p>Dang nhap de vao mang</html>"
_PIECE = 16 << 10
_CUT_AFTER = 1 << 20


class Mood(Enum):
    OPEN = "everything goes through"
    PORTAL = "200 and a web page, whatever was asked"
    CUT = "each connection ends after a megabyte upwards"
    PLAIN = "no TLS where TLS was expected"
    STRANGER = "a certificate of somebody else's authority"


class Front:
    """Listens at `address` with TLS, and passes on to the hub on this machine. `mood` may change at any moment."""

    def __init__(
        self, address: str, hub_port: int, tls: ssl.SSLContext, stranger: ssl.SSLContext | None = None
    ) -> None:
        self.mood = Mood.OPEN
        self.heads = self.bodies = self.answers = 0
        """Bytes of what went through in clear: heads of requests, their bodies, and all that was answered."""
        self._address, self._hub_port, self._tls, self._stranger = address, hub_port, tls, stranger
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="front", daemon=True)
        self._thread.start()
        self._server = self._on_loop(self._listen)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        async def end() -> None:
            self._server.close()
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=5) if left else None

        self._on_loop(end)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _on_loop(self, what: Callable[[], Awaitable[object]]) -> object:
        return asyncio.run_coroutine_threadsafe(what(), self._loop).result(10)

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._greet, self._address, 0)

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        mood = self.mood
        # To be cancelled is the end of it, too: asyncio would complain of every connection that stood open.
        with contextlib.suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            if mood is Mood.PLAIN:
                await reader.read(_PIECE)
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            else:
                await writer.start_tls(self._stranger if mood is Mood.STRANGER and self._stranger else self._tls)
                if mood is Mood.PORTAL:
                    await self._answer_for_the_hub(reader, writer)
                else:
                    await self._pass_on(reader, writer)
        writer.transport.abort()

    async def _answer_for_the_hub(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(_PIECE)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_PORTAL)}\r\n\r\n"
        writer.write(head.encode() + _PORTAL)
        await writer.drain()
        await asyncio.sleep(0.2)  # what was asked may still be on its way

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hub_reader, hub_writer = await asyncio.open_connection("127.0.0.1", self._hub_port)
        up = asyncio.ensure_future(self._carry(reader, hub_writer, _Asked(self)))
        down = asyncio.ensure_future(self._carry(hub_reader, writer, None))
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            up.cancel()
            down.cancel()
            hub_writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: _Asked | None) -> None:
        carried = 0
        with contextlib.suppress(OSError, ssl.SSLError):
            while piece := await reader.read(_PIECE):
                carried += len(piece)
                if asked is None:
                    self.answers += len(piece)
                elif self.mood is Mood.CUT and carried > _CUT_AFTER:
                    return
                else:
                    asked.count(piece)
                writer.write(piece)
                await writer.drain()


class _Asked:
    """Tells heads from bodies in the requests of one connection (HTTP/1.1, bodies of a length that is told)."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._head, self._left = b"", 0

    def count(self, piece: bytes) -> None:
        while piece:
            if self._left:
                body, piece = piece[: self._left], piece[self._left :]
                self._left -= len(body)
                self._front.bodies += len(body)
                continue
            head, ended, piece_after = (self._head + piece).partition(b"\r\n\r\n")
            self._front.heads += len(head) + len(ended) - len(self._head)
            if not ended:
                self._head = head
                return
            length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
            self._head, self._left, piece = b"", int(length[1]) if length else 0, piece_after
