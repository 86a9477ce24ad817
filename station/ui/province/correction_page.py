"""«Đính chính»: one value of a sealed dossier put right, with its reason; the seal and the receipt stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.correction import Revision
from station.dossier.dossier import Dossier, State
from station.dossier.hub_changes import HubWord, ValueNow
from station.dossier.receipt import OF_PERSON, ON_ROLL
from station.dossier.value_form import form_of
from station.errors import StationError
from station.ui.province.value_piece import ValuePiece
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList
from station.ui.widgets.text_line import TextLine
from station.ui.words import field_words, value_typed, value_words

LIST_WIDTH = 360


class CorrectionPage(QWidget):
    """Arrows choose a value, Enter goes to its line, Enter there keeps the correction, Esc goes back."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self._word: HubWord | None = None
        say = self._language
        self.list = RowList()
        self.list.setAccessibleName(say("province.correction.values"))
        self.list.setMaximumWidth(LIST_WIDTH)
        self.piece = ValuePiece(session)
        self.sealed, self.now = label(wrap=True), label(role="strong", wrap=True)
        self.after, self.reason = TextLine(), TextLine()
        self.after.setAccessibleName(say("province.correction.after"))
        self.printed = QCheckBox(say("province.correction.printed"))
        self.reason.setAccessibleName(say("province.question.reason"))
        self.reason.setPlaceholderText(say("province.correction.reason_hint"))
        self.receipt = label(role="hint", wrap=True)
        self.told = label(role="ok", wrap=True)
        self.keep = button(say("province.correction.keep"), self._on_keep, "primary", "Enter")
        self.back = button(say("province.back"), self.left.emit, "secondary", "Esc")
        self._build()
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_value())
        self.list.doubleClicked.connect(lambda _index: self._enter_line())

    def show_dossier(self, dossier: Dossier | None) -> None:
        """The values of a sealed dossier as they are now; of any other, nothing."""
        self._forget()
        if dossier is None or dossier.state is not State.SEALED:
            return
        self._dossier = dossier
        self._ask()

    def enter(self) -> None:
        """The keyboard is in the list."""
        self.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Something else came to the front, or the screens were locked: no value stays."""
        self._forget()
        super().hideEvent(event)

    def _forget(self) -> None:
        self._dossier = self._word = None
        self.list.rows.show_rows(())
        self.piece.forget()
        for line in (self.after, self.reason):
            line.clear()
        for part in (self.sealed, self.now, self.receipt, self.told):
            part.setText("")

    def _ask(self) -> None:
        dossier, desk = self._dossier, self._session.desk
        if dossier is None:
            return

        def show(word: HubWord) -> None:
            if self._dossier is dossier and self.isVisible():
                self._show(word)

        self._session.tasks.look(lambda: desk.hub.changes_of(dossier.id), show, self._session.failed.emit)

    def _show(self, word: HubWord) -> None:
        before = self._picked()
        self._word = word
        self.list.rows.show_rows([self._row(one) for one in word.values])
        kept = next((one for one in word.values if before and one.id == before.id), None)
        if word.values:
            self.list.pick(kept or word.values[0])
        self._show_value()

    def _row(self, one: ValueNow) -> Row:
        say = self._language
        mark = "asked" if one.asked else "waiting" if one.waiting else "done" if one.changed else ""
        told = say(f"province.correction.mark_{mark}") if mark else ""
        hint = "  ·  ".join(part for part in (value_words(one.key, one.now, say), told) if part)
        sign = {"asked": "mark-question", "waiting": "state-waiting", "done": "mark-done"}.get(mark, "mark-optional")
        return Row(field_words(one.key, say), hint, sign, one)

    def _picked(self) -> ValueNow | None:
        picked = self.list.picked()
        return picked if isinstance(picked, ValueNow) else None

    def _show_value(self) -> None:
        one, dossier, say = self._picked(), self._dossier, self._language
        self.keep.setEnabled(one is not None and not one.asked)
        self.after.setEnabled(one is not None and not one.asked)
        if one is None or dossier is None:
            return
        self.piece.show_entry(dossier, dossier.entry(one.id))
        self.sealed.setText(value_words(one.key, one.sealed, say))
        self.now.setText(value_words(one.key, one.now, say))
        self.after.setText(value_words(one.key, one.now, say))
        self.reason.clear()
        self.printed.setChecked(False)
        self.printed.setVisible(form_of(one.key) is not None)
        self.receipt.setText(say("province.question.where" if one.asked else _receipt_key(one)))

    def _enter_line(self) -> None:
        self.told.setText("")
        self.after.setFocus()
        self.after.selectAll()

    def _on_keep(self) -> None:
        one, dossier, desk = self._picked(), self._dossier, self._session.desk
        if one is None or dossier is None or not self.keep.isEnabled():
            return
        after, reason = value_typed(one.key, self.after.text(), self._language), self.reason.text().strip()
        as_printed = self.printed.isChecked()
        self.keep.setEnabled(False)

        def done(_revision: Revision) -> None:
            self.told.setText(self._language("province.correction.kept", field=field_words(one.key, self._language)))
            self.list.setFocus()
            self._ask()
            self._session.delivery_changed.emit(dossier.id)

        def failed(error: StationError) -> None:
            self.keep.setEnabled(True)
            self._session.failed.emit(error)

        self._session.tasks.write(
            lambda: desk.hub.correct_sealed(dossier.id, one.id, after, reason, desk.officer, as_printed=as_printed),
            done,
            failed,
            lambda: self.keep.setEnabled(True),
        )

    def _build(self) -> None:
        say = self._language
        card = QFrame()
        card.setProperty("role", "card")
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("province.correction.sealed", self.sealed),
            ("province.correction.now", self.now),
            ("province.correction.after", self.after),
            ("", self.printed),
            ("province.question.reason", self.reason),
        )
        for place, (key, part) in enumerate(rows):
            if key:
                form.addWidget(label(say(key), "hint"), place, 0, Qt.AlignmentFlag.AlignVCenter)
            form.addWidget(part, place, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(12)
        column.addWidget(self.piece)
        column.addLayout(form)
        column.addWidget(self.receipt)
        column.addStretch()
        bottom = QHBoxLayout()
        bottom.addWidget(self.told, 1)
        bottom.addWidget(self.keep)
        column.addLayout(bottom)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list, 2)
        row.addWidget(card, 3)
        top = QHBoxLayout()
        top.addWidget(label(say("province.correction.title"), "title"), 1)
        top.addWidget(self.back)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addLayout(top)
        outer.addWidget(label(say("province.correction.hint"), "hint", wrap=True))
        outer.addLayout(row, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter: from the list to the line, from the line to the reason, and there it counts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.hasFocus():
                self._enter_line()
            elif self.after.hasFocus() and not self.reason.text().strip():
                self.reason.setFocus()
            else:
                self._on_keep()
        elif event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._show_value()
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _receipt_key(one: ValueNow) -> str:
    """What a correction means for the receipt that the citizen has: nothing, or another value than is printed there."""
    if one.page_id is not None or one.key not in OF_PERSON:
        return "province.correction.receipt"
    return f"province.correction.receipt_{'printed' if one.key in ON_ROLL else 'wide'}"
