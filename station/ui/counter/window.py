"""The officer's window: which parts it has, and which of them listens to which."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.errors import DeviceError, InputError, RuleError
from station.ui.administration.ledger_panel import LedgerPanel
from station.ui.administration.page import AdministrationPage
from station.ui.counter.checklist_slip import SlipPage
from station.ui.counter.checklist_strip import WHAT_LACKS
from station.ui.counter.confirm import ConfirmStep
from station.ui.counter.forms_page import FORMS, FormsPage
from station.ui.counter.front import Front
from station.ui.counter.home import HomePage
from station.ui.counter.identify import IdentifyStep
from station.ui.counter.on_counter import OnCounter
from station.ui.counter.open import OpenStep
from station.ui.counter.pages import Pages
from station.ui.counter.pages_above import PagesAbove
from station.ui.counter.progress import STEPS
from station.ui.counter.review import ReviewStep
from station.ui.counter.scan import ScanStep
from station.ui.counter.seal import SealStep
from station.ui.counter.seating import Seating
from station.ui.counter.setting_aside import SettingAside
from station.ui.counter.step import Step
from station.ui.counter.step_bar import HOME
from station.ui.counter.undoing import Undoing
from station.ui.counter.work_area import WorkArea
from station.ui.devices import DeviceList
from station.ui.province.correction_page import CorrectionPage
from station.ui.province.outlook import OutlookWatch
from station.ui.province.page import ProvincePage
from station.ui.session import Session
from station.ui.widgets.keys import Key, act, key_groups, tell_keys
from station.ui.widgets.labels import label

SMALLEST = (1000, 640)
"""Pixels: a display of 1024×768, less what the system keeps of it."""


class CounterWindow(QWidget):
    closed = Signal()
    """Everything is written; the program may end."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("counter")
        self.setWindowTitle(session.language("counter.title"))
        self.setMinimumSize(*SMALLEST)
        devices = DeviceList(session)
        self.home, self.review, self.confirm = HomePage(session), ReviewStep(session), ConfirmStep(session)
        self.identify, self.scan = IdentifyStep(session, devices), ScanStep(session, devices)
        self.seal = SealStep(session)
        self.slip, self.forms, self.administration = SlipPage(session), FormsPage(session), AdministrationPage(session)
        self.outlook = OutlookWatch(session)
        self.province, self.correction = ProvincePage(session, self.outlook), CorrectionPage(session)
        steps: tuple[Step, ...] = (
            self.home,
            OpenStep(session),
            self.identify,
            self.scan,
            self.review,
            self.confirm,
            self.seal,
        )
        above = (self.slip, self.forms, self.administration, self.province, self.correction)
        self.pages = Pages(session, steps, above)
        self.steps = self.pages.steps
        self.work = WorkArea(session, devices, self.pages)
        self.header, self.status, self.step_bar = self.work.header, self.work.status, self.work.step_bar
        self.messages, self.aside, self.checklist = self.work.messages, self.work.aside, self.work.checklist
        self.above = PagesAbove(session, self.pages, *above)
        self.undoing = Undoing(session, self)
        self.on_counter = OnCounter(session, self.work, self.pages, self.above, self.scan, self.review, self.undoing)
        self.seating = Seating(session, self.work, self.pages, self.above, self.on_counter)
        self.setting_aside = SettingAside(session, self.aside, self.pages.keep_typed)
        self.front = Front(session, self.work, self.above.take_keyboard)
        self.lock_page, self.key_map = self.front.lock_page, self.front.key_map
        self._build()
        self._connect()
        self._give_keys()
        self.on_counter.show(session.dossier)
        self.pages.bring(HOME)
        self.seating.show()
        if session.locked:
            self.front.show_lock(locked=True)

    @property
    def current(self) -> str:
        """The name of the step in front, or under the page that is above it."""
        return self.pages.step.name

    def go_to(self, name: str) -> None:
        """Bring a step to the front, if it can be reached."""
        self.pages.go_to(name)

    @property
    def slip_in_front(self) -> bool:
        """Whether «Thiếu gì?» is open above the step."""
        return self.pages.currentWidget() is self.slip

    @property
    def forms_in_front(self) -> bool:
        """Whether «Biểu mẫu» is open above the step."""
        return self.pages.currentWidget() is self.forms

    @property
    def administration_in_front(self) -> bool:
        """Whether «Quản trị máy» is open above the step."""
        return self.pages.currentWidget() is self.administration

    @property
    def province_in_front(self) -> bool:
        """Whether «Gửi về tỉnh» is open above the step."""
        return self.pages.currentWidget() is self.province

    def key_groups(self) -> list[tuple[str, list[Key]]]:
        """Every key of this window by the place where it works, as its widgets have them now."""
        say = self.session.language
        places: list[tuple[str, QWidget]] = [(say(f"step.{name}"), step) for name, step in self.steps.items()]
        places += [
            (say("checklist.title"), self.checklist),
            (say("checklist.slip.what_lacks"), self.slip),
            (say("forms.title"), self.forms),
            (say("administration.title"), self.administration),
            (say("province.title"), self.province),
            (say("province.correction.title"), self.correction),
        ]
        places += [(say(panel.title_key), panel) for panel in self.administration.panels]
        return key_groups(self, places, (self.key_map, self.lock_page, self.aside), say("keys.anywhere"))

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if self.session.desk.practice:
            banner = label(self.session.language("counter.practice"))
            banner.setObjectName("practice")
            banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
            outer.addWidget(banner)
        outer.addWidget(self.front, 1)

    def _give_keys(self) -> None:
        """Keys that work wherever the work is and belong to no button; others are told by the part that has them."""
        say = self.session.language
        act(self.work, "Ctrl+F", say("keys.find"), self._on_find)
        act(self.work, WHAT_LACKS, say("checklist.slip.what_lacks"), self.above.open_slip)
        act(self.work, FORMS, say("forms.open"), self.above.open_forms)
        act(self.work, "Ctrl+Shift+Z", say("undo.redo"), self.undoing.redo)
        tell_keys(self.work, "Esc", say("keys.back"))

    def _connect(self) -> None:
        session, above, on_counter, sealed = self.session, self.above, self.on_counter, self.seal.sealed
        session.failed.connect(self.messages.show_error)
        session.file_failed.connect(self.messages.show_file_error)
        session.went_on.connect(lambda: self.messages.is_over(InputError, RuleError))
        session.scanning_changed.connect(self._on_scanning_changed)
        session.officer_told.connect(self._on_citizen)
        for step in self.steps.values():
            step.finished.connect(lambda step=step: on_counter.go_on_after(step))
        self.home.chosen.connect(on_counter.take_up)
        self.home.forms_asked.connect(above.open_forms)
        self.home.counted.connect(self.outlook.look_soon)
        self.scan.what_lacks_asked.connect(above.open_slip)
        self.seal.wanted.connect(on_counter.go_to_finding)
        sealed.correction_asked.connect(above.open_correction)
        sealed.forms_asked.connect(above.open_forms)
        self.checklist.what_lacks_asked.connect(above.open_slip)
        self.forms.refused.connect(on_counter.free_after_refusal)
        self.province.opened.connect(on_counter.take_up_by_id)
        self.province.made_again.connect(on_counter.put_on)
        self.outlook.changed.connect(self.status.province.show_outlook)
        self.header.undo_asked.connect(self.undoing.undo)
        self.header.park_asked.connect(lambda: self.aside.ask(hand_over=False))
        self.header.hand_over_asked.connect(lambda: self.aside.ask(hand_over=True))
        self.undoing.told.connect(self.messages.tell)
        self.aside.put_away.connect(self.above.take_keyboard)
        self.setting_aside.done.connect(on_counter.free_after_putting_aside)
        self.step_bar.asked.connect(self._on_step_asked)
        self.step_bar.new_asked.connect(on_counter.begin_another)
        self.step_bar.administration_asked.connect(above.open_administration)
        self.step_bar.lock_asked.connect(lambda: session.lock(locked=True))
        self.step_bar.leave_asked.connect(session.leave_seat)
        self.status.ledger_asked.connect(lambda: above.open_administration(LedgerPanel))
        self.status.province.asked.connect(above.open_province)
        self.status.keys.clicked.connect(lambda: self.front.show_keys(self.key_groups()))

    def _on_step_asked(self, name: str) -> None:
        self.step_bar.set_current(self.current)  # the button checked itself
        self.go_to(name)

    def _on_find(self) -> None:
        self.go_to(HOME)
        self.home.focus_search()

    def _on_scanning_changed(self, scanning: bool) -> None:
        if scanning:  # whatever the device had is tried again
            self.messages.is_over(DeviceError)

    def _on_citizen(self, code: str) -> None:
        key = f"citizen.officer.{code}"
        self.messages.tell(self.session.language(f"{key}.say"), self.session.language(f"{key}.do"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no step took: put the message away, else one step back."""
        if event.key() != Qt.Key.Key_Escape or self.session.locked:
            super().keyPressEvent(event)
        elif self.messages.isVisible():
            self.messages.clear()
        elif self.current in STEPS:
            place = STEPS.index(self.current)
            back = STEPS[place - 1] if place else HOME
            self.go_to(back if self.pages.can_reach(back) else HOME)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever was begun is finished: the window goes only after the last write."""
        self.pages.keep_typed()
        self.session.cancel_scan()
        self.session.tasks.close()
        super().closeEvent(event)
        self.closed.emit()
