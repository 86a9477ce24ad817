"""Ten thousand dossiers that wait: how long does the first full sync take, and does the officer's screen ever stall?

    python -m bench.full_sync [--count 10000] [--page-bytes 20000] [--seconds 3600] [--folder /dev/shm]

A real hub in a process of its own, and the real program with its windows (offscreen), its encrypted store and its sync
thread; «Hàng gửi» is opened and stands in front. The dossiers are invented; their bodies are whole, as the contract has
them, and one to four pages go with most of them. A stall is a gap between two ticks of a timer of 5 ms on the screen's
thread; of the longest it is said how much of it the program itself was at work, in all its threads: the rest belongs to
whoever else was using the machine, of whom a process beside it that only waits tells a part. Then polls for changes
that tell nothing new, in milliseconds and in bytes of HTTP each way (without TCP and TLS).

On a folder in memory the disks of neither side count, on any other both do.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psutil

from bench.dossier_rows import STATION
from bench.start_and_memory import PASSPHRASE, TOKEN, hub
from bench.waiting_dossiers import fill
from station.app import Station, open_keys
from station.paths import DataFolder
from station.settings import Settings
from station.sync.hub_client import HubClient

if TYPE_CHECKING:
    from station.sync.thread import SyncThread
    from station.ui.screens import Screens
    from station.ui.session import Session

TICK = 0.005
STALL = 0.1
CONTROL = f"""
import select, sys, time
longest, stalls, last = 0.0, 0, time.perf_counter()
while not select.select([sys.stdin], [], [], {TICK})[0]:
    now = time.perf_counter()
    longest, stalls, last = max(longest, now - last), stalls + (now - last > {STALL}), now
print(f"a process beside it that only waits: longest gap {{1000 * longest:.0f}} ms, longer than {STALL} s: {{stalls}}")
"""
"""How late this machine, which others may be using, wakes up anybody."""
QUIET = 5.0
"""Seconds with nothing to send, measured the same way before: what opening the page does, and the machine by itself."""
EVERY = 60.0
"""Seconds between two lines that say how far it is."""
POLLS = 20
IDLE = 5.0
"""Seconds until the client lets its connection go: switched off, the thread leaves the client to the polls."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--page-bytes", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3600.0, help="stop there, and say how far it got")
    parser.add_argument("--folder", type=Path, help="where both sides keep everything meanwhile")
    told = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if told.folder:
        told.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=told.folder) as root:
        place = Path(root) / "hub"
        place.mkdir()
        (place / "hub.toml").write_text(f"[quotas]\nevents_a_minute = {100 * told.count}\n", encoding="utf-8")
        measure(told, Path(root))


def measure(told: argparse.Namespace, root: Path) -> None:
    with hub(root / "hub") as (process, enrolment):
        folder = DataFolder(root / "station")
        folder.root.mkdir()
        began = time.perf_counter()
        filled = fill(folder, open_keys(folder, PASSPHRASE), told.count, told.page_bytes)
        print(
            f"{filled.dossiers} dossiers with {filled.pages} pages of {filled.bytes_of_pages / 1e6:.0f} MB written in "
            f"{time.perf_counter() - began:.0f} s",
            flush=True,
        )
        settings = Settings(
            station=STATION,
            practice=True,
            hub_url=enrolment["url"],
            hub_token=TOKEN,
            hub_key=enrolment["key"],
        )
        run_station(folder, settings, told.count, told.seconds)
        used = psutil.Process(process.pid).cpu_times()
        print(f"{used.user + used.system:.0f} s of CPU in the hub's process")


class Watch:
    """Lets the screen live, and takes down each gap between two ticks.

    As bare numbers: an object a tick would be searched for garbage, and be the stall that it is to find.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._gaps: list[float] = []
        self._at_work: list[float] = []
        """What this program's threads used of the processors in each gap, in seconds, too."""
        self._last, self._used = time.perf_counter(), time.process_time()
        self._timer = QTimer(interval=round(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def live(self, most: float, sync: SyncThread | None = None) -> None:
        """For so many seconds, or until all is received that `sync` has in hand."""
        from PySide6.QtWidgets import QApplication

        began = told = self._last = time.perf_counter()
        self._used = time.process_time()
        self._gaps.clear()
        self._at_work.clear()
        self._timer.start()
        while (now := time.perf_counter()) - began < most:
            QApplication.processEvents()
            time.sleep(0.001)
            # Not asked of the store: this is the screen's thread.
            left = len(sync._loop.state.items) + len(sync._loop._unlisted) if sync else 1
            if now - began > 1.0 and not left:
                break
            if sync and now - told > EVERY:
                told = now
                print(f"{now - began:6.0f} s: {left} wait", flush=True)
        self._timer.stop()

    def tell(self, name: str) -> None:
        ordered = sorted(self._gaps)
        longest, at_work = max(zip(self._gaps, self._at_work, strict=True))
        over = [work for gap, work in zip(self._gaps, self._at_work, strict=True) if gap > STALL]
        print(
            f"{name:10} longest gap {1000 * longest:.0f} ms ({1000 * at_work:.0f} ms of them at work), "
            f"99 % {1000 * ordered[int(len(ordered) * 0.99)]:.0f} ms, "
            f"median {1000 * statistics.median(ordered):.0f} ms; "
            f"over {1000 * STALL:.0f} ms: {len(over)} of {len(ordered)}",
            flush=True,
        )
        if over:
            busy = sum(work > STALL for work in over)
            print(f"{'':10} at work in one of these {1000 * max(over):.0f} ms at most, longer than {STALL} s in {busy}")

    def _tick(self) -> None:
        now, used = time.perf_counter(), time.process_time()
        self._gaps.append(now - self._last)
        self._at_work.append(used - self._used)
        self._last, self._used = now, used


def run_station(folder: DataFolder, settings: Settings, count: int, longest: float) -> None:
    """The program with its windows: the page is opened, then the full sync, then the polls."""
    from station.program import run

    def drive(station: Station, _session: Session, screens: Screens) -> int:
        assert station.sync
        sync, watch = station.sync, Watch()
        sync.online = False
        screens.counter.above.open_province()
        watch.live(QUIET)
        watch.tell("opening")
        meter = sync._loop._meter
        before, cpu = meter.bytes, time.process_time()
        sync.online = True
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", CONTROL], stdin=subprocess.PIPE) as control:
            watch.live(longest, sync)
            control.communicate(b"\n")
        seconds = time.perf_counter() - began
        watch.tell("full sync")
        waiting, refused, _ = station.store.outbox.backlog()
        used = time.process_time() - cpu
        print(
            f"{count - waiting} dossiers in {seconds:.0f} s, {(count - waiting) / seconds:.1f} a second; "
            f"{used:.0f} s of CPU in the station's process"
        )
        print(f"waiting {waiting}, refused {refused}; {(meter.bytes - before) / 1e6:.1f} MB of bodies, both ways")
        sync.online = False
        poll(sync)
        return 0

    status = run(folder, settings, drivers=[], passphrase=PASSPHRASE, drive=drive)
    if status:
        sys.exit(status)


def poll(sync: SyncThread) -> None:
    """Ask for changes that are not there with the station's own client: the time, and the bytes of HTTP."""
    sizes = (0, 0)

    def count(response: httpx.Response) -> None:
        nonlocal sizes
        asked = response.request
        first = len(f"{asked.method} {asked.url.raw_path.decode()} HTTP/1.1\r\n")
        answered = len(f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n")
        sizes = first + _headers(asked.headers), answered + _headers(response.headers)

    client = sync._loop._hub
    assert isinstance(client, HubClient)
    client._http.event_hooks = {"response": [count]}
    time.sleep(IDLE)
    took = []
    for _ in range(POLLS):
        began = time.perf_counter()
        assert client.changes(0) is None
        took.append(time.perf_counter() - began)
    print(
        f"a poll that tells nothing new: {sizes[0]} bytes there, {sizes[1]} back; "
        f"median {1000 * statistics.median(took):.0f} ms, longest {1000 * max(took):.0f} ms"
    )


def _headers(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.raw) + 2


if __name__ == "__main__":
    main()
