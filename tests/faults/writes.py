"""Stops a process before each of its writes, so that a fault can strike at exactly one of them. Linux only.

The kernel hands every system call that changes a disk or goes out to the network to this process first (a seccomp
filter with user notification, see seccomp_unotify(2)): it may let the call pass, answer it with an error, or kill
whoever made it. What SQLite writes is seen like what Python writes, in whichever thread.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import platform
import select
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Told = dict[str, Any]
Tell = Callable[[Told], None]

KILL = -1
"""An answer: end the process instead of letting it write."""

_X86_64 = {
    "write": 1, "pwrite64": 18, "writev": 20, "sendto": 44, "fsync": 74, "fdatasync": 75,
    "ftruncate": 77, "rename": 82, "mkdir": 83, "rmdir": 84, "link": 86, "unlink": 87, "chmod": 90,
    "unlinkat": 263, "renameat": 264, "linkat": 265, "utimensat": 280, "fallocate": 285, "pwritev": 296,
    "renameat2": 316,
}  # fmt: skip
_AARCH64 = {
    "mkdirat": 34, "unlinkat": 35, "linkat": 37, "renameat": 38, "ftruncate": 46, "fallocate": 47, "fchmodat": 53,
    "write": 64, "writev": 66, "pwrite64": 68, "pwritev": 70, "fsync": 82, "fdatasync": 83, "utimensat": 88,
    "sendto": 206, "renameat2": 276,
}  # fmt: skip
_MACHINES = {
    "x86_64": (0xC000003E, 317, 257, _X86_64),
    "aarch64": (0xC00000B7, 277, 56, _AARCH64),
}
"""How the kernel names the machine, and the numbers of `seccomp`, `openat` and the calls that write."""

FLUSHES = frozenset({"fsync", "fdatasync"})

_NO_NEW_PRIVILEGES, _FILTER, _NEW_LISTENER = 38, 1, 8
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_NOTIFICATION, _ANSWER = struct.Struct("=QIIi I Q 6Q"), struct.Struct("=QqiI")
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_PASS, _ASK = 0x7FFF0000, 0x7FC00000
_ARCHITECTURE, _FLAGS_OF_OPENAT = 4, 32
_JOURNAL = 100
"""The descriptor on which the process tells what it was promised: no write of the station."""


@dataclass(frozen=True, slots=True)
class Write:
    """One call that is about to be made: how many were made before it, and how many of its name."""

    number: int
    name: str
    of_its_name: int
    last_told: Told


@dataclass(slots=True)
class Life:
    """What became of a process: what it told, each line as it was told, and how many writes it came to."""

    told: list[Told] = field(default_factory=list)
    writes: int = 0
    calls: list[str] = field(default_factory=list)
    status: int = 0

    @property
    def killed(self) -> bool:
        return os.WIFSIGNALED(self.status)

    @property
    def ended_well(self) -> bool:
        return self.status == 0


Decide = Callable[[Write], int]
"""0 lets the call pass, `KILL` ends the process, an `errno` is what the call fails with."""


def can_be_watched() -> bool:
    """Whether this system lets one process decide on another's calls."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    return watched(lambda _tell: None, lambda _write: 0).ended_well


def run(work: Callable[[Tell], None], told: Callable[[Told], None] = lambda _told: None) -> Life:
    """Do `work` in a process of its own that nothing happens to; its lines also go to `told` as they come."""
    return _live(work, None, told)


def watched(work: Callable[[Tell], None], decide: Decide, told: Callable[[Told], None] = lambda _told: None) -> Life:
    """Do `work` in a process of its own, and ask `decide` before each of its writes."""
    return _live(work, decide, told)


def _live(work: Callable[[Tell], None], decide: Decide | None, told: Callable[[Told], None]) -> Life:
    reading, writing = os.pipe()
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        os.close(reading)
        ours.close()
        _child(work, writing, theirs, filtered=decide is not None)
    os.close(writing)
    theirs.close()
    life = Life()
    try:
        listener = _listener(ours) if decide is not None else -1
        _attend(process, listener, reading, decide, told, life)
    finally:
        os.close(reading)
        ours.close()
        _, life.status = os.waitpid(process, 0)
    return life


def _child(work: Callable[[Tell], None], journal: int, way_back: socket.socket, *, filtered: bool) -> None:
    status = 1
    try:
        os.dup2(journal, _JOURNAL, inheritable=False)
        if filtered:
            listener = _install_filter()
            socket.send_fds(way_back, [b"k"], [listener])
            os.close(listener)
            way_back.recv(1)

        def tell(line: Told) -> None:
            os.write(_JOURNAL, json.dumps(line).encode() + b"\n")

        try:
            work(tell)
            status = 0
        except BaseException:
            tell({"broke": traceback.format_exc()})
    finally:
        os._exit(status)


def _listener(way: socket.socket) -> int:
    said, descriptors, _, _ = socket.recv_fds(way, 1, 1)
    if not said:
        return -1
    way.send(b"g")
    return descriptors[0]


def _attend(
    process: int, listener: int, journal: int, decide: Decide | None, told: Callable[[Told], None], life: Life
) -> None:
    waiting = select.poll()
    waiting.register(journal, select.POLLIN)
    if listener >= 0:
        waiting.register(listener, select.POLLIN)
    pending, open_ = b"", True
    counts: dict[str, int] = {}
    names = {number: name for name, number in _MACHINES[platform.machine()][3].items()}

    def read_journal() -> bool:
        nonlocal pending
        said = os.read(journal, 1 << 16)
        *lines, pending = (pending + said).split(b"\n")
        for line in lines:
            life.told.append(json.loads(line))
            told(life.told[-1])
        return bool(said)

    while open_:
        ready = dict(waiting.poll())
        if journal in ready:
            open_ = read_journal()
        if listener in ready and ready[listener] & select.POLLIN:
            call = _next_call(listener)
            if call is None:
                continue
            identity, number, first = call
            name = names.get(number, "openat")
            if name == "write" and first == _JOURNAL:
                _answer(listener, identity, 0)
                continue
            while select.select([journal], [], [], 0)[0] and (open_ := read_journal()):
                pass  # what was told before this write, decides on it too
            life.writes += 1
            life.calls.append(name)
            counts[name] = counts.get(name, 0) + 1
            assert decide is not None
            verdict = decide(Write(life.writes, name, counts[name], life.told[-1] if life.told else {}))
            if verdict == KILL:
                os.kill(process, signal.SIGKILL)
                waiting.unregister(listener)
                os.close(listener)
                listener = -1
            else:
                _answer(listener, identity, verdict)
        elif listener in ready:
            waiting.unregister(listener)
            os.close(listener)
            listener = -1
    if listener >= 0:
        os.close(listener)


def _next_call(listener: int) -> tuple[int, int, int] | None:
    asked = bytearray(80)
    try:
        fcntl.ioctl(listener, _RECEIVE, asked)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.EINTR):  # whoever called is gone
            return None
        raise
    identity, _process, _flags, number, _machine, _at, first, *_rest = _NOTIFICATION.unpack(asked)
    return identity, number, first


def _answer(listener: int, identity: int, error: int) -> None:
    try:
        fcntl.ioctl(listener, _SEND, bytearray(_ANSWER.pack(identity, 0, -error, 0 if error else 1)))
    except OSError as failure:
        if failure.errno != errno.ENOENT:
            raise


def _install_filter() -> int:
    """From here on this process and its threads ask before they write; returns the listener's descriptor."""
    machine, seccomp, openat, calls = _MACHINES[platform.machine()]
    numbers = list(calls.values())
    program = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _PASS), (_LOAD, 0, 0, 0)]
    # Behind the comparisons: four steps for openat, then «pass», then «ask».
    for at, number in enumerate(numbers):
        program.append((_EQUAL, len(numbers) - at - 1 + 4, 0, number))
    program += [
        (_EQUAL, 0, 2, openat),
        (_LOAD, 0, 0, _FLAGS_OF_OPENAT),
        (_ANY_BIT, 1, 0, os.O_CREAT),
        (_RETURN, 0, 0, _PASS),
        (_RETURN, 0, 0, _ASK),
    ]
    steps = b"".join(struct.pack("=HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(steps, len(steps))
    told = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    listener = int(library.syscall(seccomp, _FILTER, _NEW_LISTENER, told))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return listener
