"""One run of `scanimage --batch`: pages handed over as they are finished, under a deadline for each.

`--batch-prompt` makes the program wait for a line before every sheet. So a sheet is drawn in only when we ask for it:
after a cancel, without that, the airscan driver would go on and post a new job for the next sheet.
"""

from __future__ import annotations

import contextlib
import queue
import shutil
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from station.dossier.capture import CapturedImage
from station.scan.devices import child, status
from station.scan.devices.page_image import MEDIA_TYPE, jpeg_from_pnm
from station.scan.devices.status import Status

ORIGIN = "sane"
PATIENCE = 2.0
_POLL = 0.05
_TOO_LITTLE_SPACE = 1 << 20


class ScanBatch:
    """Owns the child process. `run` may be called once, and nothing outlives it."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        resolution: int,
        page_deadline: float,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._process = child.start(command, environment)
        self._folder = folder
        self._resolution = resolution
        self._page_deadline = page_deadline
        self._finished: queue.Queue[str | None] = queue.Queue()
        self._complaints: deque[str] = deque(maxlen=200)
        self._goodbye: float | None = None
        self._readers = [
            threading.Thread(target=self._read_names, args=(_pipe(self._process.stdout),), daemon=True),
            threading.Thread(target=self._read_complaints, args=(_pipe(self._process.stderr),), daemon=True),
        ]

    def run(self, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> int:
        """Deliver every whole page and return how many; raises `DeviceError`, earlier pages delivered."""
        for reader in self._readers:
            reader.start()
        try:
            pages = self._deliver_all(deliver, cancel)
            return self._end(pages)
        finally:
            child.kill(self._process)
            for reader in self._readers:
                reader.join()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                _close(pipe)

    def _deliver_all(self, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> int:
        pages = 0
        self._ask_for_a_sheet()
        deadline = time.monotonic() + self._page_deadline
        while True:
            if cancel.is_set():
                self._stop()
                raise Status.CANCELLED.error()
            try:
                name = self._finished.get(timeout=_POLL)
            except queue.Empty:
                if self._process.poll() is not None:
                    child.kill(self._process)  # what it had forked would hold its pipes open
                elif self._goodbye and time.monotonic() > self._goodbye + PATIENCE:
                    return pages  # it has said how the batch ended, and hangs while closing the scanner
                if time.monotonic() > deadline:
                    self._stop()
                    raise Status.TOO_SLOW.error(seconds=round(self._page_deadline)) from None
                continue
            if name is None:
                return pages
            self._ask_for_a_sheet()  # the scanner draws it in while we take this one
            deadline = time.monotonic() + self._page_deadline
            deliver(self._take(Path(name), pages + 1))
            pages += 1

    def _take(self, file: Path, number: int) -> CapturedImage:
        content = jpeg_from_pnm(file.read_bytes(), self._resolution)
        if content is None:
            full = shutil.disk_usage(self._folder).free < _TOO_LITTLE_SPACE
            self._stop()
            raise Status.OUT_OF_MEMORY.error() if full else Status.DAMAGED_PAGE.error(page=number)
        file.unlink()
        return CapturedImage(content, MEDIA_TYPE, ORIGIN)

    def _end(self, pages: int) -> int:
        """Tell a feeder that has run out after some pages, which is how a batch ends well, from everything else.

        Exit code 0 says little: `scanimage` has it, too, where a second signal breaks it off. A driver that still
        writes into a pipe which is being closed sends itself two of them (SIGPIPE).
        """
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        ended = self._process.poll()
        child.kill(self._process)
        self._readers[1].join()  # all that it said is needed to judge it
        told = "\n".join(self._complaints)
        code = ended or status.exit_code_told(told)
        if code == 0 and not (pages and self._goodbye):
            raise Status.DRIVER_DIED.error()
        if code:
            why = status.of_scanimage(code, told)
            if why is not Status.NO_PAPER or not pages:
                raise why.error(page=pages + 1)
        return pages

    def _ask_for_a_sheet(self) -> None:
        pipe = _pipe(self._process.stdin)
        with contextlib.suppress(BrokenPipeError):  # it has ended: its exit code says why
            pipe.write("\n")
            pipe.flush()

    def _stop(self) -> None:
        """No further sheet; cancel at the scanner; abort; `run` kills what is still there."""
        _close(self._process.stdin)
        for _ in range(2):
            child.interrupt(self._process)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                continue
            return

    def _read_names(self, pipe: IO[str]) -> None:
        for line in pipe:
            self._finished.put(line.rstrip("\n"))
        self._finished.put(None)

    def _read_complaints(self, pipe: IO[str]) -> None:
        for line in pipe:
            self._complaints.append(line.rstrip("\n"))
            if line.startswith("Batch terminated"):
                self._goodbye = time.monotonic()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("the child was started without pipes")
    return pipe


def _close(pipe: IO[str] | None) -> None:
    with contextlib.suppress(BrokenPipeError):  # what was still to be written to a dead child
        _pipe(pipe).close()
