"""The deeds over a real store, the real catalogue and the real calendar, at a time that the test says."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import event

from station import paths
from station.actions.add_page import AddPage
from station.actions.assign_kind import AssignKind
from station.actions.change import Change
from station.actions.charge_fees import ChargeFees
from station.actions.check_field import CheckField
from station.actions.choose_case import ChooseCase
from station.actions.confirm_by_citizen import ConfirmByCitizen
from station.actions.correct_field import CorrectField
from station.actions.discard_dossier import DiscardDossier
from station.actions.feedings import Feedings
from station.actions.forms_desk import FormsDesk
from station.actions.guard_work import GuardWork
from station.actions.history import History
from station.actions.identify_person import IdentifyPerson
from station.actions.join_pages import JoinPages
from station.actions.judge_page import JudgePage
from station.actions.keep_page import KeepPage
from station.actions.make_receipt import MakeReceipt, Office
from station.actions.note_paper import NotePaper
from station.actions.open_dossier import OpenDossier
from station.actions.outline_page import OutlinePage
from station.actions.permits import RolePermits
from station.actions.queue_desk import QueueDesk
from station.actions.read_page import ReadPage
from station.actions.rejoin_image import RejoinImage
from station.actions.remove_blank_pages import RemoveBlankPages
from station.actions.remove_page import RemovePage
from station.actions.replace_page import ReplacePage
from station.actions.reread_page import RereadPage
from station.actions.scan_pages import ScanPages
from station.actions.seal_dossier import SealDossier
from station.actions.split_paper import SplitPaper
from station.catalogue.calendar import load_calendar
from station.catalogue.procedures import Procedures
from station.clock import VIETNAM
from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.deadlines import WorkingCalendar
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry, Verdict
from station.dossier.fees import Quantity
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.people import Person, Role
from station.dossier.procedure import Per
from station.dossier.reading import PageReading, ReadField, Source, Status
from station.errors import StationError
from station.forms.folder import load_forms
from station.forms.form_writer import FormWriter
from station.paths import DataFolder
from station.scan.codes.code_reader import ImageCodeReader
from station.scan.papers.folder import load_papers
from station.store.keys import Keys, Secrets
from station.store.keys.signing import ReceiptSigner
from station.store.store import Store
from tests.people import attendance

OFFICER = "canbo.mau"
MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
BIRTH, COPIES = "1.001193", "2.000815"
CARD = "001199000123||Nguyễn Thị Đăng|05031999|Nữ|Thôn Mẫu, xã Mẫu, tỉnh Mẫu|01072024"
"""The QR of a card of nobody."""


class Clock:
    """Stands still until the test sets it."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> datetime:
        return self.time


class Sheets:
    """A scanner with these sheets in it; it fails after the last one where the test wants it to."""

    def __init__(self) -> None:
        self.sheets: list[bytes] = []
        self.failure: StationError | None = None

    def devices(self) -> list[Device]:
        return [Device("scanner", "Máy quét", "sheets")]

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        while self.sheets and not cancel.is_set():
            deliver(CapturedImage(self.sheets[0], "image/png", "sheets"))
            self.sheets.pop(0)  # taken once it is kept
        if self.failure:
            raise self.failure

    def open_file(self, content: bytes, name: str, deliver: Callable[[CapturedImage], None]) -> None:
        deliver(CapturedImage(content, "image/png", "file"))


class Reader:
    """Says at once what the test told it to."""

    def __init__(self) -> None:
        self.says: PageReading | StationError = PageReading("other", 0.9)
        self.early: PageReading | None = None
        self.seen: list[bytes] = []
        self.outlines: list[Outline | None] = []

    def read(
        self,
        content: bytes,
        done: Callable[[PageReading | StationError], None],
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        self.seen.append(content)
        self.outlines.append(outline)
        if self.early and early:
            early(self.early)
        done(self.says)


class Gate:
    """Passes every page but those of which the test told it what to say; the same bytes are the same page."""

    def __init__(self) -> None:
        self.says: dict[bytes, Judgement | StationError] = {}

    def judge(self, content: bytes, done: Callable[[Judgement | StationError], None]) -> None:
        done(self.says.get(content, Judgement((), hashlib.sha256(content).hexdigest())))

    def find_same(self, one: str, others: Sequence[str], done: Callable[[int | StationError | None], None]) -> None:
        done(others.index(one) if one in others else None)


# Read once: they never change, and reading them takes longer than most tests.
@cache
def _procedures() -> Procedures:
    return Procedures(paths.resources() / "procedures", load_papers(paths.resources() / "papers").kinds)


@cache
def _calendar() -> WorkingCalendar:
    return load_calendar(paths.resources() / "calendar")


@cache
def _forms() -> FormWriter:
    return FormWriter(paths.resources() / "fonts", load_forms(paths.resources() / "forms"))


@dataclass
class Counter:
    """Every deed at one counter, and what lies behind them."""

    store: Store
    clock: Clock = field(default_factory=Clock)
    sheets: Sheets = field(default_factory=Sheets)
    reader: Reader = field(default_factory=Reader)
    gate: Gate = field(default_factory=Gate)

    def __post_init__(self) -> None:
        self.dossiers = self.store.dossiers
        self.procedures = _procedures()
        self.calendar = _calendar()
        history = History()
        change = Change(self.dossiers, self.clock, history)
        self.permits = RolePermits(attendance(Person(OFFICER, "Cán bộ Mẫu", frozenset(Role))))
        self.guard = GuardWork(self.store, self.dossiers, self.clock, self.permits)
        self.queue = QueueDesk.over(change, history, self.store.pages, self.store.free_space)
        self.open = OpenDossier(self.dossiers, self.procedures, self.clock, self.guard)
        self.choose_case = ChooseCase(change, self.procedures)
        self.identify = IdentifyPerson(change, ImageCodeReader())
        self.add_page = AddPage(change, self.store.pages)
        self.scan = ScanPages(
            self.sheets, self.add_page, ReplacePage(change, self.store.pages), Feedings(self.dossiers, self.clock)
        )
        self.judge_page = JudgePage(change, self.store.pages, self.gate)
        self.read_page = ReadPage(change, self.store.pages, self.reader)
        self.keep_page, self.outline_page = KeepPage(change), OutlinePage(change)
        self.rejoin_image, self.reread_page = RejoinImage(change), RereadPage(change)
        self.remove_blank_pages = RemoveBlankPages(self.dossiers, change)
        self.correct, self.check = CorrectField(change), CheckField(change)
        self.confirm, self.assign_kind = ConfirmByCitizen(change), AssignKind(change)
        self.join_pages, self.split_paper = JoinPages(change), SplitPaper(change)
        self.note_paper, self.remove_page = NotePaper(change), RemovePage(change)
        self.discard = DiscardDossier(change, self.permits)
        self.charge_fees = ChargeFees(change, self.procedures)
        self.seal = SealDossier(self.dossiers, self.procedures, self.calendar, self.clock, "T01", self.guard)
        office = Office("ỦY BAN NHÂN DÂN XÃ MẪU", "Trung tâm Phục vụ hành chính công", attendance(), practice=False)
        forms = _forms()
        self.signer = ReceiptSigner(Secrets.derived_from(bytes(32)), "T01")
        self.receipt = MakeReceipt(self.dossiers, self.procedures, self.calendar, forms, office, self.signer)
        self.forms = FormsDesk.over(self.dossiers, self.procedures, self.clock, office, forms, self.receipt)

    def get(self, dossier: Dossier) -> Dossier:
        """As it stands in the store now."""
        return self.dossiers.get(dossier.id)

    def opened(self, procedure: str = COPIES) -> Dossier:
        return self.open(procedure, OFFICER)

    def identified(self, procedure: str = COPIES) -> Dossier:
        return self.identify.by_payload(self.opened(procedure).id, CARD, OFFICER)

    def page(self, dossier: Dossier, content: bytes = b"a page", reading: PageReading | None = None) -> Page:
        """A page that came in, and was read where there is a reading."""
        page = self.add_page(dossier.id, CapturedImage(content, "image/png", "sheets"), OFFICER)
        if reading is not None:
            self.reader.says = reading
            self.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
        return page

    def judged(self, dossier: Dossier, content: bytes, judgement: Judgement | None = None) -> Page:
        """A page that came in and was judged, as the test says or without a word against it."""
        page = self.page(dossier, content)
        if judgement is not None:
            self.gate.says[content] = judgement
        self.judge_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
        return self.get(dossier).page(page.id)

    def entry(self, dossier: Dossier, entry_id: str) -> Entry:
        return self.get(dossier).entry(entry_id)

    def ready(self, procedure: str = COPIES) -> Dossier:
        """Identified, every paper noted, every question answered: nothing but warnings is in the way of the seal."""
        dossier = self.identified(procedure)
        for paper in self.procedures.get(procedure).papers:
            if paper.required:
                dossier = self.note_paper(dossier.id, paper.key, True, OFFICER)
        if any(line.per is Per.PAGE for line in self.procedures.get(procedure).fees):
            dossier = self.charge_fees(dossier.id, [Quantity("pages", 1)], OFFICER)
        return self.answered(dossier)

    def answered(self, dossier: Dossier) -> Dossier:
        for entry in self.get(dossier).entries:
            dossier = self.confirm(dossier.id, entry.id, entry.value, Verdict.RIGHT)
        return dossier

    def deeds(self, dossier: Dossier) -> list[str]:
        """What the audit trail says was done, in no order."""
        return [entry.deed for entry in self.store.audit.entries(dossier.id)]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


@pytest.fixture
def counter(folder: DataFolder) -> Iterator[Counter]:
    with Store.open(folder, Keys.derived_from(secrets.token_bytes(32))) as store:
        yield Counter(store)


class CommitRefusedError(Exception):
    """The disk would not take it."""


@contextmanager
def commits_refused() -> Iterator[None]:
    """Every write of the deeds inside is made, and then cannot be committed."""

    def refuse(connection: sqlalchemy.Connection) -> None:
        if connection.get_execution_options().get("writes"):
            raise CommitRefusedError

    event.listen(sqlalchemy.Engine, "commit", refuse)
    try:
        yield
    finally:
        event.remove(sqlalchemy.Engine, "commit", refuse)


def read(key: str, value: str, status: Status = Status.ACCEPTED, source: Source = Source.OCR) -> ReadField:
    return ReadField(key, value, value, 0.97, status, source)


def reading(*fields: ReadField, kind: str = "other") -> PageReading:
    return PageReading(kind, 0.98, fields=fields)
