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
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path
from typing import Any

from station.dossier.reading import PageReading
from station.errors import DeviceError, InputError, ReadingError, ResourceError, StationError
from station.scan import worker_process
from station.scan.documents import DocumentPage
from station.scan.worker_process import Message, receive, send

READER = "station.scan.reader:Reader"
DEADLINE = 120.0
START_DEADLINE = 60.0

log = logging.getLogger(__name__)

KINDS: dict[str, type[StationError]] = {
    "file": InputError,
    "code": InputError,
    "value": InputError,
    "device": DeviceError,
    "resource": ResourceError,
}
"""Which error a code from a worker becomes; all others are `ReadingError`."""


STOPPED = {"reading.worker_died", "reading.too_slow"}


@dataclass
class Job:
    """One job and whom to tell. `hear` gets each message before the last; `end` gets None or the error, once."""

    message: Message
    content: bytes
    hear: Callable[[Message, bytes], None]
    end: Callable[[StationError | None], None]
    heard: bool = field(default=False, init=False)


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
        self._pages: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._files: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._workers = [_Worker(f"reader-{n}", self._pages, start, deadline) for n in range(count or cores)]
        # Opening a file must not wait behind the pages that are being read.
        self._splitter = _Worker("splitter", self._files, start, deadline)
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
        readings: list[PageReading] = []

        def hear(message: Message, _: bytes) -> None:
            readings.append(PageReading.from_json(message["reading"]))

        self._put(
            self._pages,
            self._workers,
            Job({"kind": "read"}, content, hear, lambda error: done(error or readings[-1])),
        )

    def split(self, content: bytes, name: str, deliver: Callable[[DocumentPage], None]) -> None:
        """Split a file into page images in a worker and call `deliver` for each; returns when there are no more.

        Raises what `deliver` raises, `InputError` as `documents.split` does, and `InputError("file.damaged")` for a
        file that kills or stalls its worker.
        """
        # Pages come from the worker's thread and are delivered in the caller's, where its errors belong.
        arrived: queue.SimpleQueue[DocumentPage | StationError | None] = queue.SimpleQueue()

        def hear(message: Message, page: bytes) -> None:
            arrived.put(DocumentPage(page, message["media_type"]))

        self._put(self._files, [self._splitter], Job({"kind": "split", "name": name}, content, hear, arrived.put))
        while isinstance(item := arrived.get(), DocumentPage):
            deliver(item)
        if item is not None:
            raise InputError("file.damaged") if item.code in STOPPED else item

    def close(self) -> None:
        """End all workers now. Jobs that are not done get `ReadingError("reading.closed")`."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        workers = [*self._workers, self._splitter]
        for worker in workers:
            worker.close()
        for worker in workers:
            worker.join()
        for jobs in (self._pages, self._files):
            while not jobs.empty():
                if job := jobs.get():
                    job.end(ReadingError("reading.closed"))

    def process_ids(self) -> list[int]:
        """The workers that live now, for the program's own diagnosis."""
        return [pid for worker in (*self._workers, self._splitter) if (pid := worker.process_id) is not None]

    def _put(self, jobs: queue.SimpleQueue[Job | None], workers: list[_Worker], job: Job) -> None:
        with self._lock:
            if not self._closed:
                for worker in workers:
                    worker.start()
                jobs.put(job)
                return
        job.end(ReadingError("reading.closed"))


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
            error: StationError | None = ReadingError("reading.closed")
            if not self._closing.is_set():
                error = self._attempt(job)
            # Once pages have been heard of, a second try would deliver them twice.
            if (
                error is not None
                and error.code == "reading.worker_died"
                and not job.heard
                and not self._closing.is_set()
            ):
                error = self._attempt(job)
            if self._closing.is_set() and error is not None:
                error = ReadingError("reading.closed")
            try:
                job.end(error)
            except Exception:
                log.exception("whoever waited for a reading failed to take it")
        self._discard()

    def _attempt(self, job: Job) -> StationError | None:
        try:
            pipe, process = self._running()
            send(pipe, job.message, job.content)
            until = time.monotonic() + self._deadline
            while True:
                message, content = self._next(pipe, process, until)
                if message["kind"] == "done":
                    return None
                if message["kind"] == "error":
                    return error_from(message)
                job.heard = True
                job.hear(message, content)
                until = time.monotonic() + self._deadline
        except TimeoutError:
            log.warning("a worker was stopped after %s seconds", round(self._deadline))
            self._discard()
            return ReadingError("reading.too_slow", seconds=round(self._deadline))
        except (EOFError, OSError, ValueError, KeyError):
            code = self._discard()
            log.warning("a worker died with exit code %s", code)
            return ReadingError("reading.worker_died")

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
