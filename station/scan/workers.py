"""Reading in worker processes, one per core: a page that crashes, hangs or floods its reader costs that page only."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any

from station.dossier.reading import PageReading
from station.errors import DeviceError, InputError, ReadingError, ResourceError, StationError
from station.scan import worker_process
from station.scan.worker_process import Message, receive, send

READER = "station.scan.reader:Reader"
DEADLINE = 120.0
START_DEADLINE = 60.0
DIED = "reading.worker_died"

log = logging.getLogger(__name__)

KINDS: dict[str, type[StationError]] = {
    "file": InputError,
    "code": InputError,
    "value": InputError,
    "device": DeviceError,
    "resource": ResourceError,
}
"""Which error a code from a worker becomes; all others are `ReadingError`."""


@dataclass(frozen=True)
class Job:
    """A page to read, and whom to tell the reading or the error, once."""

    content: bytes
    done: Callable[[PageReading | StationError], None]


class ReadingWorkers:
    """A pool of reading workers; processes start with the first job. Usable from any thread.

    `reader` names the class that reads a page, `module:class`, built in the worker as `Reader(models, engine)`.
    """

    def __init__(
        self,
        models: Path,
        engine: str = "tesserocr",
        *,
        count: int | None = None,
        deadline: float = DEADLINE,
        reader: str = READER,
    ) -> None:
        start = (str(models), engine, reader)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._workers = [_Worker(f"reader-{n}", self._jobs, start, deadline) for n in range(count or cores)]
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> ReadingWorkers:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def read(self, content: bytes, done: Callable[[PageReading | StationError], None]) -> None:
        """Read one page image; returns at once. `done` is called once, from another thread, with the reading or
        the error: `ReadingError` (`reading.worker_died`, `reading.too_slow`, `reading.failed`, `reading.closed`),
        `InputError` for the image itself, `ResourceError` for a missing model."""
        with self._lock:
            if not self._closed:
                for worker in self._workers:
                    worker.start()
                self._jobs.put(Job(content, done))
                return
        done(ReadingError("reading.closed"))

    def close(self) -> None:
        """End all workers now. Jobs that are not done get `ReadingError("reading.closed")`."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for worker in self._workers:
            worker.close()
        for worker in self._workers:
            worker.join()
        while not self._jobs.empty():
            if job := self._jobs.get():
                job.done(ReadingError("reading.closed"))

    def process_ids(self) -> list[int]:
        """The workers that live now, for the program's own diagnosis."""
        return [pid for worker in self._workers if (pid := worker.process_id) is not None]


class _Worker:
    """One process and the thread that talks to it; the process is replaced when it dies."""

    def __init__(
        self, name: str, jobs: queue.SimpleQueue[Job | None], start: tuple[str, str, str], deadline: float
    ) -> None:
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
            result = self._attempt(job.content)
            if isinstance(result, StationError) and result.code == DIED:
                result = self._attempt(job.content)
            try:
                job.done(result)
            except Exception:
                log.exception("whoever waited for a reading failed to take it")
        self._discard()

    def _attempt(self, content: bytes) -> PageReading | StationError:
        if self._closing.is_set():
            return ReadingError("reading.closed")
        try:
            pipe, process = self._running()
            send(pipe, {}, content)
            message, _ = self._next(pipe, process, time.monotonic() + self._deadline)
            return PageReading.from_json(message["reading"]) if "reading" in message else error_from(message)
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
            process = spawn.Process(
                target=worker_process.main, args=(theirs, *self._start), name=self._thread.name, daemon=True
            )
            process.start()
            theirs.close()
            self._process = process
            if self._closing.is_set():  # close() may have looked before there was a process to end
                process.kill()
            self._next(self._pipe, process, time.monotonic() + START_DEADLINE)
        return self._pipe, self._process

    @staticmethod
    def _next(pipe: Any, process: Any, until: float) -> tuple[Message, bytes]:
        """The next message; `TimeoutError` at the deadline, `EOFError` when the process is gone."""
        ready = connection.wait([pipe, process.sentinel], timeout=max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        if pipe not in ready and not pipe.poll():
            raise EOFError
        return receive(pipe)

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


def error_from(message: Message) -> StationError:
    """The error that a worker's code stands for."""
    code = str(message["code"])
    if bug := message["parameters"].get("bug"):
        log.error("reading failed on a bug: %s", bug)
    return KINDS.get(code.partition(".")[0], ReadingError)(code, **message["parameters"])
