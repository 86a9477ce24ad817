"""«Thiếu gì?»: everything that is missing on one page, and the slip (Mẫu 02) that the citizen takes home."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.guidance import Lack
from station.dossier.supplement_slip import SupplementSlip
from station.errors import RuleError
from station.ui.checklist_words import amount_words, slip_words
from station.ui.counter.checklist_question import QuestionBar
from station.ui.printing import print_images
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.page_image import PageImage
from station.ui.widgets.rows import Row, RowList
from station.ui.words import time_words

SCREEN_DPI, PRINTER_DPI = 100, 300


class SlipPage(QWidget):
    """Left what is missing and why, right the slip as it will be printed. Enter gives it, Esc goes back."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self._slip: SupplementSlip | None = None
        self._doubtful: set[str] = set()
        self._asked = 0
        self.state, self.online = label(role="hint", wrap=True), label(role="hint", wrap=True)
        self.question = QuestionBar(self._language, tall=True)
        self.list = RowList()
        self.list.setAccessibleName(self._language("checklist.slip.title"))
        self.picture = PageImage(self._language("checklist.slip.document"))
        self.back = button(self._language("checklist.slip.back"), self.left.emit, "secondary", "Esc")
        self.print = button(self._language("checklist.slip.print"), self._on_print, "secondary", "Ctrl+P")
        self.give = button(self._language("checklist.slip.give"), self._on_give, "primary", "Enter")
        self._build()
        self.question.answered.connect(self._on_answered)
        self.list.ticked.connect(self._on_ticked)
        self.list.doubleClicked.connect(lambda _index: self._on_ticked())

    def show_dossier(self, dossier: Dossier | None) -> None:
        """What the dossier lacks as it stands now."""
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self._forget()
        self._dossier = dossier
        if dossier is None:
            return
        desk = self._session.desk.checklist
        try:
            lacks, made = desk.request_supplement.rows(dossier), desk.see(dossier)
        except RuleError as error:  # the procedure has left the catalogue
            self._forget()
            self._session.failed.emit(error)
            return
        self._doubtful &= {lack.key for lack in lacks if not lack.certain}
        slip = desk.request_supplement.look(dossier, self._doubtful)
        self.question.show_question(made)
        self.list.rows.show_rows(self._rows(lacks))
        self._stack.setCurrentIndex(int(bool(lacks or made.question)))
        self._show_state(dossier, slip, asked=made.question is not None)
        if slip != self._slip:
            self._draw(slip)
        self._slip = slip

    def enter(self) -> None:
        """The page has come to the front."""
        (self.give if self.give.isEnabled() else self.list if self.list.rows.rows else self.back).setFocus()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.question)
        left.addWidget(self.list, 1)
        left.addWidget(self.state)
        left.addWidget(self.online)
        lacking = QWidget()
        row = QHBoxLayout(lacking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 10)
        row.addWidget(self.picture, 10)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(self._language("checklist.slip.nothing"), self._language("checklist.slip.nothing_do"))
        )
        self._stack.addWidget(lacking)
        bottom = QHBoxLayout()
        bottom.addWidget(self.back)
        bottom.addStretch()
        bottom.addWidget(self.print)
        bottom.addWidget(self.give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self._language("checklist.slip.title"), "title"))
        column.addWidget(label(self._language("checklist.slip.explain"), "hint", wrap=True))
        column.addWidget(self._stack, 1)
        column.addLayout(bottom)

    def _rows(self, lacks: Sequence[Lack]) -> list[Row]:
        rows: list[Row] = []
        for certain, heading in ((True, "certain"), (False, "doubtful")):
            group = [lack for lack in lacks if lack.certain is certain]
            if group:
                rows.append(Row(self._language(f"checklist.slip.{heading}"), heading=True))
                rows += [self._row(lack) for lack in group]
        return rows

    def _row(self, lack: Lack) -> Row:
        paper, reason = slip_words(lack, self._language)
        on_it = lack.certain or lack.key in self._doubtful
        amount = amount_words(lack, self._language)
        spoken = self._language(f"checklist.slip.{'on_it' if on_it else 'not_on_it'}")
        hint = f"{amount}  ·  {reason}" if lack.certain else f"{spoken}  ·  {reason}"
        return Row(paper, hint, "mark-lacking" if on_it else "mark-optional", lack.key, bold=on_it, spoken=spoken)

    def _show_state(self, dossier: Dossier, slip: SupplementSlip, *, asked: bool) -> None:
        unread = sum(not page.read for page in dossier.pages)
        given = bool(slip.number)
        if asked:
            told, role = self._language("checklist.slip.question_open"), "warning"
        elif unread:
            told, role = self._language("checklist.slip.pages_unread", count=unread), "warning"
        elif given:
            at = time_words(slip.at, self._language)
            told, role = self._language("checklist.slip.given", number=slip.number, at=at), "ok"
        else:
            told, role = self._language("checklist.slip.not_given"), "hint"
        self.state.setText(told)
        set_role(self.state, role)
        due = self._session.desk.checklist.request_supplement.answer_by(dossier)
        self.online.setText(self._language("checklist.slip.online", at=time_words(due, self._language)))
        ready = not asked and not unread and bool(slip.rows)
        self.give.setEnabled(ready and not given)
        self.print.setEnabled(ready)
        name(self.print, self._language(f"checklist.slip.{'again' if given else 'print'}"), "Ctrl+P")

    def _draw(self, slip: SupplementSlip) -> None:
        """The first copy; drawn beside the screen's own work, and only the newest one is shown."""
        self._asked += 1
        asked, supplement = self._asked, self._session.desk.checklist.request_supplement
        if not slip.rows:
            self.picture.show_picture(None)
            return

        def show(pages: Sequence[bytes]) -> None:
            if asked == self._asked:
                self.picture.show_picture(QImage.fromData(QByteArray(pages[0])))

        self._session.tasks.look(lambda: supplement.images(slip, SCREEN_DPI), show, self._session.failed.emit)

    def _forget(self) -> None:
        """Another citizen: nothing of the one before stays in here."""
        self._asked += 1
        self._slip = None
        self._doubtful.clear()
        self.picture.show_picture(None)
        self.list.rows.show_rows(())
        self.question.show_question(None)
        self.state.setText("")
        self.online.setText("")
        self.give.setEnabled(False)
        self.print.setEnabled(False)

    def _on_ticked(self) -> None:
        """A doubtful paper goes on the slip, or comes off it; the others are there in any case."""
        picked, dossier = self.list.picked(), self._dossier
        if dossier is None or not isinstance(picked, str):
            return
        rows = self._session.desk.checklist.request_supplement.rows(dossier)
        if any(lack.key == picked and not lack.certain for lack in rows):
            self._doubtful ^= {picked}
            self.show_dossier(dossier)

    def _on_answered(self, key: str, yes: bool) -> None:
        dossier, desk = self._dossier, self._session.desk
        if dossier is not None:
            self._session.do(lambda: desk.answer_condition(dossier.id, key, yes, desk.officer), lambda _: self.enter())

    def _on_give(self) -> None:
        if self.give.isEnabled():
            self._request(self.print.setFocus)

    def _on_print(self) -> None:
        if self.print.isEnabled():
            self._request(self._send_to_printer)

    def _request(self, then: Callable[[], None]) -> None:
        """The slip under its number; the same one again where it was given before."""
        dossier, desk, doubtful = self._dossier, self._session.desk, frozenset(self._doubtful)
        if dossier is None:
            return
        self.give.setEnabled(False)
        self._session.do(
            lambda: desk.checklist.request_supplement(dossier.id, desk.officer, doubtful), lambda _: then()
        )

    def _send_to_printer(self) -> None:
        slip, supplement = self._slip, self._session.desk.checklist.request_supplement
        if self._session.locked:  # meanwhile: it is printed again by who comes back
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if slip is None or QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return

        def send(pages: Sequence[bytes]) -> None:
            print_images(printer, [QImage.fromData(QByteArray(page)) for page in pages])

        self._session.tasks.look(lambda: supplement.images(slip, PRINTER_DPI), send, self._session.failed.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_give()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
