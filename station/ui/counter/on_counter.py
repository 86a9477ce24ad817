"""The dossier on the counter: taken up, shown in every part of the window, and brought to where its work goes on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from station.dossier.dossier import Dossier, State
from station.dossier.finding import Finding
from station.errors import StationError
from station.ui.counter.pages import Pages
from station.ui.counter.pages_above import PagesAbove
from station.ui.counter.progress import STEPS, next_open_step, states, step_of
from station.ui.counter.review import ReviewStep
from station.ui.counter.scan import ScanStep
from station.ui.counter.seat import serves
from station.ui.counter.step import Step
from station.ui.counter.step_bar import HOME
from station.ui.counter.undoing import Undoing
from station.ui.counter.work_area import WorkArea
from station.ui.session import Session


class OnCounter(QObject):
    """Follows the session's dossier. When its work is done, the counter is free for the next citizen."""

    def __init__(
        self,
        session: Session,
        work: WorkArea,
        pages: Pages,
        above: PagesAbove,
        scan: ScanStep,
        review: ReviewStep,
        undoing: Undoing,
    ) -> None:
        super().__init__(work)
        self._session, self._work, self._pages, self._above = session, work, pages, above
        self._scan, self._review, self._undoing = scan, review, undoing
        session.dossier_changed.connect(self.show)
        session.disputed.connect(self._on_disputed)
        session.scanning_changed.connect(lambda _scanning: self._show_deeds())

    def show(self, dossier: Dossier | None) -> None:
        """As it now stands; a step that is no longer possible is left."""
        if dossier is None:
            self._session.desk.queue.undo.forget()
            self._work.aside.clear()
        self._work.header.show_dossier(dossier if serves(self._session.desk) else None)
        self._work.status.show_dossier(dossier)
        self._show_deeds()
        told = states(dossier, self._findings(dossier))
        self._work.step_bar.show_states(told)
        self._pages.let_reach({name for name, state in told.items() if state.enabled})
        if not self._pages.can_reach(self._pages.step.name):
            self._pages.bring("seal" if dossier and dossier.state is State.SEALED else HOME)
        else:
            self._pages.step.refresh(dossier)
            self._work.show_checklist()
        self._above.show_dossier(dossier)

    def take_up(self, dossier: Dossier) -> None:
        """Put a dossier on the counter and go where its work goes on; one that was put aside is resumed first."""
        desk = self._session.desk
        if dossier.state is State.OPEN and (dossier.parked or (dossier.holder or dossier.opened_by) != desk.officer):
            resume = desk.queue.park.resume
            self._session.tasks.write(lambda: resume(dossier.id, desk.officer), self.put_on, self._session.failed.emit)
        else:
            self.put_on(dossier)

    def take_up_by_id(self, dossier_id: str) -> None:
        """Somebody looks at a dossier that is on its way: put it on the counter."""
        desk = self._session.desk
        self._session.tasks.write(lambda: desk.see(dossier_id, desk.officer), self.take_up, self._session.failed.emit)

    def put_on(self, dossier: Dossier) -> None:
        """This dossier, at the first step that is not done."""
        self._session.show(dossier)
        self._pages.go_to(next_open_step(dossier, self._findings(dossier)))

    def begin_another(self) -> None:
        """The next citizen's dossier is opened; what was typed for this one is kept."""
        self._pages.keep_typed()
        self._session.show(None)
        self._pages.bring(STEPS[0])

    def go_on_after(self, step: Step) -> None:
        """The officer is done with a step: on to the next; after the last the counter is free."""
        if step.name == STEPS[-1]:
            self._session.show(None)
            self._pages.bring(HOME)
        elif step.name in STEPS:
            self._pages.go_to(STEPS[STEPS.index(step.name) + 1])

    def free_after_refusal(self, dossier_id: str) -> None:
        """A dossier was refused on paper: the counter is free."""
        say = self._session.language
        if self._session.dossier and self._session.dossier.id == dossier_id:
            self._session.show(None)
        self._pages.bring(HOME)
        self._work.messages.tell(say("forms.refused"), say("forms.refused_do"))

    def free_after_putting_aside(self, sentence: str, next_step: str) -> None:
        """A dossier was parked or handed over: the counter is free."""
        self._pages.bring(HOME)
        self._work.messages.tell(sentence, next_step)

    def go_to_finding(self, finding: Finding) -> None:
        """The step where it is mended, at the place where it is."""
        self._pages.go_to(step_of(finding))
        if self._pages.step is self._scan:
            self._scan.show_finding(finding)
        elif finding.entry_id and self._pages.step is self._review:
            self._review.show_entry(finding.entry_id)

    def _on_disputed(self, entry_id: str) -> None:
        """The citizen says that a value is wrong."""
        if self._pages.step is not self._review:
            self._pages.go_to(self._review.name)
        self._review.show_entry(entry_id)

    def _findings(self, dossier: Dossier | None) -> tuple[Finding, ...]:
        if dossier is None or dossier.state is not State.OPEN:
            return ()
        try:
            return self._session.desk.seal_dossier.findings(dossier)
        except StationError as error:  # the procedure has left the catalogue
            self._work.messages.show_error(error)
            return ()

    def _show_deeds(self) -> None:
        self._work.header.show_deeds(can_undo=self._undoing.possible)
