"""Ten thousand dossiers that wait: how long does the first full sync take, and does the officer's screen ever stall?

    python -m bench.full_sync [--count 10000] [--pages 1] [--page-bytes 2000] [--seconds 600]

A real hub in a process of its own, and the real program with its windows (offscreen), its encrypted store and its sync
thread; «Hàng gửi» stands in front. The dossiers are invented and written table by table; their bodies are whole, as the
contract has them, but their pages are small: what is measured is the work, not a disk. A stall is a gap between two
ticks of a timer of 5 ms on the screen's thread. Then one poll for changes that tells nothing new, in bytes of HTTP each
way (without TCP and TLS).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sql

from bench.dossier_rows import BATCH, STATION
from bench.start_and_memory import PASSPHRASE, ROOT, TOKEN, hub
from station.app import Station, open_keys
from station.clock import VIETNAM
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier, State
from station.dossier.page import Page
from station.paths import DataFolder
from station.settings import Settings
from station.store import schema
from station.store.rows import dossier_rows
from station.store.store import Store
from station.sync.hub_client import HubClient
from station.sync.request_signature import RequestSigner

EXAMPLE = ROOT / "contract" / "v1" / "examples" / "deliver-without-pages.json"
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
"""Seconds with nothing to send, measured the same way before: what this machine does by itself."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=1)
    parser.add_argument("--page-bytes", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=3600.0, help="stop there, and say how far it got")
    told = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as root:
        place = Path(root) / "hub"
        place.mkdir()
        (place / "hub.toml").write_text(f"[quotas]\nevents_a_minute = {100 * told.count}\n", encoding="utf-8")
        measure(told, Path(root))


def measure(told: argparse.Namespace, root: Path) -> None:
    with hub(root / "hub") as (_, enrolment):
        folder = DataFolder(root / "station")
        began = time.perf_counter()
        with unsynced():
            fill(folder, told.count, told.pages, told.page_bytes)
        print(f"{told.count} dossiers of {told.pages} pages written in {time.perf_counter() - began:.0f} s", flush=True)
        settings = Settings(
            station=STATION,
            practice=True,
            hub_url=enrolment["url"],
            hub_token=TOKEN,
            hub_key=enrolment["key"],
        )
        run_station(folder, settings, told.count, told.seconds)


@contextmanager
def unsynced() -> Iterator[None]:
    """What is filled in need not survive a power cut."""
    fsync = os.fsync
    os.fsync = lambda fd: None  # noqa: ARG005 – its name
    try:
        yield
    finally:
        os.fsync = fsync


def fill(folder: DataFolder, count: int, pages: int, page_bytes: int) -> None:
    """As many sealed dossiers that wait, oldest first."""
    model = json.loads(EXAMPLE.read_text(encoding="utf-8"))["exchanges"][0]["request"]["json"]["events"][0]
    now = datetime.now(VIETNAM)
    contents = random.Random(count)  # noqa: S311 – the same bytes every time
    folder.root.mkdir(parents=True, exist_ok=True)
    keys = open_keys(folder, PASSPHRASE)
    with Store.open(folder, keys, lambda: now) as store:
        for first in range(1, count + 1, BATCH):
            serials = range(first, min(first + BATCH, count + 1))
            dossiers = {}
            for serial in serials:
                images = [contents.randbytes(page_bytes) for _ in range(pages)]
                dossiers[serial] = _dossier(serial, count, now, model, images)
                for image in images:
                    store.pages.keep(image, dossiers[serial].id)
            with store._database.writing() as connection:
                dossier_rows.insert_all(connection, dossiers)
                connection.execute(sql.insert(schema.outbox), [_event(*one, model) for one in dossiers.items()])
                waiting = {"station": STATION, "delivery": Delivery.WAITING.value}
                connection.execute(sql.insert(schema.delivery), [{**waiting, "seq": serial} for serial in serials])


def _dossier(serial: int, count: int, now: datetime, model: dict[str, Any], images: list[bytes]) -> Dossier:
    opened = now - timedelta(minutes=count - serial + 10)
    return Dossier(
        id=f"{serial:032x}",
        procedure_code=model["body"]["procedure"]["code"],
        procedure_version="bench",
        opened_by="canbo.mau",
        opened_at=opened,
        state=State.SEALED,
        version=3,
        pages=tuple(
            Page(
                f"p{serial}-{number}",
                number,
                hashlib.sha256(image).hexdigest(),
                len(image),
                "image/jpeg",
                "sane",
                opened,
            )
            for number, image in enumerate(images, 1)
        ),
        number=f"TAM.{STATION}-{opened:%y%m%d}-{serial:06d}",
        sealed_by="canbo.mau",
        sealed_at=opened + timedelta(minutes=8),
        due_at=opened + timedelta(days=random.Random(serial).choice((1, 3, 15))),  # noqa: S311
    )


def _event(serial: int, dossier: Dossier, model: dict[str, Any]) -> dict[str, Any]:
    pages = [page.sha256 for page in dossier.pages]
    assert dossier.sealed_at
    assert dossier.due_at
    told = [
        {
            "number": page.number,
            "sha256": page.sha256,
            "size": page.size,
            "media_type": page.media_type,
            "origin": page.origin,
            "captured_at": page.captured_at.isoformat(),
            "kind": None,
            "kind_confidence": 0.0,
        }
        for page in dossier.pages
    ]
    body = {
        **model["body"],
        "number": dossier.number,
        "opened_at": dossier.opened_at.isoformat(),
        "sealed_at": dossier.sealed_at.isoformat(),
        "due_at": dossier.due_at.isoformat(),
        "pages": told,
    }
    return {"station": STATION, "seq": serial, "kind": "dossier.sealed", "dossier_id": dossier.id, "base_version": 0,
            "created_at": dossier.sealed_at, "body": body, "pages": pages}  # fmt: skip


def run_station(folder: DataFolder, settings: Settings, count: int, longest: float) -> None:  # noqa: PLR0915 – one story
    """The program with its windows: a quiet while, the full sync, then one poll."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from station.program import run
    from station.ui.screens import Screens
    from station.ui.session import Session

    def drive(station: Station, _session: Session, screens: Screens) -> int:
        gaps: list[float] = []
        last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

        assert station.sync
        sync = station.sync
        timer = QTimer(interval=round(TICK * 1000), timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)

        def watch(most: float, *, all_of_it: bool) -> list[float]:
            """Let the screen live for so many seconds, or until everything is received."""
            nonlocal last
            began = last = time.perf_counter()
            gaps.clear()
            timer.start()
            while True:
                QApplication.processEvents()
                time.sleep(0.001)
                now = time.perf_counter()
                if now - began > most:
                    break
                # Not asked of the store: this is the screen's thread.
                if all_of_it and now - began > 1.0 and not sync._loop.state.items:
                    break
            timer.stop()
            return list(gaps)

        screens.counter.above.open_province()
        sync.online = False
        tell("quiet", watch(QUIET, all_of_it=False))
        meter = sync._loop._meter
        before, cpu = meter.bytes, time.process_time()
        sync.online = True
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", CONTROL], stdin=subprocess.PIPE) as control:
            found = watch(longest, all_of_it=True)
            control.communicate(b"\n")
        seconds = time.perf_counter() - began
        tell("full sync", found)
        waiting, refused, _ = station.store.outbox.backlog()
        used = time.process_time() - cpu
        print(f"{count - waiting} dossiers in {seconds:.0f} s, {used:.0f} s of CPU in the station's process")
        print(f"waiting {waiting}, refused {refused}; {meter.bytes - before} bytes of bodies, both ways")
        sync.stop()
        sent, got = poll(settings, station)
        print(f"one poll that tells nothing new: {sent} bytes there, {got} back")
        return 0

    def tell(name: str, gaps: list[float]) -> None:
        ordered = sorted(gaps)
        print(
            f"{name:10} longest gap {1000 * ordered[-1]:.0f} ms, 99 % {1000 * ordered[int(len(gaps) * 0.99)]:.0f} ms, "
            f"median {1000 * statistics.median(gaps):.0f} ms; over {1000 * STALL:.0f} ms: "
            f"{sum(gap > STALL for gap in gaps)} of {len(gaps)}",
            flush=True,
        )

    status = run(folder, settings, drivers=[], passphrase=PASSPHRASE, drive=drive)
    if status:
        sys.exit(status)


def poll(settings: Settings, station: Station) -> tuple[int, int]:
    """Ask for changes once more with the station's own client; the bytes of HTTP there and back."""
    sizes = (0, 0)

    def count(response: httpx.Response) -> None:
        nonlocal sizes
        asked = response.request
        first = len(f"{asked.method} {asked.url.raw_path.decode()} HTTP/1.1\r\n")
        answered = len(f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n")
        sizes = first + _headers(asked.headers), answered + _headers(response.headers)

    signer = RequestSigner(station.store.request_keys.current(), lambda: datetime.now(VIETNAM))
    head = station.store.audit.head_to_tell
    client = HubClient(settings.hub_url, settings.hub_token, practice=True, signer=signer, head=head)
    client._http.event_hooks = {"response": [count]}
    assert client.changes(0) is None
    client.close()
    return sizes


def _headers(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.raw) + 2


if __name__ == "__main__":
    main()
