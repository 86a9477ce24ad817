"""What both screens look at: the dossier on the counter, whose turn it is, and whether the screens are locked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from station.actions.desk import Desk
from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.dossier.page import Page
from station.errors import StationError
from station.language import Language
from station.ui.tasks import Tasks


class CitizenView(StrEnum):
    """What the citizen's screen shows."""

    IDLE = "idle"  # between citizens: the welcome, no word about anybody
    WAIT = "wait"  # the officer is working
    ASK = "ask"  # values with Đúng / Sai
    THANKS = "thanks"  # sealed: the number and when to come back
    BLANK = "blank"  # locked


class Session(QObject):
    """One counter's shared state. Every deed goes through `do`; the screens follow the signals."""

    dossier_changed = Signal(object)  # Dossier | None
    citizen_view_changed = Signal(object)  # CitizenView
    disputed = Signal(str)  # entry id: the citizen said Sai
    page_captured = Signal(object)  # Page, already on disk
    scanning_changed = Signal(bool)
    locked_changed = Signal(bool)
    failed = Signal(object)  # StationError, for the message bar
    delivery_changed = Signal(str)  # dossier id

    def __init__(self, desk: Desk, language: Language, tasks: Tasks) -> None:
        super().__init__()
        self.desk, self.tasks = desk, tasks
        self.language = language.with_sentences(desk.kinds.sentences(language.name))
        self.dossier: Dossier | None = None
        self.locked = False
        self._view = CitizenView.IDLE
        self._cancel: threading.Event | None = None
        self._reading: set[str] = set()
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
        self.dossier = dossier
        self.let_citizen_see(CitizenView.IDLE if dossier is None else CitizenView.WAIT)
        self.dossier_changed.emit(dossier)
        if dossier and dossier.state is State.OPEN:
            for page in dossier.pages:
                if not page.read:
                    self._read(dossier.id, page)

    def take(self, dossier: Dossier) -> None:
        """A newer state of the dossier on the counter; of any other dossier, nothing happens."""
        mine = self.dossier
        if mine and mine.id == dossier.id and dossier.version > mine.version:
            self.dossier = dossier
            self.dossier_changed.emit(dossier)

    def let_citizen_see(self, view: CitizenView) -> None:
        self._view = view
        self.citizen_view_changed.emit(self.citizen_view)

    def answer(self, entry_id: str, shown: str, verdict: Verdict) -> None:
        """The citizen's Đúng or Sai; Sai brings the officer to the field."""
        dossier = self._must_have()
        self.do(
            lambda: self.desk.confirm_by_citizen(dossier.id, entry_id, shown, verdict),
            lambda _: self.disputed.emit(entry_id) if verdict is Verdict.WRONG else None,
        )

    def scan(self, job: ScanJob) -> None:
        """Pages from a device, each announced by `page_captured` once it is on disk."""
        dossier, cancel = self._must_have(), threading.Event()
        self._begin(
            cancel,
            lambda: self.desk.scan_pages(dossier.id, job, self.desk.officer, self._announcer(dossier.id), cancel),
        )

    def add_file(self, content: bytes, name: str) -> None:
        """The pages of a file that the officer picked."""
        dossier, cancel = self._must_have(), threading.Event()
        self._begin(
            cancel,
            lambda: self.desk.scan_pages.from_file(
                dossier.id, content, name, self.desk.officer, self._announcer(dossier.id), cancel
            ),
        )

    def cancel_scan(self) -> None:
        """Stop the device; pages already captured stay."""
        if self._cancel:
            self._cancel.set()

    def lock(self, *, locked: bool) -> None:
        """Hide both screens, or show them again; nothing of the dossier is lost."""
        self.locked = locked
        self.locked_changed.emit(locked)
        self.citizen_view_changed.emit(self.citizen_view)

    def _begin(self, cancel: threading.Event, work: Callable[[], int]) -> None:
        self._cancel = cancel
        self.scanning_changed.emit(True)

        def ended(error: StationError | None) -> None:
            self._cancel = None
            self.scanning_changed.emit(False)
            if error:
                self.failed.emit(error)

        self.tasks.device(work, lambda _: ended(None), ended)

    def _announcer(self, dossier_id: str) -> Callable[[Page], None]:
        def captured(page: Page) -> None:
            dossier = self.desk.dossiers.get(dossier_id)
            self.tasks.on_screen(lambda: self._on_captured(dossier, page))

        return captured

    def _on_captured(self, dossier: Dossier, page: Page) -> None:
        self.take(dossier)
        self.page_captured.emit(page)
        self._read(dossier.id, page)

    def _read(self, dossier_id: str, page: Page) -> None:
        if page.id in self._reading:
            return  # taken up again while it is being read
        self._reading.add(page.id)

        def back(then: Callable[[], None]) -> None:
            def on_screen() -> None:
                self._reading.discard(page.id)
                then()

            self.tasks.on_screen(on_screen)

        self.tasks.write(
            lambda: self.desk.read_page(
                dossier_id,
                page.id,
                page.sha256,
                lambda dossier: back(lambda: self.take(dossier)),
                lambda error: back(lambda: self.failed.emit(error)),
            ),
            lambda _: None,
            self.failed.emit,
        )

    def _must_have(self) -> Dossier:
        if self.dossier is None:
            raise RuntimeError("no dossier on the counter")
        return self.dossier
