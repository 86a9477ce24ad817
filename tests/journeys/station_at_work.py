"""A station without windows, as a process: it does what each line on stdin asks, and says on stdout what happened.

    python tests/journeys/station_at_work.py DATA TRAY

Every line is a JSON object. `{"do": "scan"}` is answered by one `captured` line a page, written the moment the deed
announces the page, and like every command by a last line `{"done": ...}`, or `{"error": code}`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from station import log
from station.app import Station, build, open_keys
from station.dossier.capture import ScanJob
from station.dossier.confirmation import unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.dossier.page import Page
from station.errors import StationError, StoreError
from station.language import Language
from station.paths import DataFolder
from station.scan.devices.tray import Tray
from station.settings import Settings
from station.ui.crash_dialog import log_bug
from station.ui.province.restored_words import restored_words
from tests.people import sit_down

PASSPHRASE = "mật khẩu của trạm mẫu"
OFFICER = "canbo.mau"
SHEET_AFTER = 0.12
"""Seconds between two sheets of the tray."""

Told = dict[str, Any]


def main(data: str, tray: str) -> None:
    folder = DataFolder(Path(data))
    log.start(folder.logs)
    keys = open_keys(folder, PASSPHRASE)
    settings = replace(Settings.load(folder.settings), practice=True)  # its hub is on this machine, without TLS
    station = sit_down(build(folder, settings, keys, Language.load(), [Tray(Path(tray), "", SHEET_AFTER)]))
    station.start()
    officer = Officer(station)
    say(ready=True)
    try:
        for line in sys.stdin:
            told = json.loads(line)
            try:
                say(done=officer.do(told.pop("do"), told))
            except StationError as error:
                say(error=error.code)
    finally:
        station.close()


class Officer:
    """Who sits at this counter, with one dossier at a time before them."""

    def __init__(self, station: Station) -> None:
        self._station, self._desk = station, station.desk
        self._dossier_id = ""
        self._read = threading.Condition()

    def do(self, deed: str, told: Told) -> object:
        deeds: dict[str, Callable[..., object]] = {
            "open": self.open,
            "opened_by": self.opened_by,
            "take_up": self.take_up,
            "identify": self.identify,
            "identify_by_hand": self.identify_by_hand,
            "scan": self.scan,
            "add_file": self.add_file,
            "wait_read": self.wait_read,
            "set_kinds": self.set_kinds,
            "type": self.type,
            "note_papers": self.note_papers,
            "check_all": self.check_all,
            "confirm_all": self.confirm_all,
            "seal": self.seal,
            "switch": self.switch,
            "write_parcel": self.write_parcel,
            "take_answer": self.take_answer,
            "learn_key": self.learn_key,
            "change_access": self.change_access,
            "restored": self.restored,
            "state": self.state,
            "look_up": self.look_up,
            "stumble": self.stumble,
            "trail": self.trail,
            "workers": self._station.workers.process_ids,
        }
        return deeds[deed](**told)

    @property
    def dossier(self) -> Dossier:
        return self._desk.dossiers.get(self._dossier_id)

    def open(self, procedure: str) -> str:
        self._dossier_id = self._desk.open_dossier(procedure, OFFICER).id
        return self._dossier_id

    def opened_by(self) -> Told:
        """The version of the procedure that the dossier goes by."""
        procedure = self._desk.procedures.get(self.dossier.procedure_code, self.dossier.procedure_version)
        return {"version": procedure.version, "short_name": procedure.short_name}

    def take_up(self, dossier: str) -> None:
        """Go on with a dossier that is open from before."""
        self._dossier_id = dossier

    def identify(self, picture: str) -> str | None:
        content = Path(picture).read_bytes()
        return self._desk.identify_person.by_image(self._dossier_id, content, OFFICER).person_id

    def identify_by_hand(self, **values: str) -> str | None:
        return self._desk.identify_person.by_hand(self._dossier_id, values, OFFICER).person_id

    def scan(self, read: bool = False) -> int:
        job = ScanJob("tray", "adf")
        captured = self._announcer(read)
        return self._desk.scan_pages(self._dossier_id, job, OFFICER, captured, threading.Event())

    def add_file(self, file: str, read: bool = False) -> int:
        content, name = Path(file).read_bytes(), Path(file).name
        return self._desk.scan_pages.from_file(self._dossier_id, content, name, OFFICER, self._announcer(read))

    def wait_read(self) -> None:
        with self._read:
            if not self._read.wait_for(lambda: all(page.read for page in self.dossier.pages), 200):
                raise TimeoutError("the pages were not read")

    def set_kinds(self, kinds: Sequence[str]) -> None:
        for page, kind in zip(self.dossier.pages, kinds, strict=True):
            self._desk.assign_kind(self._dossier_id, page.id, kind, OFFICER)

    def type(self, page: int, key: str, value: str) -> None:
        """A value that stands on the page of this number."""
        page_id = self.dossier.pages[page - 1].id
        self._desk.correct_field.add(self._dossier_id, page_id, key, value, OFFICER)

    def note_papers(self) -> None:
        for paper in self._desk.procedures.get(self.dossier.procedure_code).papers:
            if paper.required:
                self._desk.note_paper(self._dossier_id, paper.key, True, OFFICER)

    def check_all(self) -> int:
        """Every value that stands in the way of the seal is compared with the paper and found right."""
        doubtful = ("value.contradicted", "value.unchecked", "value.disputed")
        found = [one for one in self._desk.seal_dossier.findings(self.dossier) if one.code in doubtful]
        for finding in found:
            self._desk.check_field(self._dossier_id, finding.entry_id or "", OFFICER)
        return len(found)

    def confirm_all(self) -> int:
        asked = 0
        while waiting := unanswered(self.dossier):
            self._desk.confirm_by_citizen(self._dossier_id, waiting[0].id, waiting[0].value, Verdict.RIGHT)
            asked += 1
        return asked

    def seal(self) -> str | None:
        """The receipt is made as well, as it is at a counter."""
        number = self._desk.seal_dossier(self._dossier_id, OFFICER, despite_warnings=True).number
        self._desk.make_receipt(self._dossier_id)
        return number

    def look_up(self) -> int:
        """Search for the person by everything that is known of them; how often they are found."""
        words = (entry.value for entry in self.dossier.entries if entry.page_id is None)
        return sum(len(self._desk.see.find(each, OFFICER, 10)) for each in words)

    def stumble(self) -> None:
        """Mistakes of the program that quote the person, told in every way that the program has."""
        for entry in self.dossier.entries:
            try:
                int(f"{entry.value}?")
            except ValueError as error:
                logging.getLogger("station.stumble").exception("a deed failed")
                log_bug(type(error), error.__traceback__)

    def trail(self) -> str:
        """The audit trail as it would be exported."""
        return "\n".join(self._station.store.audit.export(self._station.settings.station))

    def write_parcel(self, folder: str) -> list[str]:
        return list(self._desk.courier.write_parcel(Path(folder), OFFICER).files)

    def take_answer(self, file: str) -> Told:
        taken = self._desk.courier.take_answer(Path(file), OFFICER)
        return {"received": taken.received, "refused": taken.refused, "waiting": taken.waiting}

    def learn_key(self, file: str) -> None:
        self._desk.courier.learn_key(Path(file), OFFICER)

    def change_access(self) -> bool:
        """Take another key and another token; whether the hub has still to hear of them."""
        self._station.store.hub_access.want_change(fresh=True)
        return self._station.store.hub_access.change_wanted()

    def restored(self) -> Told:
        """What the page «Hàng gửi» would say of a hub that was brought back, and how the change of keys stands."""
        told = self._desk.hub.restored()
        return {
            "sentence": restored_words(told, self._desk.queue.now(), Language.load()),
            "change_wanted": self._station.store.hub_access.change_wanted(),
        }

    def switch(self, online: bool, limit: int | None = None) -> None:
        """`limit`: the most bytes of pages a second."""
        self._desk.connection.limit(limit)
        self._desk.connection.switch(online=online)

    def state(self) -> list[Told]:
        """Every dossier, oldest first, its pages as they can be read back now."""
        return [self._told(self._desk.dossiers.get(one.id)) for one in reversed(self._desk.dossiers.find())]

    def _told(self, dossier: Dossier) -> Told:
        known = self._desk.dossiers.progress(dossier.id)
        progress = self._desk.connection.seen(known) if known else None
        return {
            "id": dossier.id,
            "state": dossier.state.value,
            "number": dossier.number,
            "person_id": dossier.person_id,
            "pages": [
                {
                    "id": page.id,
                    "number": page.number,
                    "sha256": page.sha256,
                    "read_back": hashlib.sha256(self._desk.pages.read(page.sha256)).hexdigest(),
                }
                for page in dossier.pages
            ],
            "delivery": progress.delivery.value if progress else None,
            "reason": progress.reason if progress else None,
            "hub_number": progress.receipt.hub_number if progress and progress.receipt else None,
        }

    def _announcer(self, read: bool) -> Callable[[Page], None]:
        dossier_id = self._dossier_id

        def captured(page: Page) -> None:
            say(captured={"id": page.id, "number": page.number, "sha256": page.sha256})
            if read:
                self._desk.read_page(dossier_id, page.id, page.sha256, self._on_read, self._on_unkept)

        return captured

    def _on_unkept(self, error: StoreError) -> None:
        say(unkept=error.code)

    def _on_read(self, _dossier: Dossier) -> None:
        with self._read:
            self._read.notify_all()


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
