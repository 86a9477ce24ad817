"""The officer's window: switches between the steps, tells what went wrong, and hides everything when locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.actions.permits import Deed
from station.dossier.dossier import Dossier, State
from station.dossier.finding import Finding
from station.errors import StationError
from station.ui.administration.ledger_panel import LedgerPanel
from station.ui.administration.page import AdministrationPage
from station.ui.administration.panel import Panel
from station.ui.counter.aside_bar import AsideBar
from station.ui.counter.checklist_slip import SlipPage
from station.ui.counter.checklist_strip import WHAT_LACKS, ChecklistStrip
from station.ui.counter.confirm import ConfirmStep
from station.ui.counter.forms_page import FORMS, FormsPage
from station.ui.counter.header import Header
from station.ui.counter.home import HomePage
from station.ui.counter.identify import IdentifyStep
from station.ui.counter.key_map import KeyMap
from station.ui.counter.lock import LockPage
from station.ui.counter.open import OpenStep
from station.ui.counter.progress import STEPS, next_open_step, states, step_of
from station.ui.counter.review import ReviewStep
from station.ui.counter.scan import ScanStep
from station.ui.counter.seal import SealStep
from station.ui.counter.setting_aside import SettingAside
from station.ui.counter.status_line import StatusLine
from station.ui.counter.step import Step
from station.ui.counter.step_bar import HOME, StepBar
from station.ui.counter.undoing import Undoing
from station.ui.devices import DeviceList
from station.ui.messages import MessageBar
from station.ui.province.correction_page import CorrectionPage
from station.ui.province.outlook import OutlookWatch
from station.ui.province.page import ProvincePage
from station.ui.province.view_bar import View
from station.ui.session import CitizenView, Session
from station.ui.widgets.keys import Key, act, key_groups, tell_keys
from station.ui.widgets.labels import label


class CounterWindow(QWidget):
    closed = Signal()
    """Everything is written; the program may end."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("counter")
        self.setWindowTitle(session.language("counter.title"))
        self.setMinimumSize(1100, 640)
        devices = DeviceList(session)
        self.home, self.review, self.confirm = HomePage(session), ReviewStep(session), ConfirmStep(session)
        self.identify, self.scan = IdentifyStep(session, devices), ScanStep(session, devices)
        self.seal = SealStep(session)
        steps: tuple[Step, ...] = (
            self.home,
            OpenStep(session),
            self.identify,
            self.scan,
            self.review,
            self.confirm,
            self.seal,
        )
        self.steps = {step.name: step for step in steps}
        self.header, self.status = Header(session), StatusLine(session, devices)
        self.step_bar, self.messages = StepBar(session.language), MessageBar(session.language)
        self.lock_page, self.key_map = LockPage(session), KeyMap(session.language)
        self.aside, self.undoing = AsideBar(session.language), Undoing(session, self)
        self.setting_aside = SettingAside(session, self.aside, self._keep_typed)
        self.checklist, self.slip = ChecklistStrip(session), SlipPage(session)
        self.forms, self.administration = FormsPage(session), AdministrationPage(session)
        self.outlook = OutlookWatch(session)
        self.province, self.correction = ProvincePage(session, self.outlook), CorrectionPage(session)
        self._pages, self._front = QStackedWidget(), QStackedWidget()
        self._build(steps)
        self._connect(steps)
        self._current: Step = self.home
        self._officer, self._served = session.desk.officer, True
        self._on_dossier_changed(session.dossier)
        self._bring(HOME)
        self._on_seated()
        if session.locked:
            self._on_locked_changed(locked=True)

    @property
    def current(self) -> str:
        """The name of the step in front."""
        return self._current.name

    def go_to(self, name: str) -> None:
        """Bring a step to the front; one that cannot be reached yet is refused silently, as its button is."""
        if self.step_bar.buttons[name].isEnabled() and (name != self.current or self._covered):
            self._bring(name)

    @property
    def slip_in_front(self) -> bool:
        """Whether «Thiếu gì?» is open above the step."""
        return self._pages.currentWidget() is self.slip

    @property
    def administration_in_front(self) -> bool:
        """Whether «Quản trị máy» is open above the step."""
        return self._pages.currentWidget() is self.administration

    @property
    def _paged_over(self) -> bool:
        """Whether a page is open that has nothing to do with the step's list of papers."""
        return self._pages.currentWidget() not in self.steps.values()

    @property
    def province_in_front(self) -> bool:
        """Whether «Gửi về tỉnh» is open above the step."""
        return self._pages.currentWidget() is self.province

    @property
    def _covered(self) -> bool:
        """Whether another page is open above the step."""
        return self._pages.currentWidget() is not self._current

    @property
    def forms_in_front(self) -> bool:
        """Whether «Biểu mẫu» is open above the step."""
        return self._pages.currentWidget() is self.forms

    def take_up(self, dossier: Dossier) -> None:
        """Put a dossier on the counter and go where its work goes on; one that was put aside is resumed first."""
        desk = self.session.desk
        if dossier.state is State.OPEN and (dossier.parked or (dossier.holder or dossier.opened_by) != desk.officer):
            resume = desk.queue.park.resume
            self.session.tasks.write(lambda: resume(dossier.id, desk.officer), self._put_on, self.session.failed.emit)
        else:
            self._put_on(dossier)

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

    def _put_on(self, dossier: Dossier) -> None:
        self.session.show(dossier)
        self.go_to(next_open_step(dossier, self._findings(dossier)))

    def _build(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            self._pages.addWidget(step)
        self._pages.addWidget(self.slip)
        self._pages.addWidget(self.forms)
        self._pages.addWidget(self.administration)
        self._pages.addWidget(self.province)
        self._pages.addWidget(self.correction)
        right = QVBoxLayout()
        right.setContentsMargins(16, 12, 16, 12)
        right.setSpacing(10)
        right.addWidget(self.messages)
        right.addWidget(self.aside)
        right.addWidget(self._pages, 1)
        right.addWidget(self.checklist)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.step_bar)
        middle.addLayout(right, 1)
        work = QWidget()
        work.setObjectName("work")
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self._front.addWidget(work)
        self._front.addWidget(self.lock_page)
        self._front.addWidget(self.key_map)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if self.session.desk.practice:
            banner = label(self.session.language("counter.practice"))
            banner.setObjectName("practice")
            banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
            outer.addWidget(banner)
        outer.addWidget(self._front, 1)
        say = self.session.language
        act(work, "Ctrl+F", say("keys.find"), self._on_find)
        act(work, WHAT_LACKS, say("checklist.slip.what_lacks"), self._on_what_lacks)
        act(work, FORMS, say("forms.open"), self._on_forms)
        act(work, "Ctrl+Shift+Z", say("undo.redo"), self.undoing.redo)
        tell_keys(work, "Esc", say("keys.back"))

    def _connect(self, steps: tuple[Step, ...]) -> None:
        session = self.session
        session.dossier_changed.connect(self._on_dossier_changed)
        session.failed.connect(self._on_failed)
        session.file_failed.connect(self.messages.show_file_error)
        session.officer_told.connect(self._on_citizen)
        session.disputed.connect(self._on_disputed)
        session.locked_changed.connect(self._on_locked_changed)
        session.seated.connect(self._on_seated)
        session.listed.connect(self._on_listed)
        for step in steps:
            step.finished.connect(lambda step=step: self._on_finished(step))
        self.home.chosen.connect(self.take_up)
        self.header.undo_asked.connect(self.undoing.undo)
        self.header.park_asked.connect(lambda: self.aside.ask(hand_over=False))
        self.header.hand_over_asked.connect(lambda: self.aside.ask(hand_over=True))
        self.aside.put_away.connect(self._on_aside_left)
        self.setting_aside.done.connect(self._on_put_aside)
        self.undoing.told.connect(self.messages.tell)
        self.status.keys.clicked.connect(self._on_keys_asked)
        self.key_map.leave.clicked.connect(self._on_keys_left)
        session.scanning_changed.connect(lambda _scanning: self._show_deeds())
        self.seal.wanted.connect(self._on_wanted)
        self.scan.what_lacks_asked.connect(self._on_what_lacks)
        self.checklist.what_lacks_asked.connect(self._on_what_lacks)
        self.slip.left.connect(lambda: self._bring(self.current))
        self.forms.left.connect(lambda: self._bring(self.current))
        self.administration.left.connect(lambda: self._bring(self.current))
        self.province.left.connect(lambda: self._bring(self.current))
        self.correction.left.connect(lambda: self._bring(self.current))
        self.seal.sealed.correction_asked.connect(self._on_correction)
        self.province.opened.connect(self._on_opened)
        self.province.made_again.connect(self._put_on)
        self.home.counted.connect(self.outlook.look_soon)
        self.outlook.changed.connect(self.status.province.show_outlook)
        self.status.province.asked.connect(self._on_province)
        self.forms.refused.connect(self._on_refused)
        self.home.forms_asked.connect(self._on_forms)
        self.seal.sealed.forms_asked.connect(self._on_forms)
        self.step_bar.asked.connect(self._on_asked)
        self.step_bar.new_asked.connect(self._on_new)
        self.step_bar.administration_asked.connect(self._on_administration)
        self.status.ledger_asked.connect(lambda: self._on_administration(LedgerPanel))
        self.step_bar.lock_asked.connect(lambda: session.lock(locked=True))
        self.step_bar.leave_asked.connect(session.leave_seat)

    def _on_seated(self) -> None:
        """Who may not serve sees no dossier: the machine is all there is to them."""
        serves, officer = self.serves, self.session.desk.officer
        self._served = serves
        if officer != self._officer:
            self.session.desk.queue.undo.forget()  # nobody takes back what somebody else did
            self._officer = officer
        self.header.show_officer(serves=serves)
        self.status.show_officer()
        self.step_bar.show_work(shown=serves)
        self._on_dossier_changed(self.session.dossier)
        on_counter, desk = self.session.dossier, self.session.desk
        if serves and on_counter is not None and desk.officer:  # handed over with the seat: now seen by another
            self.session.tasks.write(
                lambda: desk.see(on_counter.id, desk.officer), lambda _seen: None, self.session.failed.emit
            )
        if not serves:
            self._put_away_dossier()
            self._on_administration()
        elif self.administration_in_front:
            self._bring(self.current)

    def _put_away_dossier(self) -> None:
        """No word of it stays for who may not see it; what was half typed waits in its field for who may."""
        self.messages.clear()
        self.aside.clear()
        dossier = self.session.dossier
        if dossier is not None and dossier.state is State.OPEN:
            self.session.let_citizen_see(CitizenView.WAIT)

    def _on_listed(self) -> None:
        if self.serves is not self._served:
            self._on_seated()

    @property
    def serves(self) -> bool:
        """Whether who sits here may see and work on dossiers; with nobody here, all is hidden by the lock."""
        trust = self.session.desk.trust
        return trust.attendance.person is None or trust.permits.may(Deed.SERVE)

    def _bring(self, name: str) -> None:
        if not self.serves:
            return
        if name != self.current:
            self._current.leave()
        self._current = self.steps[name]
        self._current.refresh(self.session.dossier)
        self._pages.setCurrentWidget(self._current)
        self.step_bar.set_current(name)
        self._show_checklist(self.session.dossier)
        self._current.enter()

    def _findings(self, dossier: Dossier | None) -> tuple[Finding, ...]:
        if dossier is None or dossier.state is not State.OPEN:
            return ()
        try:
            return self.session.desk.seal_dossier.findings(dossier)
        except StationError as error:  # the procedure has left the catalogue
            self.messages.show_error(error)
            return ()

    def _on_dossier_changed(self, dossier: Dossier | None) -> None:
        if dossier is None:
            self.session.desk.queue.undo.forget()
            self.aside.clear()
        self.header.show_dossier(dossier if self.serves else None)
        self.status.show_dossier(dossier)
        self._show_deeds()
        self.step_bar.show_states(states(dossier, self._findings(dossier)))
        if not self.step_bar.buttons[self.current].isEnabled():
            self._bring("seal" if dossier and dossier.state is State.SEALED else HOME)
        else:
            self._current.refresh(dossier)
            self._show_checklist(dossier)
        if self.slip_in_front or dossier is None:
            self.slip.show_dossier(dossier)
        if dossier is None and not self.forms_in_front:
            self.forms.forget()
        elif self.forms_in_front and self.current != HOME:
            self.forms.show_dossier(dossier)

    def _show_checklist(self, dossier: Dossier | None) -> None:
        """Below the steps that have no list of papers of their own."""
        wanted = self.current in (self.review.name, self.seal.name) and not self._paged_over
        self.checklist.setVisible(wanted and self.checklist.show_dossier(dossier))

    def _on_what_lacks(self) -> None:
        dossier = self.session.dossier
        if not self.serves or dossier is None or dossier.state is not State.OPEN or self.slip_in_front:
            return
        self._keep_typed()
        self.slip.show_dossier(dossier)
        self._pages.setCurrentWidget(self.slip)
        self._show_checklist(dossier)
        self.slip.enter()

    def _on_forms(self) -> None:
        """Of the dossier on the counter; in the list, of the one that is picked there."""
        if not self.serves:
            return
        self._keep_typed()
        desk, picked = self.session.desk, self.home.picked if self.current == HOME else None
        if picked is not None:
            self.session.tasks.write(
                lambda: desk.see(picked.id, desk.officer), self._show_forms, self.session.failed.emit
            )
        else:
            self._show_forms(self.session.dossier)

    def _on_administration(self, wanted: type[Panel] | None = None) -> None:
        if self.serves:
            self._keep_typed()
        self._pages.setCurrentWidget(self.administration)
        self._show_checklist(None)
        self.administration.enter(wanted)

    def _on_province(self, view: View | None = None) -> None:
        if not self.serves:
            return
        self._keep_typed()
        self._pages.setCurrentWidget(self.province)
        self._show_checklist(None)
        self.province.enter(view)

    def _on_correction(self) -> None:
        """Of the sealed dossier on the counter."""
        self._pages.setCurrentWidget(self.correction)
        self._show_checklist(None)
        self.correction.show_dossier(self.session.dossier)
        self.correction.enter()

    def _on_opened(self, dossier_id: str) -> None:
        """Somebody looks at a dossier that is on its way: put it on the counter."""
        desk = self.session.desk
        self.session.tasks.write(lambda: desk.see(dossier_id, desk.officer), self.take_up, self.session.failed.emit)

    def _show_forms(self, dossier: Dossier | None) -> None:
        self.forms.show_dossier(dossier)
        self._pages.setCurrentWidget(self.forms)
        self._show_checklist(dossier)
        self.forms.enter()

    def _on_refused(self, dossier_id: str) -> None:
        """The counter is free for the next citizen."""
        say = self.session.language
        if self.session.dossier and self.session.dossier.id == dossier_id:
            self.session.show(None)
        self._bring(HOME)
        self.messages.tell(say("forms.refused"), say("forms.refused_do"))

    def _on_asked(self, name: str) -> None:
        self.step_bar.set_current(self.current)  # the button checked itself
        self.go_to(name)

    def _on_finished(self, step: Step) -> None:
        """On to the next step; after the seal the counter is free for the next citizen."""
        if step.name == STEPS[-1]:
            self.session.show(None)
            self._bring(HOME)
        elif step.name in STEPS:
            self.go_to(STEPS[STEPS.index(step.name) + 1])

    def _show_deeds(self) -> None:
        self.header.show_deeds(can_undo=self.undoing.possible)

    def _keep_typed(self) -> None:
        """What stands half typed in the step is kept before something else comes to the front."""
        self._current.leave()

    def _on_aside_left(self) -> None:
        self._current.enter()

    def _on_put_aside(self, sentence: str, next_step: str) -> None:
        """The counter is free for the next citizen."""
        self._bring(HOME)
        self.messages.tell(sentence, next_step)

    def _on_keys_asked(self) -> None:
        self.key_map.show_groups(self.key_groups())
        self._front.setCurrentWidget(self.key_map)

    def _on_keys_left(self) -> None:
        if self._front.currentWidget() is self.key_map:
            self._front.setCurrentIndex(int(self.session.locked))
            self._current.enter()

    def _on_new(self) -> None:
        self._keep_typed()
        self.session.show(None)
        self._bring("open")

    def _on_find(self) -> None:
        self.go_to(HOME)
        self.home.focus_search()

    def _on_disputed(self, entry_id: str) -> None:
        if self.current != self.review.name:
            self.go_to(self.review.name)
        self.review.show_entry(entry_id)

    def _on_wanted(self, finding: Finding) -> None:
        self.go_to(step_of(finding))
        if self.current == self.scan.name:
            self.scan.show_finding(finding)
        elif finding.entry_id and self.current == self.review.name:
            self.review.show_entry(finding.entry_id)

    def _on_failed(self, error: StationError) -> None:
        self.messages.show_error(error)

    def _on_citizen(self, code: str) -> None:
        key = f"citizen.officer.{code}"
        self.messages.tell(self.session.language(f"{key}.say"), self.session.language(f"{key}.do"))

    def _on_locked_changed(self, locked: bool) -> None:
        self._front.setCurrentIndex(int(locked))
        if locked:
            self.lock_page.enter()
        elif self.administration_in_front:
            self.administration.enter()
        elif self.province_in_front:
            self.province.enter()
        elif self._pages.currentWidget() is self.correction:
            self._on_correction()
        else:
            self._current.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no step took: put the message away, else one step back."""
        if event.key() != Qt.Key.Key_Escape or self.session.locked:
            super().keyPressEvent(event)
        elif self.messages.isVisible():
            self.messages.clear()
        elif self.current in STEPS:
            place = STEPS.index(self.current)
            back = STEPS[place - 1] if place else HOME
            self.go_to(back if self.step_bar.buttons[back].isEnabled() else HOME)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whatever was begun is finished: the window goes only after the last write."""
        self._current.leave()
        self.session.cancel_scan()
        self.session.tasks.close()
        super().closeEvent(event)
        self.closed.emit()
