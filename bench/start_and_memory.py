"""How long until the counter can be used, and how much memory each process holds, beside a bare PySide6 window?

    python -m bench.start_and_memory [--rounds 5]

Usable: the window is painted and the event loop has answered. Each round starts fresh processes whose files the disk
cache already holds, bare window and station in turn; medians are shown. Memory is proportional set size (PSS: shared
pages divided among those who share them) after every reading worker has read one specimen; Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tools.servers.hub import start_hub

ROOT = Path(__file__).parents[1]
SPECIMEN = ROOT / "resources" / "specimens" / "tray" / "1-khai-sinh" / "01-citizen-card-front.jpg"
PASSPHRASE = "an empty store"  # noqa: S105 – it guards nothing but a temporary folder
STATION = "T01"
TOKEN = "trial"  # noqa: S105 – likewise


@dataclass(frozen=True)
class Memory:
    """In MiB."""

    proportional: float
    resident: float

    @classmethod
    def of(cls, pid: int) -> Memory:
        told = psutil.Process(pid).memory_full_info()
        return cls(told.pss / 2**20, told.rss / 2**20)


@dataclass(frozen=True)
class Measured:
    """Seconds from the start of the process to its usable window, and what its processes hold."""

    seconds: float
    memory: dict[str, Memory]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", choices=("bare", "station"), help=argparse.SUPPRESS)
    parser.add_argument("--given", type=json.loads, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.child:
        {"bare": bare_window, "station": station_window}[told.child](told.given)
        return
    with tempfile.TemporaryDirectory() as folder, hub(Path(folder) / "hub") as (hub_process, enrolment):
        given = {"folder": f"{folder}/station", **enrolment}
        measure("station", given)  # the first start makes the keys and the store, and warms the disk cache
        bare, station = [], []
        for _ in range(told.rounds):
            bare.append(measure("bare", {}))
            station.append(measure("station", given))
        report(bare, station, Memory.of(hub_process.pid))


def report(bare: list[Measured], station: list[Measured], hub_memory: Memory) -> None:
    seconds = [statistics.median(run.seconds for run in runs) for runs in (bare, station)]
    print(f"{'start to usable window':<26}{'seconds':>10}{'ratio':>10}")
    for name, value in zip(("bare window", "station"), seconds, strict=True):
        print(f"  {name:<24}{value:>10.2f}{value / seconds[0]:>10.1f}")
    rows = {"bare window": median([run.memory["screen"] for run in bare])}
    rows |= {name: median([run.memory[name] for run in station]) for name in station[0].memory}
    rows["hub (another machine)"] = hub_memory
    whole = sum(memory.proportional for name, memory in rows.items() if name not in ("bare window", list(rows)[-1]))
    print(f"{'memory':<26}{'PSS MiB':>10}{'ratio':>10}{'RSS MiB':>10}")
    for name, memory in rows.items():
        ratio = memory.proportional / rows["bare window"].proportional
        print(f"  {name:<24}{memory.proportional:>10.0f}{ratio:>10.1f}{memory.resident:>10.0f}")
    print(f"  {'station, all processes':<24}{whole:>10.0f}{whole / rows['bare window'].proportional:>10.1f}")


def median(of: list[Memory]) -> Memory:
    return Memory(
        statistics.median(memory.proportional for memory in of), statistics.median(memory.resident for memory in of)
    )


def measure(child: str, given: dict[str, str]) -> Measured:
    """Start the child, take the time of its first line and the memory of the processes that its second line names."""
    command = [sys.executable, "-m", "bench.start_and_memory", "--child", child, "--given", json.dumps(given)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    begun = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        assert process.stdout
        assert process.stdin
        ready = float(process.stdout.readline())
        processes = {"screen": process.pid, **json.loads(process.stdout.readline())}
        memory = {name: Memory.of(pid) for name, pid in processes.items()}
        process.stdin.close()
    return Measured(ready - begun, memory)


@contextmanager
def hub(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    process, said = start_hub(folder, "--station", f"{STATION}:{TOKEN}")
    with process:
        try:
            yield process, {"url": said["listening"], "key": said["key"]}
        finally:
            process.terminate()


def bare_window(_: dict[str, str]) -> None:
    """The least that PySide6 can show: one window with one label."""
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    label = QLabel("Trạm số")
    label.resize(1366, 768)
    label.show()
    application.processEvents()
    tell(application.processEvents, lambda: {})


def station_window(given: dict[str, str]) -> None:
    """The real program with its store, its link to a hub and its reading workers."""
    from PySide6.QtWidgets import QApplication

    from station.app import Station
    from station.paths import DataFolder
    from station.program import run
    from station.settings import Settings
    from station.ui.screens import Screens
    from station.ui.session import Session

    def drive(station: Station, _session: Session, _screens: Screens) -> int:
        tell(QApplication.processEvents, lambda: read_everywhere(station))
        return 0

    settings = Settings(station=STATION, hub_url=given["url"], hub_token=TOKEN, hub_key=given["key"])
    sys.exit(run(DataFolder(Path(given["folder"])), settings, drivers=[], passphrase=PASSPHRASE, drive=drive))


def read_everywhere(station: Any) -> dict[str, int]:
    """Give every reading worker a page; the processes by name."""
    specimen = SPECIMEN.read_bytes()
    names = [f"reading worker {n + 1}" for n in range(len(os.sched_getaffinity(0)))]
    done = threading.Semaphore(0)
    for _ in names:
        station.workers.read(specimen, lambda _reading: done.release())
    for _ in names:
        done.acquire()
    return dict(zip(names, station.workers.process_ids(), strict=True))


def tell(process_events: Callable[[], None], work: Callable[[], dict[str, int]]) -> None:
    """Say that the window is usable, then which processes there are, and stay until the parent has looked."""
    process_events()
    print(time.monotonic(), flush=True)
    print(json.dumps(work()), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
