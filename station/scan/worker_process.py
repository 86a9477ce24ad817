"""What runs inside a reading worker: one process, one thread of work, nothing kept but the loaded models.

Messages are a JSON header and, where there is content, its bytes. Nothing is unpickled on either side, so a
worker that a hostile file has taken over can say nothing but values and error codes. A job is `{"do": "read",
"outline": …}`, `{"do": "judge"}` or `{"do": "codes"}` with the image, or `{"do": "compare", "one": …, "others": …}`
with fingerprints; the answer is `reading`, `judgement`, `codes`, `same` or else `code`, and a reading may be preceded
by one `early`.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from station.dossier.judgement import same_page
from station.dossier.outline import outline_from_json
from station.dossier.reading import PageReading
from station.errors import StationError
from station.scan.codes.code_reader import ImageCodeReader
from station.scan.confinement import GIB, Confinement, confine, home_of

Message = dict[str, Any]

MEMORY = 4 * GIB
"""Address space of a worker: the largest image that is read at all, 120 megapixels, needs 2.96 GiB of it."""

LARGEST_ORDER = 512 << 20

LARGEST_DRAFT = 1 << 30

BELOW_NORMAL = 0x4000
"""Windows has classes where others have degrees."""


def send(pipe: Connection, message: Message, content: bytes | None = None) -> None:
    """One message; raises `OSError` when the other side is gone."""
    pipe.send_bytes(json.dumps({**message, "content": content is not None}).encode())
    if content is not None:
        pipe.send_bytes(content)


def receive(pipe: Connection, words: int = LARGEST_ORDER, most: int = LARGEST_ORDER) -> tuple[Message, bytes]:
    """The next message; raises `EOFError` or `OSError` when the other side is gone, or says more bytes than it may."""
    message: Message = json.loads(pipe.recv_bytes(words))
    return message, pipe.recv_bytes(most) if message.pop("content") else b""


def main(pipe: Connection, models: str, engine: str, reader: str, gate: str, scratch: str, niceness: int) -> None:
    """Do one job after another until the pipe closes. `reader` and `gate` are `module:class`."""
    held = confine(confinement(models, engine, reader, gate, scratch))
    settle_in(niceness)
    desk = ReadingDesk(Path(models), engine, reader, gate)
    send(pipe, {"ready": True, "held": sorted(held)})
    while True:
        try:
            order, content = receive(pipe)
            answer = answer_to(order, content, desk, lambda reading: send(pipe, {"early": reading.to_json()}))
            send(pipe, answer)
        except (EOFError, OSError):
            return


def answer_to(order: Message, content: bytes, desk: ReadingDesk, early: Callable[[PageReading], None]) -> Message:
    """What to say to one job; raises `OSError` where nobody is there any more to be told something early."""
    try:
        if order["do"] == "judge":
            return {"judgement": desk.gate().judge(content).to_json()}
        if order["do"] == "codes":
            return {"codes": [*desk.codes().read_codes(content)]}
        if order["do"] == "compare":
            alike = (place for place, other in enumerate(order["others"]) if same_page(order["one"], other))
            return {"same": next(alike, None)}
        reading = desk.reader().read(content, outline=outline_from_json(order["outline"]), early=early)
        return {"reading": reading.to_json()}
    except StationError as error:
        return {"code": error.code, "parameters": error.parameters}
    except ConnectionError:
        raise
    except MemoryError:
        os._exit(1)  # what is left of this process cannot be trusted; the pool starts another
    except Exception as error:
        # A bug in reading must cost one page, not the counter's day. The message could hold a citizen's value.
        return {"code": "reading.failed", "parameters": {"bug": type(error).__name__}}


def confinement(models: str, engine: str, reader: str, gate: str, scratch: str) -> Confinement:
    """What a worker may still do: read the models, and write drafts for the engine that is a program of its own."""
    drafts = tempfile.gettempdir() if engine == "pytesseract" else ""
    return Confinement(
        memory=MEMORY,
        file_bytes=LARGEST_DRAFT if drafts else 0,
        readable=(models, home_of(reader), home_of(gate)),
        writable=tuple(place for place in (drafts, scratch) if place),
    )


class ReadingDesk:
    """The reader with its models and the gate, each built for the first page that wants it and kept."""

    def __init__(self, models: Path, engine: str, reader: str, gate: str) -> None:
        self._models = models
        self._engine = engine
        self._reader_name, self._gate_name = reader, gate
        self._reader: Any = None
        self._gate: Any = None

    def reader(self) -> Any:
        if self._reader is None:
            self._reader = _named(self._reader_name)(self._models, self._engine)
        return self._reader

    def codes(self) -> ImageCodeReader:
        return ImageCodeReader()

    def gate(self) -> Any:
        if self._gate is None:
            self._gate = _named(self._gate_name)()
        return self._gate


def _named(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def settle_in(niceness: int) -> None:
    """Single-threaded libraries, a place behind the screen in the queue for the CPU, and no life after the parent."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy's own threads would spin on small products
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the parent to act on
    step_back(niceness)
    threading.Thread(target=leave_with_parent, name="parent-watch", daemon=True).start()
    import cv2

    cv2.setNumThreads(1)


def step_back(niceness: int) -> None:
    """Let the screen have the processor first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL)
    else:
        os.nice(niceness)


def leave_with_parent() -> None:
    """End at once when the parent is gone, however it went: no page is worth reading for nobody."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
