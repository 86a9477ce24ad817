"""The citizen's screen: large, calm, private. It shows what was captured and takes Đúng or Sai, nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.ui.citizen.questions import QuestionsView
from station.ui.citizen.scale import scale_of, scaled
from station.ui.session import CitizenView, Session
from station.ui.widgets.labels import label
from station.ui.words import time_words


class CitizenWindow(QWidget):
    """Full screen on the second display, or turned to the citizen on the only one (`turned`).

    The officer's controls never show here, and nothing of anybody between citizens or while locked.
    """

    turned_back = Signal()
    """On the only screen: the citizen is done, or the officer pressed F11."""

    def __init__(self, session: Session, *, turned: bool = False) -> None:
        super().__init__()
        self.session, self.language, self.turned = session, session.language, turned
        self.setObjectName("citizen")
        self.setWindowTitle(self.language("citizen.title"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)  # nothing to close it or to move it by
        if turned:  # the keyboard is the window's: a stray Space must not be the citizen's answer
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus()
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.questions = QuestionsView(session)
        self._welcome = _Message("citizen.welcome", "citizen.welcome_more", session)
        self._wait = _Message("citizen.wait", "citizen.wait_more", session)
        self._thanks = _Message("citizen.thanks", "citizen.thanks_more", session)
        self._blank = QWidget()
        self._views = {
            CitizenView.IDLE: self._welcome,
            CitizenView.WAIT: self._wait,
            CitizenView.ASK: self.questions,
            CitizenView.THANKS: self._thanks,
            CitizenView.BLANK: self._blank,
        }
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.practice = label(self.language("counter.practice"))
        self.practice.setObjectName("practice")
        self.practice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.practice.setVisible(session.desk.practice)
        column.addWidget(self.practice)
        column.addWidget(self._stack, 1)
        session.citizen_view_changed.connect(self._on_view_changed)
        session.dossier_changed.connect(self._on_dossier_changed)
        self.questions.all_answered.connect(self._on_all_answered)
        self._on_view_changed(session.citizen_view)

    @property
    def view(self) -> CitizenView:
        """What is shown now."""
        shown = self._stack.currentWidget()
        return next(view for view, widget in self._views.items() if widget is shown)

    def _on_view_changed(self, view: CitizenView) -> None:
        self.practice.setVisible(self.session.desk.practice and view is not CitizenView.BLANK)
        if view is CitizenView.ASK:
            self.questions.begin(self.session.dossier)
        else:
            self.questions.begin(None)  # no value stays behind in a hidden page
        if view is CitizenView.THANKS:
            self._thank(self.session.dossier)
        else:
            self._thanks.tell("", "")
        self._stack.setCurrentWidget(self._views[view])

    def _on_dossier_changed(self, dossier: Dossier | None) -> None:
        if self.view is CitizenView.ASK:
            self.questions.show_dossier(dossier)

    def _on_all_answered(self) -> None:
        self.session.let_citizen_see(CitizenView.WAIT)
        if self.turned:
            self.turned_back.emit()

    def _thank(self, dossier: Dossier | None) -> None:
        if dossier is None or dossier.due_at is None:
            return
        self._thanks.tell(
            self.language("citizen.thanks"),
            self.language("citizen.thanks_more", number=dossier.number, time=time_words(dossier.due_at, self.language)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.turned and event.key() in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
            self.turned_back.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the program closes this window; a citizen cannot."""
        event.setAccepted(not event.spontaneous())


class _Message(QWidget):
    """Two sentences in the middle of the screen, as large as the room allows."""

    def __init__(self, key: str, more: str, session: Session) -> None:
        super().__init__()
        self.first, self.second = QLabel(), QLabel()
        for text, role in ((self.first, "large"), (self.second, "plain")):
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setProperty("role", role)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.addStretch(3)
        column.addWidget(self.first)
        column.addSpacing(16)
        column.addWidget(self.second)
        column.addStretch(4)
        if key != "citizen.thanks":
            self.tell(session.language(key), session.language(more))

    def tell(self, first: str, second: str) -> None:
        self.first.setText(first)
        self.second.setText(second)
        self.setAccessibleName(f"{first} {second}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.first.setFont(scaled(self.font(), 30, scale, bold=True))
        self.second.setFont(scaled(self.font(), 20, scale))
