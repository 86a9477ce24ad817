"""Work off the screen's thread, and the one queued way back to it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from station.errors import StationError

Result = TypeVar("Result")


TURN = 0.001
"""Seconds after which a busy thread gives way. With Python's own five milliseconds, every call from Qt into Python may
wait that long while a reading is being written down, and one repaint is hundreds of them."""


class Tasks(QObject):
    """Three pools: one worker for everything that writes, in order; devices, which may take minutes; looking."""

    _back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        sys.setswitchinterval(TURN)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._devices = ThreadPoolExecutor(2, thread_name_prefix="devices")
        self._looking = ThreadPoolExecutor(2, thread_name_prefix="looking")
        self._closed = False
        self._begun: dict[Future[Any], float] = {}
        self._back.connect(self._on_back, Qt.ConnectionType.QueuedConnection)

    def write(
        self,
        deed: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[StationError], None],
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        """Run a deed after those before it; `then` or `failed` is called on the screen's thread.

        `broken` after a bug, which is then reported like any other: for what waits with a button that is off.
        """
        self._run(self._writer, deed, then, failed, broken)

    def device(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[StationError], None],
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        """Run something slow that waits for the world outside; `broken` as with `write`."""
        self._run(self._devices, work, then, failed, broken)

    def look(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[StationError], None],
        broken: Callable[[], None] = lambda: None,
    ) -> None:
        """Read what is kept, or decode a picture: waits neither for a device nor behind a deed."""
        self._run(self._looking, work, then, failed, broken)

    @property
    def writing_for(self) -> float:
        """Seconds since the oldest deed was asked for that is not done yet; 0 where none is under way."""
        oldest = min(list(self._begun.values()), default=None)
        return time.monotonic() - oldest if oldest is not None else 0.0

    def on_screen(self, call: Callable[[], None]) -> None:
        """Call on the screen's thread, from any thread."""
        self._back.emit(call)

    def close(self) -> None:
        """Wait for the deeds already begun; devices are expected to have been cancelled. Later calls do nothing."""
        self._closed = True
        self._looking.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._devices.shutdown(wait=True)

    def _run(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[StationError], None],
        broken: Callable[[], None],
    ) -> None:
        def finished(future: Future[Result]) -> None:
            if future.cancelled():
                return  # the program is closing
            error = future.exception()
            if error is None:
                self.on_screen(lambda: then(future.result()))
            elif isinstance(error, StationError):
                self.on_screen(lambda: failed(error))
            else:
                self.on_screen(broken)
                self.on_screen(lambda: _raise(error))  # a bug: to the screen's exception hook

        if self._closed:
            return
        future = pool.submit(work)
        if pool is self._writer:
            self._begun[future] = time.monotonic()
            future.add_done_callback(lambda done: self._begun.pop(done, None))
        future.add_done_callback(finished)

    @Slot(object)
    def _on_back(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


def _raise(error: BaseException) -> None:
    raise error
