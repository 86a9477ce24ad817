"""Running the station's reader over images, and what outside programs cost: user and system seconds with children."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Reading = dict[str, Any]


@dataclass(frozen=True)
class Spent:
    """What an outside program printed, how it ended and what it cost."""

    output: bytes
    status: int
    cpu_seconds: float


def read_now(folder: Path, files: Sequence[str]) -> tuple[list[str], float]:
    """Read the images with the station; the lines of `station read --json`, and the CPU seconds they cost."""
    from station.read_files import read_files

    before = _cpu_seconds()
    out = io.StringIO()
    read_files([folder / file for file in files], json=True, out=out)
    return out.getvalue().splitlines(), _cpu_seconds() - before


def readings(lines: Iterable[str]) -> dict[str, Reading]:
    """The first page of each file, by the file's name."""
    found: dict[str, Reading] = {}
    for line in lines:
        if line.strip():
            page = json.loads(line)
            found.setdefault(Path(page["file"]).name, page)
    return found


def ran(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Run a program to its end."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    ) as child:
        assert child.stdout
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return Spent(output, child.returncode, usage.ru_utime + usage.ru_stime)


def _cpu_seconds() -> float:
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
