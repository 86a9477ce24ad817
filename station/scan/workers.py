"""Reading in worker processes, one per core: a page that crashes, hangs or floods its reader costs that page only."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any

from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.reading import PageReading
from station.errors import DeviceError, InputError, ReadingError, ResourceError, StationError
from station.scan import worker_process
from station.scan.worker_process import LARGEST_ANSWER, Message, receive, send

READER = "station.scan.reader:Reader"
GATE = "station.scan.gate:Gate"
DEADLINE = 120.0
GATE_DEADLINE = 20.0
START_DEADLINE = 60.0
DIED = "reading.worker_died"
READERS_STEP_BACK, GATE_STEPS_BACK = 10, 5
"""Niceness: the screen comes first, then the gate, for whose word a person with paper in the hand is waiting."""

log = logging.getLogger(__name__)

KINDS: dict[str, type[StationError]] = {
    "file": InputError,
    "code": InputError,
    "value": InputError,
    "device": DeviceError,
    "resource": ResourceError,
}
"""Which error a code from a worker becomes; all others are `ReadingError`."""


Answer = PageReading | Judgement | int | StationError | None


@dataclass(frozen=True)
class Job:
    """A page to read, to judge or to compare, and whom to tell: once the answer, and before it what is known early."""

    order: Message
    content: bytes | None
    done: Callable[[Any], None]
    early: Callable[[PageReading], None] | None = None


class ReadingWorkers:
    """A pool of reading workers, and one that judges; processes start with the first job. Usable from any thread.

    A verdict is wanted while the paper still lies on the glass: the gate has a process of its own, so that it never
    waits behind pages that are being read. `reader` names the class that reads a page, `module:class`, built in the
    worker as `Reader(models, engine)`; `gate` the one that judges, built as `Gate()`. Neither may make a file
    (`confinement.py`), or only in `scratch`.
    """

    def __init__(
        self,
        models: Path,
        engine: str = "tesserocr",
        *,
        count: int | None = None,
        deadline: float = DEADLINE,
        reader: str = READER,
        gate: str = GATE,
        scratch: Path | None = None,
    ) -> None:
        start = (str(models), engine, reader, gate, str(scratch) if scratch else "")
        self._pages: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._arrivals: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._readers = [
            _Worker(f"reader-{n}", self._pages, (*start, READERS_STEP_BACK), deadline) for n in range(count or cores)
        ]
        gate_deadline = min(deadline, GATE_DEADLINE)
        self._gate = _Worker("gate", self._arrivals, (*start, GATE_STEPS_BACK), gate_deadline)
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> ReadingWorkers:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def read(
        self,
        content: bytes,
        done: Callable[[PageReading | StationError], None],
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        """Read one page image, or what lies inside `outline`; returns at once.

        `done` is called once, from another thread, with the reading or the error: `ReadingError`
        (`reading.worker_died`, `reading.too_slow`, `reading.failed`, `reading.closed`), `InputError` for the image
        itself, `ResourceError` for a missing model. `early` may be called before it with what is known by then.
        """
        self._begin(self._readers, self._pages, Job({"do": "read", "outline": outline}, content, done, early))

    def judge(self, content: bytes, done: Callable[[Judgement | StationError], None]) -> None:
        """Say what is wrong with an image before it is read; as `read`, and never behind a page that is being read."""
        self._begin([self._gate], self._arrivals, Job({"do": "judge"}, content, done))

    def find_same(self, one: str, others: Sequence[str], done: Callable[[int | StationError | None], None]) -> None:
        """Which of the other fingerprints is the first of the same page, None if none is; some 20 ms each."""
        self._begin([self._gate], self._arrivals, Job({"do": "compare", "one": one, "others": [*others]}, None, done))

    def _begin(self, workers: list[_Worker], jobs: queue.SimpleQueue[Job | None], job: Job) -> None:
        with self._lock:
            if not self._closed:
                for worker in workers:
                    worker.start()
                jobs.put(job)
                return
        job.done(ReadingError("reading.closed"))

    def close(self) -> None:
        """End all workers now. Jobs that are not done get `ReadingError("reading.closed")`."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for worker in self._all:
            worker.close()
        for worker in self._all:
            worker.join()
        for jobs in (self._arrivals, self._pages):
            while not jobs.empty():
                if job := jobs.get():
                    job.done(ReadingError("reading.closed"))

    def process_ids(self) -> list[int]:
        """The workers that live now, for the program's own diagnosis."""
        return [pid for worker in self._all if (pid := worker.process_id) is not None]

    @property
    def _all(self) -> list[_Worker]:
        return [self._gate, *self._readers]


class _Worker:
    """One process and the thread that talks to it; the process is replaced when it dies."""

    def __init__(
        self,
        name: str,
        jobs: queue.SimpleQueue[Job | None],
        start: tuple[str, str, str, str, str, int],
        deadline: float,
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
            message, _ = self._next(pipe, process, until)
            while "early" in message:
                if job.early:
                    _tell(job.early, PageReading.from_json(message["early"]))
                message, _ = self._next(pipe, process, until)
            return answer_from(message)
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
        return receive(pipe, LARGEST_ANSWER)

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


def answer_from(message: Message) -> Answer:
    """What a worker's message says; raises whatever a message out of shape leads to."""
    if "reading" in message:
        return PageReading.from_json(message["reading"])
    if "judgement" in message:
        return Judgement.from_json(message["judgement"])
    if "same" in message:
        return None if message["same"] is None else int(message["same"])
    return error_from(message)


def error_from(message: Message) -> StationError:
    """The error that a worker's code stands for."""
    code = str(message["code"])
    if bug := message["parameters"].get("bug"):
        log.error("reading failed on a bug: %s", bug)
    return KINDS.get(code.partition(".")[0], ReadingError)(code, **message["parameters"])
