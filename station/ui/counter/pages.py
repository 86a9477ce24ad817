"""Which page of the officer's window is in front: a step of the work, or another page laid above it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station.ui.counter.seat import serves
from station.ui.counter.step import Step
from station.ui.counter.step_bar import HOME
from station.ui.session import Session


class Pages(QStackedWidget):
    """The step stays the same while another page is above it. Who may not serve sees no step."""

    turned = Signal()
    """Something else is in front; the keyboard comes next."""

    def __init__(self, session: Session, steps: Sequence[Step], above: Sequence[QWidget]) -> None:
        super().__init__()
        self._session = session
        self.steps = {step.name: step for step in steps}
        self.step = self.steps[HOME]
        self._reachable: Set[str] = frozenset({HOME})
        for page in (*steps, *above):
            self.addWidget(page)

    @property
    def covered(self) -> bool:
        """Whether another page is above the step."""
        return self.currentWidget() is not self.step

    def let_reach(self, names: Set[str]) -> None:
        """The steps that can be gone to now; the list of dossiers always can."""
        self._reachable = names | {HOME}

    def can_reach(self, name: str) -> bool:
        """Whether this step can be gone to now."""
        return name in self._reachable

    def go_to(self, name: str) -> None:
        """Bring a step to the front; one that cannot be reached yet is refused silently, as its button is."""
        if self.can_reach(name) and (name != self.step.name or self.covered):
            self.bring(name)

    def bring(self, name: str) -> None:
        """The step as its dossier now stands, with the keyboard."""
        if not serves(self._session.desk):
            return
        if name != self.step.name:
            self.step.leave()
        self.step = self.steps[name]
        self.step.refresh(self._session.dossier)
        self._turn(self.step)
        self.step.enter()

    def lay_above(self, page: QWidget) -> None:
        """Another page, until `uncover`; the keyboard is the caller's to give."""
        self._turn(page)

    def uncover(self) -> None:
        """The step again."""
        self.bring(self.step.name)

    def keep_typed(self) -> None:
        """What stands half typed in the step is kept before something else comes to the front."""
        self.step.leave()

    def _turn(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.turned.emit()
