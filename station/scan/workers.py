"""Outside images in worker processes: readers, one per core, one that judges, and one that makes pictures to look at.

An image that crashes, hangs or floods whoever opens it costs itself only.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.picture import Picture
from station.dossier.reading import PageReading
from station.dossier.rendition import Rendition
from station.errors import ReadingError, StationError
from station.scan import picture_process, worker_process
from station.scan.worker import Job, Worker

READER = "station.scan.reader:Reader"
GATE = "station.scan.gate:Gate"
DEADLINE = 120.0
GATE_DEADLINE = 20.0
PICTURE_DEADLINE = 20.0
READERS_STEP_BACK, GATE_STEPS_BACK = 10, 5
"""Niceness: the screen comes first, then the gate, for whose word a person with paper in the hand is waiting."""


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
            Worker(f"reader-{n}", self._pages, worker_process.main, (*start, READERS_STEP_BACK), deadline)
            for n in range(count or cores)
        ]
        gate_deadline = min(deadline, GATE_DEADLINE)
        self._gate = Worker("gate", self._arrivals, worker_process.main, (*start, GATE_STEPS_BACK), gate_deadline)
        self._looks: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        shown_by = min(deadline, PICTURE_DEADLINE)
        self._pictures = Worker("pictures", self._looks, picture_process.main, (), shown_by)
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

    def read_codes(self, content: bytes) -> Sequence[str]:
        """The texts of the QR codes of an image, in reading order, exact; waits for them.

        Raises `InputError`: `code.undecodable`, or as `read` does.
        """
        told: tuple[str, ...] = self._awaited([self._gate], self._arrivals, {"do": "codes"}, content)
        return told

    def picture(self, content: bytes, side: int, rotation: int = 0, outline: Outline | None = None) -> Picture:
        """An image as plain pixels, its longer side at most `side`, turned clockwise by `rotation`; waits for it.

        Of several papers on one glass, `outline` says which. Raises `InputError` for what is no whole image.
        """
        order = {"side": side, "rotation": rotation, "outline": outline}
        told: Picture = self._awaited([self._pictures], self._looks, order, content)
        return told

    def preview(self, content: bytes) -> Rendition:
        """An image in a few kilobytes, for a thin line; waits for it. Raises as `picture` does."""
        told: Rendition = self._awaited([self._pictures], self._looks, {"do": "preview"}, content)
        return told

    def _awaited(
        self, workers: list[Worker], jobs: queue.SimpleQueue[Job | None], order: dict[str, Any], content: bytes
    ) -> Any:
        told: Future[Any] = Future()
        self._begin(workers, jobs, Job(order, content, told.set_result))
        answer = told.result()
        if isinstance(answer, StationError):
            raise answer
        return answer

    def _begin(self, workers: list[Worker], jobs: queue.SimpleQueue[Job | None], job: Job) -> None:
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
        for jobs in (self._arrivals, self._pages, self._looks):
            while not jobs.empty():
                if job := jobs.get():
                    job.done(ReadingError("reading.closed"))

    def process_ids(self) -> list[int]:
        """The workers that live now, for the program's own diagnosis."""
        return [pid for worker in self._all if (pid := worker.process_id) is not None]

    @property
    def _all(self) -> list[Worker]:
        return [self._gate, self._pictures, *self._readers]
