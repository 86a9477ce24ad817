"""The steps of the work down the left side, each with what is done and how much is still open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from station.language import Language
from station.ui.administration.page import ADMINISTRATION
from station.ui.counter.progress import STEPS, StepState
from station.ui.widgets.buttons import button, press_with
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label, set_role

HOME = "home"
WIDTH = 208


class StepBar(QFrame):
    """Says which step was asked for; the window decides."""

    asked = Signal(str)
    new_asked = Signal()
    lock_asked = Signal()
    leave_asked = Signal()
    administration_asked = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(2)
        self.new = button(language("counter.new"), self.new_asked.emit, "secondary", "Ctrl+N")
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 8)
        top.addWidget(self.new)
        column.addLayout(top)
        self.buttons = {HOME: StepButton(language(f"step.{HOME}"), "Ctrl+H", sign="list")}
        column.addWidget(self.buttons[HOME])
        self._heading = label(language("counter.steps"), "hint")
        self._heading.setContentsMargins(16, 12, 0, 4)
        column.addWidget(self._heading)
        for number, step in enumerate(STEPS, 1):
            self.buttons[step] = StepButton(language(f"step.{step}"), f"Alt+{number}")
            column.addWidget(self.buttons[step])
        for name, made in self.buttons.items():
            self._group.addButton(made)
            made.clicked.connect(lambda _checked, name=name: self.asked.emit(name))
        column.addStretch()
        bottom = QVBoxLayout()
        bottom.setContentsMargins(12, 0, 12, 0)
        bottom.setSpacing(6)
        self.administration = button(
            language("administration.open"), self.administration_asked.emit, "quiet", ADMINISTRATION
        )
        bottom.addWidget(self.administration)
        self.leave = button(language("people.leave"), self.leave_asked.emit, "quiet", "Ctrl+Shift+L")
        bottom.addWidget(self.leave)
        self.lock = button(language("counter.lock.lock"), self.lock_asked.emit, "secondary", "Ctrl+L")
        bottom.addWidget(self.lock)
        column.addLayout(bottom)
        self._language = language

    def sizeHint(self) -> QSize:
        """Wider than usual only for larger letters, or for a language of longer words."""
        return super().sizeHint().expandedTo(QSize(WIDTH, 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_states(self, states: Mapping[str, StepState]) -> None:
        """What is done, and how many things are open."""
        for step, state in states.items():
            told = ""
            if state.problems:
                told = self._language("counter.step_open", count=state.problems)
            elif state.done:
                told = self._language("counter.step_done")
            self.buttons[step].show_state(state, told)

    def show_work(self, *, shown: bool) -> None:
        """Who may not serve has no steps."""
        for part in (self.new, self._heading, *self.buttons.values()):
            part.setVisible(shown)

    def set_current(self, step: str) -> None:
        """The step that is in front; unknown to the group means none."""
        self.buttons[step].setChecked(True)
        for name, made in self.buttons.items():
            made.mark(current=name == step)


class StepButton(QPushButton):
    """A sign, the step's name, its key, and what is still open."""

    def __init__(self, name: str, keys: str, sign: str | None = None) -> None:
        """`sign` is an icon that stays; without one it follows the state."""
        super().__init__()
        self._fixed_sign, self._state, self._current = sign, StepState(), False
        self.setProperty("step", "true")
        self.setCheckable(True)
        press_with(self, keys)
        self._sign, self._title, self._told = IconLabel(sign or "mark-optional", 16), label(name), label(role="hint")
        self._sign.setFixedSize(18, 18)
        below = QHBoxLayout()
        below.setSpacing(8)
        shown_keys = label(keys, "hint")
        below.addWidget(shown_keys)
        below.addWidget(self._told, 1)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(12, 5, 8, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._sign, 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addLayout(below, 1, 1)
        grid.setColumnStretch(1, 1)
        for part in (self._sign, self._title, self._told, shown_keys):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)
        self._draw()

    def sizeHint(self) -> QSize:
        """As much as the words need: a button by itself asks nothing of what is laid upon it."""
        return self._grid.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_state(self, state: StepState, told: str) -> None:
        """A tick when done, words when something is open."""
        self._state = state
        self.setEnabled(state.enabled)
        self._told.setText(told)
        set_role(self._told, "warning" if state.problems else "hint")
        self.setAccessibleDescription(told)
        self._draw()

    def mark(self, *, current: bool) -> None:
        """Whether this is the step in front."""
        self._current = current
        set_role(self._title, "current" if current else "text")
        self._draw()

    def _draw(self) -> None:
        if self._fixed_sign:
            name = self._fixed_sign
        elif self._state.done:
            name = "mark-done"
        elif self._state.problems:
            name = "mark-warning"
        else:
            name = "mark-current" if self._current else "mark-missing"
        self._sign.show_icon(name)
