"""One worker process and the thread that talks to it; a process that dies or hangs is replaced, and costs one job."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any

from station.dossier.judgement import Judgement
from station.dossier.picture import Picture
from station.dossier.reading import PageReading
from station.dossier.rendition import MOST_BYTES, Rendition
from station.errors import DeviceError, InputError, ReadingError, ResourceError, StationError
from station.scan.worker_process import Message, receive, send

START_DEADLINE = 60.0
DIED = "reading.worker_died"
LARGEST_ANSWER = 512 << 20
"""Bytes of one answer: the pixels of the largest image that is decoded at all are 343 MiB."""
LARGEST_WORDS = 16 << 20
"""Bytes of what is said in words: a page full of print is read into some 0.3 MB."""

log = logging.getLogger(__name__)

KINDS: dict[str, type[StationError]] = {
    "file": InputError,
    "code": InputError,
    "value": InputError,
    "device": DeviceError,
    "resource": ResourceError,
}
"""Which error a code from a worker becomes; all others are `ReadingError`."""


Answer = PageReading | Judgement | Picture | Rendition | tuple[str, ...] | int | StationError | None


@dataclass(frozen=True)
class Job:
    """What to do with which image, and whom to tell: once the answer, and before it what is known early."""

    order: Message
    content: bytes | None
    done: Callable[[Any], None]
    early: Callable[[PageReading], None] | None = None


class Worker:
    """One process and the thread that talks to it; the process is replaced when it dies."""

    def __init__(
        self,
        name: str,
        jobs: queue.SimpleQueue[Job | None],
        process: Callable[..., None],
        start: tuple[str | int, ...],
        deadline: float,
    ) -> None:
        self._main = process
        self._jobs = jobs
        self._start = start
        self._deadline = deadline
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._started = False
        self._closing = threading.Event()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Any = None

    @property
    def process_id(self) -> int | None:
        process = self._process
        with contextlib.suppress(ValueError):  # closed in between by the worker's own thread
            return process.pid if process is not None and process.is_alive() else None
        return None

    def start(self) -> None:
        if not self._started:
            self._started = True
            self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._started:
            self._jobs.put(None)
            process = self._process
            if process is not None:
                with contextlib.suppress(ValueError, OSError):
                    process.kill()

    def join(self) -> None:
        if self._started:
            self._thread.join()

    def _serve(self) -> None:
        while not self._closing.is_set():
            job = self._jobs.get()
            if job is None:
                break
            result = self._attempt(job)
            if isinstance(result, StationError) and result.code == DIED:
                result = self._attempt(job)
            _tell(job.done, result)
        self._discard()

    def _attempt(self, job: Job) -> Answer:
        if self._closing.is_set():
            return ReadingError("reading.closed")
        try:
            pipe, process = self._running()
            until = time.monotonic() + self._deadline
            send(pipe, job.order, job.content)
            message, content = self._next(pipe, process, until)
            while "early" in message:
                if job.early:
                    _tell(job.early, PageReading.from_json(message["early"]))
                message, content = self._next(pipe, process, until)
            return answer_from(message, content)
        except TimeoutError:
            log.warning("a worker was stopped after %s seconds", round(self._deadline))
            self._discard()
            return ReadingError("reading.too_slow", seconds=round(self._deadline))
        except Exception:  # gone, or taken over by a hostile page and talking nonsense: one page, not the thread
            code = self._discard()
            if self._closing.is_set():
                return ReadingError("reading.closed")
            log.warning("a worker died with exit code %s", code)
            return ReadingError(DIED)

    def _running(self) -> tuple[Any, Any]:
        """The process at work, or a fresh one that has said it is ready."""
        if self._process is None or not self._process.is_alive():
            self._discard()
            spawn = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            process = spawn.Process(target=self._main, args=(theirs, *self._start), name=self._thread.name, daemon=True)
            process.start()
            theirs.close()
            self._process = process
            if self._closing.is_set():  # close() may have looked before there was a process to end
                process.kill()
            ready, _ = self._next(self._pipe, process, time.monotonic() + START_DEADLINE)
            log.debug("%s is confined: %s", self._thread.name, ready.get("held"))
        return self._pipe, self._process

    @staticmethod
    def _next(pipe: Any, process: Any, until: float) -> tuple[Message, bytes]:
        """The next message; `TimeoutError` at the deadline, `EOFError` when the process is gone."""
        ready = connection.wait([pipe, process.sentinel], timeout=max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        if pipe not in ready and not pipe.poll():
            raise EOFError
        return receive(pipe, LARGEST_WORDS, LARGEST_ANSWER)

    def _discard(self) -> int | None:
        """Kill the process if it lives and clear up after it; its exit code."""
        code = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            code = self._process.exitcode
            self._process.close()
            self._pipe.close()
            self._process = None
        return code


def _tell(whom: Callable[[Any], None], what: Answer) -> None:
    try:
        whom(what)
    except Exception:
        log.exception("whoever waited for a page failed to take what was said of it")


def answer_from(message: Message, content: bytes = b"") -> Answer:
    """What a worker's message says; raises whatever a message out of shape leads to."""
    answer: Answer
    match message:
        case {"picture": [width, height]}:
            answer = Picture(int(width), int(height), content)
        case {"preview": media_type}:
            answer = _rendition(str(media_type), content)
        case {"codes": texts}:
            answer = tuple(str(text) for text in texts)
        case {"reading": reading}:
            answer = PageReading.from_json(reading)
        case {"judgement": judgement}:
            answer = Judgement.from_json(judgement)
        case {"same": same}:
            answer = None if same is None else int(same)
        case _:
            answer = error_from(message)
    return answer


def _rendition(media_type: str, content: bytes) -> Rendition:
    """It goes out to the hub: what it may be is checked here, where a page cannot have had a hand in it."""
    if media_type not in {"image/tiff", "image/webp"} or not 0 < len(content) <= MOST_BYTES:
        raise ValueError("not a preview")
    return Rendition(media_type, content)


def error_from(message: Message) -> StationError:
    """The error that a worker's code stands for."""
    code = str(message["code"])
    if bug := message["parameters"].get("bug"):
        log.error("reading failed on a bug: %s", bug)
    return KINDS.get(code.partition(".")[0], ReadingError)(code, **message["parameters"])
