"""The four scores of a dossier, đúng – đủ – sạch – sống, and on Enter what each of them lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier, State
from station.dossier.finding import Finding
from station.dossier.quality import Aspect, Quality, Score
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList
from station.ui.words import finding_words

_SIGNS = {True: "mark-warning", False: "mark-info"}


class QualityBar(QWidget):
    """Buttons in a row; one that is pressed opens its reasons below, and pressed again closes them."""

    wanted = Signal(object)
    """The officer wants to mend this `Finding`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._quality: Quality | None = None
        self._shown: Dossier | None = None
        self._open: Aspect | None = None
        self.buttons: dict[Aspect, QPushButton] = {aspect: self._button(aspect) for aspect in Aspect}
        self.means = label(role="hint", wrap=True)
        self.reasons = RowList()
        self.reasons.doubleClicked.connect(lambda _index: self._on_picked())
        self._build()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Score it anew; the screen goes on meanwhile."""
        if dossier is None or dossier.state is not State.OPEN:
            self._quality = self._shown = None
            self._open_reasons(None)
            self.hide()
            return
        if dossier is self._shown:
            return
        self._shown = dossier
        score = self._session.desk.seal_dossier.quality
        self._session.tasks.look(
            lambda: score(dossier), lambda quality: self._on_scored(dossier, quality), self._session.failed.emit
        )

    def _on_scored(self, dossier: Dossier, quality: Quality) -> None:
        if dossier is not self._shown:
            return
        self._quality = quality
        for score in quality.scores:
            name = self._language(f"quality.{score.aspect.value}")
            made = self.buttons[score.aspect]
            made.setText(f"{name}  {score.value}")
            made.setAccessibleName(self._language("quality.score", aspect=name, value=score.value))
        self._open_reasons(self._open)
        self.show()

    def _open_reasons(self, aspect: Aspect | None) -> None:
        self._open = aspect if self._quality else None
        for one, made in self.buttons.items():
            made.setChecked(one is self._open)
        if self._open and self._quality:
            self.means.setText(self._language(f"quality.means.{self._open.value}"))
            self.reasons.rows.show_rows(self._rows(self._quality.of(self._open)))
            self.reasons.setAccessibleName(self.buttons[self._open].accessibleName())
        self.means.setVisible(self._open is not None)
        self.reasons.setVisible(self._open is not None)

    def _rows(self, score: Score) -> list[Row]:
        name = self._language(f"quality.{score.aspect.value}")
        if not score.reasons:
            return [Row(self._language("quality.no_reasons"), heading=True)]
        heading = Row(self._language("quality.reasons", aspect=name, count=len(score.reasons)), heading=True)
        return [heading, *(self._row(reason) for reason in score.reasons)]

    def _row(self, reason: Finding) -> Row:
        return Row(finding_words(reason, self._language), sign=_SIGNS[not reason.soft], data=reason)

    def _on_pressed(self, aspect: Aspect) -> None:
        self._open_reasons(None if aspect is self._open else aspect)
        if self._open:
            self.reasons.setFocus()

    def _on_picked(self) -> None:
        picked = self.reasons.picked()
        if isinstance(picked, Finding):
            self.wanted.emit(picked)

    def _button(self, aspect: Aspect) -> QPushButton:
        name = self._language(f"quality.{aspect.value}")
        made = button(name, lambda: self._on_pressed(aspect), "quiet")
        made.setCheckable(True)
        made.setToolTip(self._language(f"quality.means.{aspect.value}"))
        made.setAccessibleDescription(self._language(f"quality.means.{aspect.value}"))
        return made

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self._language("quality.title"), "subtitle"))
        for made in self.buttons.values():
            row.addWidget(made)
        row.addWidget(label(self._language("quality.hint"), "hint", wrap=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.means)
        column.addWidget(self.reasons, 1)
        self.means.hide()
        self.reasons.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button in focus or picks the reason, Esc closes the reasons; the rest is the step's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        pressed = next((aspect for aspect, made in self.buttons.items() if made.hasFocus()), None)
        if enter and pressed:
            self._on_pressed(pressed)
        elif enter and self.reasons.hasFocus():
            self._on_picked()
        elif event.key() == Qt.Key.Key_Escape and self._open:
            aspect = self._open
            self._open_reasons(None)
            self.buttons[aspect].setFocus()
        else:
            super().keyPressEvent(event)
