"""Everything that a counter writes, stage by stage: two visits of one citizen, from the first page to the hub's
receipt, and a dossier that comes to nothing.

Each deed is told before it is called and, with what it left behind, once it has returned: what was told is promised.
A stage that was interrupted is gone through again after the restart, as an officer would take up the dossier: every
stage looks at what there is. A deed that the disk refused is told as such and tried again until there is room.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar

from station.actions.change import Change
from station.actions.read_page import ReadPage
from station.app import Station
from station.clock import SystemClock
from station.dossier.capture import ScanJob
from station.dossier.confirmation import unanswered
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.dossier.fees import Quantity
from station.dossier.page import Page
from station.dossier.reuse import REUSE
from station.dossier.service import PaymentMethod
from station.dossier.showing import SIGNING, Shown, ShownValue
from station.errors import StationError
from station.store.keys import Keys

from .counter import CARD, OFFICER, Place, PromptReader, Sheets, at_work, sheet
from .writes import Tell, Told

COPIES = "2.000815"
FIRST, GIVEN_UP, SECOND = "first", "given up", "second"
SHEETS = {FIRST: 1, GIVEN_UP: 2, SECOND: 6}
PATIENCE = 60.0
"""Seconds in which a disk has room again, or the hub has answered."""
STATEMENT = Shown(SIGNING, "vi", (ShownValue("", "Lời xác nhận", "Thông tin đã kiểm tra là đúng."),))
_DOUBTFUL = ("value.contradicted", "value.unchecked", "value.disputed")

Result = TypeVar("Result")


def work(
    place: Place,
    day: str,
    tell: Tell,
    keys: Keys | None = None,
    done: Collection[str] = (),
    dossiers: Mapping[str, str] | None = None,
) -> None:
    """The day from the first stage that is not `done`; `dossiers` are those of its visits so far."""
    sheets = Sheets()
    tell({"doing": "start"})
    began = time.perf_counter()
    with at_work(place, sheets, keys) as station:
        station.start()
        tell({"done": "start", "seconds": time.perf_counter() - began})
        full_day = FullDay(station, sheets, day, tell, dict(dossiers or {}))
        for name, stage in full_day.stages():
            if name not in done:
                stage()
                tell({"stage": name})
        tell({"doing": "close"})
    tell({"stage": "close"})


def state_of(dossier: Dossier) -> Told:
    """A dossier as it stands: what must be found again."""
    whole = hashlib.sha256(repr(dossier).encode()).hexdigest()
    pages = [page.sha256 for page in dossier.pages]
    return {"dossier": dossier.id, "version": dossier.version, "whole": whole, "pages": pages}


class FullDay:
    def __init__(self, station: Station, sheets: Sheets, day: str, tell: Tell, dossiers: dict[str, str]) -> None:
        self._station, self._desk, self._sheets, self._day, self._tell = station, station.desk, sheets, day, tell
        self._dossiers, self._visit = dossiers, FIRST
        self._read = ReadPage(Change(station.desk.dossiers, SystemClock()), station.desk.pages, PromptReader())
        self._moved = threading.Event()
        self._desk.connection.on_progress(lambda _dossier: self._moved.set())
        self._desk.connection.switch(online=False)

    def stages(self) -> list[tuple[str, Callable[[], None]]]:
        """In the order of the day."""
        short: tuple[Callable[[], None], ...] = (self._open, self._identify, self._scan)
        end: tuple[Callable[[], None], ...] = (self._note_papers, self._settle, self._seal, self._deliver)
        between: tuple[Callable[[], None], ...] = (
            self._remove_and_undo,
            self._scan_again,
            self._sort,
            self._correct,
            self._park,
            self._reuse,
            self._pay,
            self._sign,
        )
        visits = {
            FIRST: (*short, *end),
            GIVEN_UP: (self._open, self._scan, self._discard),
            SECOND: (*short, *between, *end, self._rate),
        }
        return [
            (f"{visit}:{stage.__name__.strip('_')}", partial(self._in, visit, stage))
            for visit, stages in visits.items()
            for stage in stages
        ]

    def _in(self, visit: str, stage: Callable[[], None]) -> None:
        self._visit = visit
        stage()

    def _open(self) -> None:
        if self._visit in self._dossiers:
            return
        known = set(self._dossiers.values())
        found = [one.id for one in self._desk.dossiers.find() if one.id not in known]
        if not found:
            self._tell({"doing": "open"})
            found = [self._until_there_is_room(lambda: self._desk.open_dossier(COPIES, OFFICER).id)]
        self._dossiers[self._visit] = found[0]
        self._tell({"done": "open", "visit": self._visit, **state_of(self._now)})

    def _identify(self) -> None:
        self._do("identify", lambda: self._desk.identify_person.by_payload(self._id, CARD, OFFICER))

    def _scan(self) -> None:
        """Sheets out of the feeder: each page is promised as it is announced."""
        there = {page.sha256 for page in self._now.pages}
        sheets = [sheet(f"{self._day} {self._visit} {number}") for number in range(SHEETS[self._visit])]
        self._sheets.sheets = [one for one in sheets if hashlib.sha256(one).hexdigest() not in there]
        scanning = {"doing": "scan", "dossier": self._id}

        def captured(page: Page) -> None:
            self._tell({"captured": page.sha256, **state_of(self._now)})
            self._tell(scanning)

        self._tell(scanning)
        job, never = ScanJob("sheets", "adf"), threading.Event()
        while self._sheets.sheets:
            self._until_there_is_room(lambda: self._desk.scan_pages(self._id, job, OFFICER, captured, never))
        self._tell({"done": "scan", **state_of(self._now)})
        self._read_pages()

    def _read_pages(self) -> None:
        for page in self._now.pages:
            if not page.read:
                self._do("read_page", partial(self._read_page, page))

    def _read_page(self, page: Page) -> None:
        failures: list[StationError] = []
        self._read(self._id, page.id, page.sha256, lambda _dossier: None, failures.append)
        if failures:
            raise failures[0]

    def _remove_and_undo(self) -> None:
        if len(self._now.pages) < SHEETS[SECOND]:  # struck between the two before: what was removed stays so
            return
        page = self._now.pages[-1]
        self._do("remove_page", lambda: self._desk.remove_page(self._id, page.id, page.sha256, OFFICER))
        self._do("undo", lambda: self._desk.queue.undo(self._id, OFFICER))

    def _scan_again(self) -> None:
        fresh = sheet(f"{self._day} again")
        if hashlib.sha256(fresh).hexdigest() not in {page.sha256 for page in self._now.pages}:
            self._sheets.sheets = [fresh]
            page, job = self._now.pages[-2], ScanJob("sheets", "adf")
            again = partial(self._desk.scan_pages.again, self._id, page, job, OFFICER)
            self._do("replace_page", lambda: again(lambda _page: None, threading.Event()))
        self._read_pages()

    def _sort(self) -> None:
        first, second, third = self._now.pages[:3]
        kind = "marriage_certificate"
        self._do("assign_kind", lambda: self._desk.assign_kind(self._id, third.id, kind, OFFICER))
        self._do("join_pages", lambda: self._desk.join_pages(self._id, second.id, first.id, OFFICER))

    def _correct(self) -> None:
        desk, page = self._desk, self._now.pages[0].id
        name, number, phone = f"{page}/subject.full_name", f"{page}/number", "person/phone"
        self._do("correct_field", lambda: desk.correct_field(self._id, name, "Nguyễn Thị Đặng", OFFICER))
        self._do("undo", lambda: desk.queue.undo(self._id, OFFICER))
        self._do("correct_back", lambda: desk.correct_field(self._id, name, "Nguyễn Thị Đăng", OFFICER))
        self._do("check_field", lambda: desk.check_field(self._id, number, OFFICER))
        if all(entry.id != phone for entry in self._now.entries):
            self._do("add_field", lambda: desk.correct_field.add(self._id, None, "phone", "0912000456", OFFICER))

    def _park(self) -> None:
        self._do("park", lambda: self._desk.queue.park(self._id, "chờ bản chính", OFFICER))
        self._do("resume", lambda: self._desk.queue.park.resume(self._id, OFFICER))

    def _reuse(self) -> None:
        reuse = self._desk.reuse
        self._do("consent", lambda: reuse.consent(self._id, REUSE, given=True, by=OFFICER))
        for paper in reuse.offer(self._now).offered:
            self._do("reuse_page", partial(reuse.reuse_page, self._id, paper, OFFICER))

    def _pay(self) -> None:
        service = self._desk.service
        payment = self._now.payment
        if payment is not None and payment.paid:
            return
        fees = [Quantity(self._desk.procedures.get(COPIES).fees[0].key, 5)]
        self._do("charge_fees", lambda: service.charge_fees(self._id, fees, OFFICER))
        payment = self._now.payment
        assert payment is not None
        pay = partial(service.record_payment, self._id, PaymentMethod.CASH, payment.total, OFFICER)
        self._do("record_payment", pay)

    def _sign(self) -> None:
        drawing = b"\x89PNG" + sheet(f"{self._day} signature")[:3000]
        self._do("sign", lambda: self._desk.service.sign_on_screen(self._id, drawing, STATEMENT))

    def _note_papers(self) -> None:
        for paper in self._desk.procedures.get(COPIES).papers:
            if paper.required:
                self._do("note_paper", partial(self._desk.note_paper, self._id, paper.key, True, OFFICER))

    def _settle(self) -> None:
        """Everything that stands in the way of the seal is looked at, and the citizen asked about every value."""
        desk = self._desk
        for finding in desk.seal_dossier.findings(self._now):
            if finding.code in _DOUBTFUL:
                self._do("check_field", partial(desk.check_field, self._id, finding.entry_id or "", OFFICER))
        while waiting := unanswered(self._now):
            entry = waiting[0]
            self._do("confirm", partial(desk.confirm_by_citizen, self._id, entry.id, entry.value, Verdict.RIGHT))

    def _seal(self) -> None:
        if self._now.state is State.OPEN:
            self._do("seal", lambda: self._desk.seal_dossier(self._id, OFFICER, despite_warnings=True))

    def _discard(self) -> None:
        if self._now.state is State.OPEN:
            self._do("discard", lambda: self._desk.discard_dossier(self._id, OFFICER))

    def _deliver(self) -> None:
        """Until the hub's receipt is kept; nothing where there is no hub."""
        if not self._desk.connection.link().paired:
            return
        self._tell({"doing": "deliver"})
        self._desk.connection.switch(online=True)
        number = delivered(self._station, self._id, self._moved)
        self._desk.connection.switch(online=False)
        self._tell({"received": self._id, "hub_number": number})

    def _rate(self) -> None:
        self._tell({"doing": "rate"})
        self._until_there_is_room(lambda: self._desk.service.rate_service(self._id, 5))
        self._tell({"rated": self._id})

    @property
    def _id(self) -> str:
        return self._dossiers[self._visit]

    @property
    def _now(self) -> Dossier:
        return self._until_there_is_room(lambda: self._desk.dossiers.get(self._id))

    def _do(self, name: str, deed: Callable[[], object]) -> None:
        self._tell({"doing": name, "dossier": self._id})
        self._until_there_is_room(deed)
        self._tell({"done": name, **state_of(self._now)})

    def _until_there_is_room(self, deed: Callable[[], Result]) -> Result:
        last = time.monotonic() + PATIENCE
        while True:
            try:
                return deed()
            except StationError as error:
                if time.monotonic() > last or not error.code.startswith(("store.", "guard.")):
                    raise
                self._tell({"failed": error.code})
                time.sleep(0.02)


def delivered(station: Station, dossier: str, moved: threading.Event) -> str:
    """Wait until the hub has it, and say what the hub calls it."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        moved.clear()
        with suppress(StationError):
            progress = station.desk.dossiers.progress(dossier)
            if progress is not None and progress.delivery is Delivery.RECEIVED:
                return progress.hub_number
        if not moved.wait(0.2) and station.sync is not None:
            station.sync.wake()
    raise TimeoutError("the hub never answered")
