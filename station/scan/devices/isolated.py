"""Runs one of our own functions on bytes we do not trust, in a confined child process with limits on memory and time.

Only bytes, JSON and error codes come back; nothing is unpickled from the child.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from station.errors import Parameter, StationError
from station.scan.confinement import Confinement, confine, home_of
from station.scan.devices import child

log = logging.getLogger(__name__)

Header = dict[str, str | int]
Emit = Callable[[Header, bytes], None]
Work = Callable[[bytes, Header, Emit], None]
"""What runs in the child: a module-level function of the content, its description, and where pages go."""

_LARGEST_FRAME = 256 << 20
_LARGEST_HEADER = 64 << 10
_SLICE = 0.1
_RAN_OUT_OF_PROCESSOR_TIME = -24
_FAILED, _OUT_OF_MEMORY, _DONE = "failed", "out_of_memory", "done"


class IsolationError(Exception):
    """The child did not finish: it was `too_heavy` (time or memory) or it `died`."""

    def __init__(self, *, too_heavy: bool) -> None:
        super().__init__("too heavy" if too_heavy else "died")
        self.too_heavy = too_heavy


class RefusedError(Exception):
    """The work refused with a code of `station.errors`; the caller knows which class it is."""

    def __init__(self, code: str, parameters: dict[str, Parameter]) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` in bytes of address space, `processor_seconds` in all (both POSIX only); `seconds` for each page.

    `frames` and `content` are how many pages, and how many bytes of them together, the child may say. `outside` is a
    child that has to reach a device or the network itself.
    """

    memory: int = 3 << 30
    processor_seconds: int = 600
    seconds: float = 45.0
    frames: int = 400
    content: int = 1 << 30
    outside: bool = False


def run_isolated(
    work: Work, content: bytes, about: Header, limits: Limits, is_cancelled: Callable[[], bool] = lambda: False
) -> Iterator[tuple[Header, bytes]]:
    """What `work` emits, as it comes. Ends early when cancelled; raises `IsolationError` or `RefusedError`."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_in_child, args=(work, theirs, about, limits), daemon=True)
    process.start()
    theirs.close()
    deadline = time.monotonic() + limits.seconds
    frames = size = 0
    try:
        ours.send_bytes(content)
        while not is_cancelled():
            ready = ours.poll(_SLICE)
            if time.monotonic() > deadline:
                raise IsolationError(too_heavy=True)
            if not ready:
                continue
            header = json.loads(ours.recv_bytes(_LARGEST_HEADER))
            if header == {_DONE: 1}:
                return
            if header == {_OUT_OF_MEMORY: 1}:
                raise IsolationError(too_heavy=True)
            if _FAILED in header:
                raise RefusedError(str(header[_FAILED]), header["parameters"])
            page = ours.recv_bytes(_LARGEST_FRAME)
            frames, size = frames + 1, size + len(page)
            if frames > limits.frames or size > limits.content:
                raise IsolationError(too_heavy=True)
            yield header, page
            deadline = time.monotonic() + limits.seconds
    except (EOFError, OSError, ValueError, RecursionError, KeyError, TypeError) as error:  # gone, or talking nonsense
        process.join(1.0)
        log.warning("an isolated %s ended with exit code %s", work.__name__, process.exitcode)
        raise IsolationError(too_heavy=process.exitcode == _RAN_OUT_OF_PROCESSOR_TIME) from error
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _in_child(work: Work, connection: Connection, about: Header, limits: Limits) -> None:
    child.die_with_parent()
    # One thread: the cores belong to the reading workers, and each thread's stack counts against the limit.
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    confine(
        Confinement(
            memory=limits.memory,
            processor_seconds=limits.processor_seconds,
            readable=(home_of(work.__module__),),
            no_network=not limits.outside,
            only_own_files=not limits.outside,
        )
    )

    def emit(header: Header, content: bytes) -> None:
        connection.send_bytes(json.dumps(header).encode())
        connection.send_bytes(content)

    def tell(**header: object) -> None:
        connection.send_bytes(json.dumps(header).encode())

    try:
        work(connection.recv_bytes(), about, emit)
    except StationError as error:
        tell(failed=error.code, parameters=error.parameters)
    except MemoryError:
        tell(out_of_memory=1)
    else:
        tell(done=1)
