"""Running the station's reader over images, and what outside programs cost: user and system seconds with children."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station import paths
from station.dossier.reading import PageReading
from station.errors import StationError
from station.scan.workers import ReadingWorkers

PATIENCE = 1800.0
Reading = dict[str, Any]


@dataclass(frozen=True)
class Spent:
    """What an outside program printed, how it ended and what it cost."""

    output: bytes
    status: int
    cpu_seconds: float


def read_now(folder: Path, files: Sequence[str]) -> tuple[list[str], float]:
    """Read the images with the station's workers; the lines of `station read --json`, and the CPU seconds they cost.

    One worker: seconds are wanted, not speed. It is given long, so that a busy machine costs no page.
    """
    before = _cpu_seconds()
    results: list[Future[PageReading | StationError]] = []
    with ReadingWorkers(paths.resources() / "models", count=1, deadline=PATIENCE) as workers:
        for file in files:
            result: Future[PageReading | StationError] = Future()
            results.append(result)
            workers.read((folder / file).read_bytes(), result.set_result)
        lines = [_line(file, result.result()) for file, result in zip(files, results, strict=True)]
    return lines, _cpu_seconds() - before


def _line(file: str, result: PageReading | StationError) -> str:
    if isinstance(result, StationError):
        return json.dumps({"file": file, "error": {"code": result.code}})
    return json.dumps({"file": file, **result.to_json()}, ensure_ascii=False)


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
