"""The command line: `station` opens the counter; its words are the same parts without a window."""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from station.commands import audit, backup, devices, doctor, keys, papers, practice, procedures, read, restore, verify
from station.commands.folder import folder
from station.errors import StationError
from station.language import Language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, or 1 for a failure that was told on standard error."""
    multiprocessing.freeze_support()
    _leave_no_core_dumps()
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


def _leave_no_core_dumps() -> None:
    """A core dump would hold papers and keys in clear; every process that we start inherits this."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _counter(told: argparse.Namespace) -> int:
    from station.program import run

    return run(folder(told))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="station", description="Trạm số – the digital station at the counter.")
    parser.add_argument("--version", action="version", version=metadata.version("digital-station"))
    parser.add_argument("--data", type=Path, metavar="DIR", help="the station's folder, instead of this user's own")
    parser.set_defaults(command=_counter)
    commands = parser.add_subparsers(metavar="COMMAND")
    for word in (backup, restore, keys, doctor, practice, read, papers, verify, audit, procedures, devices):
        word.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
