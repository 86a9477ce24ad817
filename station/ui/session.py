"""What both screens look at: the dossier on the counter, whose turn it is, and whether the screens are locked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from station.actions.confirm_by_citizen import CITIZEN
from station.actions.desk import Desk
from station.actions.permits import Deed
from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.reading import PageReading
from station.dossier.showing import Shown
from station.errors import StationError
from station.language import Language
from station.ui.tasks import Tasks

NEWS_EVERY = 100
"""Milliseconds between two updates of the screens with what the machine has found."""


class CitizenView(StrEnum):
    """What the citizen's screen shows."""

    IDLE = "idle"  # between citizens: the welcome, no word about anybody
    WAIT = "wait"  # the officer is working
    ASK = "ask"  # values with Đúng / Sai
    PAY = "pay"  # the fee, and the code to pay it with
    SIGN = "sign"  # a sentence to sign under
    THANKS = "thanks"  # sealed: the number and when to come back
    RATE = "rate"  # how was the service? No word about anybody
    BLANK = "blank"  # locked


class Session(QObject):
    """One counter's shared state. Every deed goes through `do`; the screens follow the signals."""

    dossier_changed = Signal(object)  # Dossier | None
    citizen_view_changed = Signal(object)  # CitizenView
    disputed = Signal(str)  # entry id: the citizen said Sai
    page_captured = Signal(object)  # Page, already on disk
    scanning_changed = Signal(bool)
    locked_changed = Signal(bool)
    seated = Signal()  # somebody signed in, came back, or left the seat
    listed = Signal()  # another list of people counts: who sits here may have other roles by it
    failed = Signal(object)  # StationError, for the message bar
    went_on = Signal()  # a deed was done: what was wrong with the one before is over
    file_failed = Signal(str, object)  # the file's name, StationError
    early_changed = Signal()  # what is known of pages that are still being read
    delivery_changed = Signal(str)  # dossier id
    officer_told = Signal(str)  # a key of `[citizen.officer]`: help, asleep, unplugged, declined
    link_changed = Signal(object)  # Link

    def __init__(self, desk: Desk, language: Language, tasks: Tasks) -> None:
        super().__init__()
        self.desk, self.tasks = desk, tasks
        self.language = language.with_sentences(desk.kinds.sentences(language.name))
        self.dossier: Dossier | None = None
        self.locked = False
        self._view = CitizenView.IDLE
        self._to_rate: str | None = None
        self.activity = ""
        """What a device or a file is busy with, a key of `[counter.status]`; empty: nothing."""
        self.early: dict[str, PageReading] = {}
        """By page: what is known before its reading is complete. Shown, and never kept."""
        self._cancel: threading.Event | None = None
        self._reading: set[tuple[str, Outline | None]] = set()
        self._newest: Dossier | None = None
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_EVERY)
        self._news.timeout.connect(self._on_news)
        desk.trust.attendance.on_enrolled(lambda: tasks.on_screen(self._on_enrolled))
        desk.connection.on_progress(lambda dossier_id: tasks.on_screen(lambda: self.delivery_changed.emit(dossier_id)))

    @property
    def citizen_view(self) -> CitizenView:
        return CitizenView.BLANK if self.locked else self._view

    @property
    def scanning(self) -> bool:
        return self._cancel is not None

    def do(self, deed: Callable[[], Dossier], then: Callable[[Dossier], None] | None = None) -> None:
        """Run a deed on the writer's thread; its dossier becomes the one on the counter, then `then` is called."""

        def done(dossier: Dossier) -> None:
            self.take(dossier)
            if then:
                then(dossier)

        self.tasks.write(deed, done, self.failed.emit)

    def show(self, dossier: Dossier | None) -> None:
        """Put a dossier on the counter, or clear it: the citizen's screen goes back to its welcome."""
        self.went_on.emit()
        self.dossier = dossier
        self.early.clear()
        served = self._view in (CitizenView.THANKS, CitizenView.RATE)  # and may still say how it was
        free = CitizenView.RATE if served else CitizenView.IDLE
        self.let_citizen_see(free if dossier is None else CitizenView.WAIT)
        self.dossier_changed.emit(dossier)
        self.read_missing()

    def read_missing(self) -> None:
        """Have the machine look at every page of the dossier on the counter that it has not read."""
        dossier = self.dossier
        if dossier and dossier.state is State.OPEN:
            for page in dossier.pages:
                if not page.read:
                    (self._read if page.judged or page.again or page.outline else self._judge)(dossier.id, page)

    def take(self, dossier: Dossier) -> None:
        """What a deed made of the dossier on the counter; of any other dossier, nothing happens."""
        if self._is_newer(dossier):
            self.went_on.emit()
            self._change_to(dossier)

    def take_soon(self, dossier: Dossier) -> None:
        """News from the machine: a pile that is being read must not repaint the screen twenty times a second."""
        if self._newest is None or self._newest.id != dossier.id or dossier.version > self._newest.version:
            self._newest = dossier
        self._tell_soon()

    def do_and_read(self, deed: Callable[[], Dossier], page_id: str) -> None:
        """A deed after which a page is to be read again."""

        def read(dossier: Dossier) -> None:
            page = next((page for page in dossier.pages if page.id == page_id), None)
            if page and not page.read:
                self._read(dossier.id, page)

        self.do(deed, read)

    def let_citizen_see(self, view: CitizenView) -> None:
        self._view = view
        if view is CitizenView.THANKS:
            self._to_rate = self.dossier.id if self.dossier else None
        self.citizen_view_changed.emit(self.citizen_view)

    def tell_officer(self, code: str) -> None:
        """Something about the citizen's screen that the officer must know of."""
        self.officer_told.emit(code)

    def sign(self, png: bytes, shown: Shown) -> None:
        """The citizen has signed under what was shown."""
        dossier = self._must_have()
        self.let_citizen_see(CitizenView.WAIT)
        self.do(lambda: self.desk.service.sign_on_screen(dossier.id, png, shown))

    def rate(self, score: int) -> None:
        """The citizen's word on the service for the dossier that was sealed last."""
        dossier_id, self._to_rate = self._to_rate, None
        if dossier_id is not None:
            self.tasks.write(
                lambda: self.desk.service.rate_service(dossier_id, score), lambda _: None, self.failed.emit
            )

    def answer(self, entry_id: str, kept: str, verdict: Verdict, shown: Shown | None = None, by: str = CITIZEN) -> None:
        """The citizen's Đúng or Sai to what was `shown`; Sai brings the officer to the field."""
        dossier = self._must_have()
        self.do(
            lambda: self.desk.confirm_by_citizen(dossier.id, entry_id, kept, verdict, shown, by),
            lambda _: self.disputed.emit(entry_id) if verdict is Verdict.WRONG else None,
        )

    def scan(self, job: ScanJob) -> None:
        """Pages from a device, each announced by `page_captured` once it is on disk."""
        dossier, cancel = self._must_have(), threading.Event()
        self._begin(
            "scanning",
            cancel,
            lambda: self.desk.scan_pages(dossier.id, job, self.desk.officer, self._announcer(dossier.id), cancel),
        )

    def scan_again(self, page: Page, job: ScanJob) -> None:
        """The next image of the device in the page's place."""
        dossier, cancel = self._must_have(), threading.Event()
        announce = self._announcer(dossier.id)
        self._begin(
            "scanning",
            cancel,
            lambda: self.desk.scan_pages.again(dossier.id, page, job, self.desk.officer, announce, cancel),
        )

    def add_file(self, content: bytes, name: str) -> None:
        """The pages of a file that the officer picked."""
        dossier, cancel = self._must_have(), threading.Event()
        self._begin(
            "opening",
            cancel,
            lambda: self.desk.scan_pages.from_file(
                dossier.id, content, name, self.desk.officer, self._announcer(dossier.id), cancel
            ),
            lambda error: self.file_failed.emit(name, error),
        )

    def cancel_scan(self) -> None:
        """Stop the device; pages already captured stay."""
        if self._cancel:
            self._cancel.set()

    def lock(self, *, locked: bool, why: str = "asked") -> None:
        """Hide both screens, or show them again; nothing of the dossier is lost."""
        if locked and not self.locked:
            self.tasks.write(lambda: self.desk.trust.sign_in.lock(why), lambda _: None, self.failed.emit)
        self.locked = locked
        self.locked_changed.emit(locked)
        self.citizen_view_changed.emit(self.citizen_view)

    def leave_seat(self) -> None:
        """Who sits here goes. A scan is stopped first: what it brings still belongs to who began it."""
        self.lock(locked=True, why="leaving")
        if self.scanning:
            self.scanning_changed.connect(self._on_scan_ended_before_leaving)
            self.cancel_scan()
        else:
            self._leave_seat()

    def seat_taken(self) -> None:
        """Somebody has signed in: they see what stood here, and an open dossier is theirs from now on."""
        officer, dossier = self.desk.officer, self.dossier
        self.seated.emit()
        self.lock(locked=False)
        if dossier is None or dossier.state is not State.OPEN or not self.desk.trust.permits.may(Deed.SERVE):
            return
        if (dossier.holder or dossier.opened_by) != officer:
            self.do(lambda: self.desk.queue.park.resume(dossier.id, officer))

    def _on_scan_ended_before_leaving(self, scanning: bool) -> None:
        if not scanning:
            self.scanning_changed.disconnect(self._on_scan_ended_before_leaving)
            self._leave_seat()

    def _leave_seat(self) -> None:
        self.tasks.write(self.desk.trust.sign_in.leave, lambda _: self._on_left(), self.failed.emit)

    def _on_enrolled(self) -> None:
        """Who is not on the new list any more is shown nothing from now on."""
        if self.desk.officer:
            self.listed.emit()
        elif not self.locked:
            self.seated.emit()
            self.lock(locked=True, why="not_listed")

    def _on_left(self) -> None:
        self.seated.emit()
        self.locked_changed.emit(self.locked)  # whoever asks for a name now asks anybody

    def _begin(
        self,
        activity: str,
        cancel: threading.Event,
        work: Callable[[], int],
        failed: Callable[[StationError], None] | None = None,
    ) -> None:
        self._cancel, self.activity = cancel, activity
        self.scanning_changed.emit(True)

        def ended(error: StationError | None) -> None:
            self._cancel, self.activity = None, ""
            self.scanning_changed.emit(False)
            if error:
                (failed or self.failed.emit)(error)

        self.tasks.device(work, lambda _: ended(None), ended, lambda: ended(None))

    def _announcer(self, dossier_id: str) -> Callable[[Page], None]:
        def captured(page: Page) -> None:
            dossier = self.desk.dossiers.get(dossier_id)
            self.tasks.on_screen(lambda: self._on_captured(dossier, page))

        return captured

    def _on_captured(self, dossier: Dossier, page: Page) -> None:
        self.take(dossier)
        self.page_captured.emit(page)
        self._judge(dossier.id, page)

    def _judge(self, dossier_id: str, page: Page) -> None:
        """The gate's word first, the reading after it: by then it is known which papers the image holds."""
        if (page.id, None) in self._reading:
            return  # taken up again while it is being judged or read

        def heard(dossier: Dossier | None) -> None:
            pages = [one for one in dossier.pages if one.sha256 == page.sha256] if dossier else [page]
            if dossier:
                self.take_soon(dossier)
            for one in pages:
                if not one.read:
                    self._read(dossier_id, one)

        self.tasks.write(
            lambda: self.desk.judge_page(
                dossier_id,
                page.id,
                page.sha256,
                lambda dossier: self.tasks.on_screen(lambda: heard(dossier)),
                lambda error: self.tasks.on_screen(lambda: self.failed.emit(error)),
            ),
            lambda _: None,
            self.failed.emit,
        )

    def _read(self, dossier_id: str, page: Page) -> None:
        task = (page.id, page.outline)
        if task in self._reading:
            return
        self._reading.add(task)

        def back(then: Callable[[], None]) -> None:
            def on_screen() -> None:
                self._reading.discard(task)
                self.early.pop(page.id, None)
                then()

            self.tasks.on_screen(on_screen)

        self.tasks.write(
            lambda: self.desk.read_page(
                dossier_id,
                page.id,
                page.sha256,
                lambda dossier: back(lambda: self.take_soon(dossier)),
                lambda error: back(lambda: self.failed.emit(error)),
                page.outline,
                lambda reading: self.tasks.on_screen(lambda: self._on_early(dossier_id, page.id, reading)),
            ),
            lambda _: None,
            self.failed.emit,
        )

    def _on_early(self, dossier_id: str, page_id: str, reading: PageReading) -> None:
        if self.dossier is not None and self.dossier.id == dossier_id:
            self.early[page_id] = reading
            self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._news.isActive():
            self._news.start()

    def _on_news(self) -> None:
        newest, self._newest = self._newest, None
        if newest is not None and self._is_newer(newest):
            self._change_to(newest)
        self.early_changed.emit()

    def _is_newer(self, dossier: Dossier) -> bool:
        mine = self.dossier
        return mine is not None and mine.id == dossier.id and dossier.version > mine.version

    def _change_to(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.dossier_changed.emit(dossier)

    def _must_have(self) -> Dossier:
        if self.dossier is None:
            raise RuntimeError("no dossier on the counter")
        return self.dossier
