"""What runs inside a reading worker: one process, one thread of work, nothing kept but the loaded models.

Messages are a JSON header and, where there is content, its bytes. Nothing is unpickled on either side, so a
worker that a hostile file has taken over can say nothing but values and error codes.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from station.errors import StationError

Message = dict[str, Any]


def send(pipe: Connection, message: Message, content: bytes | None = None) -> None:
    """One message; raises `OSError` when the other side is gone."""
    pipe.send_bytes(json.dumps({**message, "content": content is not None}).encode())
    if content is not None:
        pipe.send_bytes(content)


def receive(pipe: Connection) -> tuple[Message, bytes]:
    """The next message; raises `EOFError` or `OSError` when the other side is gone."""
    message: Message = json.loads(pipe.recv_bytes())
    return message, pipe.recv_bytes() if message.pop("content") else b""


def main(pipe: Connection, models: str, engine: str, reader: str) -> None:
    """Read one page after another until the pipe closes. `reader` is `module:class`."""
    settle_in()
    desk = ReadingDesk(Path(models), engine, reader)
    send(pipe, {"ready": True})
    while True:
        try:
            _, content = receive(pipe)
        except (EOFError, OSError):
            return
        try:
            answer: Message = {"reading": desk.reader().read(content).to_json()}
        except StationError as error:
            answer = {"code": error.code, "parameters": error.parameters}
        except MemoryError:
            os._exit(1)  # what is left of this process cannot be trusted; the pool starts another
        except Exception as error:
            # A bug in reading must cost one page, not the counter's day. The message could hold a citizen's value.
            answer = {"code": "reading.failed", "parameters": {"bug": type(error).__name__}}
        try:
            send(pipe, answer)
        except OSError:
            return


class ReadingDesk:
    """The reader with its models, built for the first page and kept."""

    def __init__(self, models: Path, engine: str, reader: str) -> None:
        self._models = models
        self._engine = engine
        self._reader_name = reader
        self._reader: Any = None

    def reader(self) -> Any:
        if self._reader is None:
            module, _, name = self._reader_name.partition(":")
            self._reader = getattr(importlib.import_module(module), name)(self._models, self._engine)
        return self._reader


def settle_in() -> None:
    """Single-threaded libraries, a place behind the screen in the queue for the CPU, and no life after the parent."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the parent to act on
    if sys.platform != "win32":
        os.nice(5)
    threading.Thread(target=leave_with_parent, name="parent-watch", daemon=True).start()
    import cv2

    cv2.setNumThreads(1)


def leave_with_parent() -> None:
    """End at once when the parent is gone, however it went: no page is worth reading for nobody."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
