"""A counter behind the line, as a process: seals dossiers without a network, then sends until all are received.

    python -m tests.bad_link.counter [--hours H] -- FOLDER HUB_URL TOKEN KEY DOSSIERS PAGES BYTES

It says a JSON line once everything is sealed and waits for one on stdin before it goes on line; then one at each
change of trouble, and one at the end. `--hours`: the clock runs so fast that a real second is so many hours.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from station.actions.change import Change
from station.actions.read_page import ReadPage
from station.app import Station
from station.clock import SystemClock
from station.dossier.capture import ScanJob
from station.dossier.confirmation import unanswered
from station.dossier.delivery import Delivery
from station.dossier.entry import Verdict
from station.sync.thread import SyncThread
from tests.faults.counter import CARD, OFFICER, Place, PromptReader, Sheets, at_work

COPIES = "2.000815"
_DOUBTFUL = ("value.contradicted", "value.unchecked", "value.disputed")


def main() -> None:
    told = _told()
    if told.hours:
        _hurry(told.hours * 3600)
    sheets = Sheets()
    with at_work(Place(told.folder, "T01", told.url, told.token, told.key), sheets) as station:
        station.desk.connection.switch(online=False)
        sealed = [_serve(station, sheets, number, told.pages, told.bytes) for number in range(told.dossiers)]
        events = [json.dumps(event.body) for event in station.store.outbox.pending()]
        _say(sealed=sealed, payload=told.dossiers * told.pages * told.bytes + sum(map(len, events)))
        sys.stdin.readline()
        _send(station, sealed)


def _hurry(factor: float) -> None:
    """Let the station's clock run so much faster than the machine's, and its waits be over so much sooner."""
    began, ticking = SystemClock().now(), time.monotonic()
    waits = SyncThread._seconds_until

    def now(_clock: SystemClock) -> datetime:
        return began + timedelta(seconds=factor * (time.monotonic() - ticking))

    SystemClock.now = now  # type: ignore[method-assign]
    SyncThread._seconds_until = lambda thread, instant: waits(thread, instant) / factor  # type: ignore[method-assign]


def page(number: int, index: int, size: int) -> bytes:
    """A page like no other, which no compression makes smaller."""
    content = hashlib.shake_256(f"{number}/{index}".encode()).digest(size - 32)
    return b"\xff\xd8\xff\xe0MAU - SPECIMEN" + content[: size - 20] + b"\xff\xd9"


def _serve(station: Station, sheets: Sheets, number: int, pages: int, size: int) -> str:
    """One citizen, from the card to the seal; the dossier's id."""
    desk = station.desk
    dossier = desk.open_dossier(COPIES, OFFICER).id
    desk.identify_person.by_payload(dossier, CARD, OFFICER)
    sheets.sheets = [page(number, index, size) for index in range(pages)]
    desk.scan_pages(dossier, ScanJob("sheets", "adf"), OFFICER, lambda _page: None, threading.Event())
    read = ReadPage(Change(desk.dossiers, SystemClock()), desk.pages, PromptReader())
    for one in desk.dossiers.get(dossier).pages:
        read(dossier, one.id, one.sha256, lambda _dossier: None, lambda _error: None)
    for paper in desk.procedures.get(COPIES).papers:
        if paper.required:
            desk.note_paper(dossier, paper.key, True, OFFICER)
    for finding in desk.seal_dossier.findings(desk.dossiers.get(dossier)):
        if finding.code in _DOUBTFUL:
            desk.check_field(dossier, finding.entry_id or "", OFFICER)
    while waiting := unanswered(desk.dossiers.get(dossier)):
        desk.confirm_by_citizen(dossier, waiting[0].id, waiting[0].value, Verdict.RIGHT)
    desk.seal_dossier(dossier, OFFICER, despite_warnings=True)
    return dossier


def _send(station: Station, sealed: list[str]) -> None:
    moved = threading.Event()
    desk = station.desk
    desk.connection.on_progress(lambda _dossier: moved.set())
    station.start()
    desk.connection.switch(online=True)
    troubles: list[str] = []
    left = set(sealed)
    while left:
        moved.wait(0.1)
        moved.clear()
        trouble = desk.connection.link().trouble
        if trouble is not None and trouble not in troubles:
            troubles.append(trouble)
            _say(trouble=trouble)
        for dossier in list(left):
            progress = desk.dossiers.progress(dossier)
            if progress is not None and progress.delivery is Delivery.RECEIVED:
                left.remove(dossier)
    _say(received=len(sealed), troubles=troubles)


def _say(**told: Any) -> None:
    print(json.dumps(told), flush=True)


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    for name in ("url", "token", "key"):
        parser.add_argument(name)
    for name in ("dossiers", "pages", "bytes"):
        parser.add_argument(name, type=int)
    parser.add_argument("--hours", type=float, default=0.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
