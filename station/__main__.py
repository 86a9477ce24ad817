"""The command line: `station` opens the counter; its words are the same parts without a window."""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from station.commands import (
    audit,
    backup,
    courier,
    devices,
    doctor,
    enrol,
    keys,
    papers,
    practice,
    procedures,
    read,
    restore,
    verify,
)
from station.commands.folder import folder
from station.errors import StationError
from station.language import Language

_PR_SET_DUMPABLE = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, or 1 for a failure that was told on standard error."""
    multiprocessing.freeze_support()
    _keep_memory_private()
    _write_utf8()
    told = _parser().parse_args(arguments)
    try:
        return int(told.command(told))
    except StationError as error:
        sys.stderr.write(f"{Language.load().error(error)}\n")
        return 1


def _write_utf8() -> None:
    """Vietnamese, and names of files that are no UTF-8, in every locale: a pipe of Windows or `C` knows neither."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a program without a terminal may have none
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _keep_memory_private() -> None:
    """A core dump would hold papers and keys in clear; every process that we start inherits this.

    On Linux, other programs of the same user cannot read this one's memory either: its children, which hold no key,
    are as others once they are another program.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _counter(told: argparse.Namespace) -> int:
    from station.program import run

    return run(folder(told))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="station", description="Trạm số – the digital station at the counter.")
    parser.add_argument("--version", action="version", version=metadata.version("digital-station"))
    parser.add_argument("--data", type=Path, metavar="DIR", help="the station's folder, instead of this user's own")
    parser.set_defaults(command=_counter)
    commands = parser.add_subparsers(metavar="COMMAND")
    for word in (
        backup, restore, courier, keys, doctor, enrol, practice, read, papers, verify, audit, procedures, devices,
    ):  # fmt: skip
        word.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
