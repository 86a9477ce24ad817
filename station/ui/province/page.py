"""«Gửi về tỉnh»: what waits, what is asked, what came back – one view at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.ui.province.outlook import Outlook, OutlookWatch
from station.ui.province.questions_panel import QuestionsPanel
from station.ui.province.returned_panel import ReturnedPanel
from station.ui.province.view_bar import View, ViewBar
from station.ui.province.waiting_panel import WaitingPanel
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label


class ProvincePage(QWidget):
    """Ctrl and a digit changes the view, Esc leaves."""

    left = Signal()
    opened = Signal(str)  # dossier id
    made_again = Signal(object)  # Dossier

    def __init__(self, session: Session, watch: OutlookWatch) -> None:
        super().__init__()
        self._language, self._watch = session.language, watch
        self.views = ViewBar(self._language)
        self.waiting, self.questions, self.returned = (
            WaitingPanel(session),
            QuestionsPanel(session),
            ReturnedPanel(session),
        )
        self._panels: dict[View, WaitingPanel | QuestionsPanel | ReturnedPanel] = {
            View.QUEUE: self.waiting,
            View.QUESTIONS: self.questions,
            View.RETURNED: self.returned,
        }
        self._stack = QStackedWidget()
        for panel in self._panels.values():
            self._stack.addWidget(panel)
        self.view = View.QUEUE
        self.back = button(self._language("province.back"), self.left.emit, "secondary", "Esc")
        self._build()
        self.views.asked.connect(self.show_view)
        self.waiting.opened.connect(self.opened.emit)
        self.returned.opened.connect(self.opened.emit)
        self.returned.made_again.connect(self.made_again.emit)
        watch.changed.connect(self._on_changed)

    def enter(self, view: View | None = None) -> None:
        """The page has come to the front, with this view or the one that was there last."""
        if self._watch.seen is not None:
            self._show(self._watch.seen)
        self._watch.look()
        self.show_view(view or self.view)

    def show_view(self, view: View) -> None:
        """Bring a view to the front, with the keyboard."""
        self.view = view
        self.views.mark(view)
        self._stack.setCurrentWidget(self._panels[view])
        self._panels[view].enter()

    def hideEvent(self, event: QHideEvent) -> None:
        """Something else came to the front, or the screens were locked: no value stays."""
        self.questions.forget()
        super().hideEvent(event)

    def _on_changed(self, outlook: Outlook) -> None:
        if self.isVisible():
            self._show(outlook)

    def _show(self, outlook: Outlook) -> None:
        self.views.show_counts(
            {
                View.QUEUE: outlook.count,
                View.QUESTIONS: len(outlook.questions),
                View.RETURNED: len(outlook.returned),
            }
        )
        for panel in self._panels.values():
            panel.show_outlook(outlook)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addWidget(label(self._language("province.title"), "title"))
        top.addWidget(self.views, 1)
        top.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
