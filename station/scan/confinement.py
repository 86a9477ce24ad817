"""What a process that opens outside bytes gives up first: memory without end, files, the network, more privileges.

Whoever takes such a process over by a crafted file holds a process that can read the program and its models, write
nowhere, reach nobody, and say nothing but values to the station, which checks them. Linux alone gives all of it; where
a kernel gives less, the process works with what there is and says what held. Landlock came with Linux 5.13; user
namespaces may be switched off.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from station import paths

GIB = 1 << 30


class Held(StrEnum):
    """What a confinement is made of."""

    LIMITS = "limits"
    NO_NEW_PRIVILEGES = "no_new_privileges"
    NO_NETWORK = "no_network"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Confinement:
    """`memory` is bytes of address space; `processor_seconds` is for processes that do one job, 0 for all others.

    `readable` are files and folders beyond the program's own, `writable` those where files may be made, of up to
    `file_bytes`; `network` and `files` False leave the network open and the file system as it is (a camera's driver).
    """

    memory: int = 3 * GIB
    processor_seconds: int = 0
    open_files: int = 128
    file_bytes: int = 0
    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    no_network: bool = True
    only_own_files: bool = True


def confine(wanted: Confinement) -> frozenset[Held]:
    """Give up all of it for good, and return what held. To be called before the process has a second thread."""
    held: set[Held] = set()
    if sys.platform != "win32":
        _limit(wanted)
        held.add(Held.LIMITS)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        alone = wanted.no_network and libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
        if alone:
            _drop_capabilities(libc)
            held.add(Held.NO_NETWORK)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            held.add(Held.NO_NEW_PRIVILEGES)
            if wanted.only_own_files and _only_own_files(libc, wanted):
                held.add(Held.FILES)
    return frozenset(held)


def home_of(module: str) -> str:
    """Where the code of a module's top package lies, for a reader that is not the station's own."""
    found = importlib.util.find_spec(module.partition(":")[0].partition(".")[0])
    if found is None:
        return ""
    places = list(found.submodule_search_locations or ())
    return places[0] if places else str(Path(found.origin or "").parent)


def _limit(wanted: Confinement) -> None:
    """Beyond this, allocations and writes fail and the kernel ends the process."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (wanted.memory, wanted.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the page
    resource.setrlimit(resource.RLIMIT_FSIZE, (wanted.file_bytes, wanted.file_bytes))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = wanted.open_files if most == resource.RLIM_INFINITY else min(wanted.open_files, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    if wanted.processor_seconds:
        seconds = wanted.processor_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """A new user namespace hands out every capability within itself; none of them is wanted."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0))
    none = ctypes.create_string_buffer(struct.pack("=6I", *[0] * 6))
    libc.capset(header, none)


# Landlock (linux/landlock.h). The glibc of Debian 12 has no wrappers; the numbers are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_MAKE_AND_REMOVE = sum(1 << bit for bit in (4, 5, 7, 8))  # remove a folder, a file; make a folder, a regular file
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many of the rights a version of Landlock knows; 16 from version 5 on."""
_TCP, _SIGNALS_AND_SOCKETS = 0b11, 0b11


def _only_own_files(libc: ctypes.CDLL, wanted: Confinement) -> bool:
    """Landlock: read the program, its libraries and what is `readable`; everything else is not there."""
    version = libc.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    known = (1 << _RIGHTS_OF_VERSION.get(version, 16)) - 1
    attributes = struct.pack("=Q", known)
    if version >= 4 and wanted.no_network:
        attributes += struct.pack("=Q", _TCP)
        attributes += struct.pack("=Q", _SIGNALS_AND_SOCKETS) if version >= 6 else b""
    ruleset = libc.syscall(_CREATE_RULESET, ctypes.create_string_buffer(attributes), len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        _allow(libc, ruleset, [*_own_files(), *wanted.readable], _READ & known)
        _allow(libc, ruleset, wanted.writable, (_READ | _WRITE_FILE | _TRUNCATE | _MAKE_AND_REMOVE) & known)
        _allow(libc, ruleset, ["/dev/null"], (_READ_FILE | _WRITE_FILE) & known)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, places: Iterable[str], rights: int) -> None:
    for place in places:
        try:
            handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # not on this machine
        try:
            here = rights if Path(place).is_dir() else rights & _OF_FILES
            libc.syscall(
                _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.create_string_buffer(struct.pack("=Qi", here, handle)), 0
            )
        finally:
            os.close(handle)


def _own_files() -> list[str]:
    """The program, Python, the libraries and models of this machine, and what a library asks of the kernel."""
    program = Path(__file__).resolve().parent.parent
    # In a bundle the modules lie in the executable itself, and those that are imported late are read then.
    given = {str(program), str(paths.resources()), sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable}
    system = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
    kernel = (
        "/proc/self",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/sys/vm",
        "/sys/devices/system",
        "/sys/bus/pci",
        "/dev/urandom",
    )
    return [*given, *system, *kernel]
