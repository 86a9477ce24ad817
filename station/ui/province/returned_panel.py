"""«Tỉnh trả lại»: dossiers that came back, each with the province's reason, and the deed that makes it again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.hub_changes import Returned
from station.ui.counter.queue_words import moment_words
from station.ui.province.case_words import returned_sentence
from station.ui.province.outlook import Outlook
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList


class ReturnedPanel(QWidget):
    """Enter makes the dossier of the current row again: with its pages, so that nobody scans them twice."""

    opened = Signal(str)  # dossier id
    made_again = Signal(object)  # Dossier

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        say = self._language
        self.list = RowList()
        self.list.setAccessibleName(say("province.view.returned"))
        self.number, self.reason = label(role="person"), label(role="value", wrap=True)
        self.by = label(role="hint", wrap=True)
        self.again = button(say("province.returned.again"), self._on_again, "primary", "Enter")
        self.open = button(say("province.queue.open"), self._on_open, "secondary", "Alt+X")
        self.nothing = EmptyState(say("province.returned.nothing"), say("province.returned.nothing_do"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._made_work())
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show())
        self.list.doubleClicked.connect(lambda _index: self._on_again())

    def show_outlook(self, outlook: Outlook) -> None:
        """Those that came back and were not made again yet."""
        before = self._picked()
        self.list.rows.show_rows(
            [
                Row(
                    one.number or self._language("counter.home.no_number"),
                    f"{moment_words(one.at, outlook.now)} · {one.reason}",
                    "state-returned",
                    one,
                )
                for one in outlook.returned
            ]
        )
        self._stack.setCurrentIndex(0 if outlook.returned else 1)
        if outlook.returned:
            kept = next((one for one in outlook.returned if before and one.dossier_id == before.dossier_id), None)
            self.list.pick(kept or outlook.returned[0])
        self._show()

    def enter(self) -> None:
        """The keyboard is in the list."""
        self.list.setFocus()

    def _picked(self) -> Returned | None:
        picked = self.list.picked()
        return picked if isinstance(picked, Returned) else None

    def _show(self) -> None:
        one = self._picked()
        self.number.setText((one.number or self._language("counter.home.no_number")) if one else "")
        self.reason.setText(one.reason if one else "")
        self.by.setText(returned_sentence(one, self._session.desk.queue.now(), self._language) if one else "")
        for deed in (self.again, self.open):
            deed.setEnabled(one is not None)

    def _on_open(self) -> None:
        if (one := self._picked()) is not None:
            self.opened.emit(one.dossier_id)

    def _on_again(self) -> None:
        one, desk = self._picked(), self._session.desk
        if one is None or not self.again.isEnabled():
            return
        self.again.setEnabled(False)  # once, however often Enter is pressed

        def done(dossier: Dossier) -> None:
            self.made_again.emit(dossier)

        def failed(error: Exception) -> None:
            self._show()
            self._session.failed.emit(error)

        self._session.tasks.write(lambda: desk.hub.make_again(one.dossier_id, desk.officer), done, failed, self._show)

    def _made_work(self) -> QWidget:
        say = self._language
        card = QFrame()
        card.setProperty("role", "card")
        told = QVBoxLayout(card)
        told.setContentsMargins(20, 16, 20, 16)
        told.setSpacing(8)
        told.addWidget(self.number)
        told.addWidget(self.by)
        told.addSpacing(8)
        told.addWidget(label(say("province.returned.reason"), "hint"))
        told.addWidget(self.reason)
        told.addSpacing(8)
        told.addWidget(label(say("province.returned.do"), "hint", wrap=True))
        told.addStretch()
        deeds = QHBoxLayout()
        deeds.addWidget(self.open)
        deeds.addStretch()
        deeds.addWidget(self.again)
        told.addLayout(deeds)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list, 9)
        row.addWidget(card, 11)
        return work

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_again()
        else:
            super().keyPressEvent(event)
