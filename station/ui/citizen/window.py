"""The citizen's screen: large, calm, private. It shows what was captured and takes the citizen's word, nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.ui.citizen.message import MessageView
from station.ui.citizen.pad import connect_pad
from station.ui.citizen.patience import Patience
from station.ui.citizen.pay import PayView
from station.ui.citizen.questions import QuestionsView
from station.ui.citizen.rate import RateView
from station.ui.citizen.sign import SignView
from station.ui.citizen.thanks import ThanksView
from station.ui.citizen.top import Top
from station.ui.citizen.voice import Voice
from station.ui.session import CitizenView, Session
from station.ui.widgets.labels import label


class CitizenWindow(QWidget):
    """Full screen on the second display, or turned to the citizen on the only one (`turned`).

    The officer's controls never show here, and nothing of anybody between citizens, while locked, or when nobody has
    touched the screen for too long.
    """

    turned_back = Signal()
    """On the only screen: the citizen is done, or the officer pressed F11."""

    def __init__(self, session: Session, *, turned: bool = False) -> None:
        super().__init__()
        self.session, self.turned = session, turned
        self.voice = voice = Voice(session)
        self.setObjectName("citizen")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)  # nothing to close it or to move it by
        if turned:  # the keyboard is the window's: a stray Space must not be the citizen's answer
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus()
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        screen = session.desk.service.screen
        self.patience = Patience(session, screen.patience)
        self.top = Top(session, voice)
        self.questions = QuestionsView(session, voice)
        self.pay, self.sign = PayView(voice, screen.account), SignView(session, voice)
        self.thanks, self.rate = ThanksView(session, voice), RateView(session, voice)
        self._welcome = MessageView(voice, "citizen.welcome", "citizen.welcome_more")
        self._wait = MessageView(voice, "citizen.wait", "citizen.wait_more")
        self._views: dict[CitizenView, QWidget] = {
            CitizenView.IDLE: self._welcome,
            CitizenView.WAIT: self._wait,
            CitizenView.ASK: self.questions,
            CitizenView.PAY: self.pay,
            CitizenView.SIGN: self.sign,
            CitizenView.THANKS: self.thanks,
            CitizenView.RATE: self.rate,
            CitizenView.BLANK: QWidget(),
        }
        self._retold = (
            self.top,
            self.questions,
            self.pay,
            self.sign,
            self.thanks,
            self.rate,
            self._welcome,
            self._wait,
        )
        self._build()
        connect_pad(
            self.questions,
            screen.pad,
            (lambda: self._on_pad(Verdict.RIGHT), lambda: self._on_pad(Verdict.WRONG), lambda: self._on_pad(None)),
        )
        voice.changed.connect(self._on_voice_changed)
        session.citizen_view_changed.connect(self._on_view_changed)
        session.dossier_changed.connect(self._on_dossier_changed)
        self.questions.all_answered.connect(self._on_all_answered)
        self._on_view_changed(session.citizen_view)

    @property
    def view(self) -> CitizenView:
        """What is shown now."""
        shown = self._stack.currentWidget()
        return next(view for view, widget in self._views.items() if widget is shown)

    def _build(self) -> None:
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
        self.practice = label(self.voice("counter.practice"))
        self.practice.setObjectName("practice")
        self.practice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.practice.setVisible(self.session.desk.practice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.practice)
        column.addWidget(self.top)
        column.addWidget(self._stack, 1)
        for way in self.findChildren(QAbstractButton):
            way.pressed.connect(self.patience.touched)
        self.sign.canvas.drawn.connect(self.patience.touched)
        self.setWindowTitle(self.voice("citizen.title"))

    def _on_view_changed(self, view: CitizenView) -> None:
        dossier = self.session.dossier
        if view in (CitizenView.IDLE, CitizenView.BLANK):
            self.voice.begin_again()
        self.practice.setVisible(self.session.desk.practice and view is not CitizenView.BLANK)
        self.top.show_view(view)
        # None: no value stays behind in a hidden page.
        self.questions.begin(dossier if view is CitizenView.ASK else None)
        self.pay.show_dossier(dossier if view is CitizenView.PAY else None)
        self.sign.begin(dossier if view is CitizenView.SIGN else None)
        self.thanks.show_dossier(dossier if view is CitizenView.THANKS else None)
        if view is CitizenView.RATE:
            self.rate.begin()
        self._stack.setCurrentWidget(self._views[view])
        self.patience.show_view(view)

    def _on_dossier_changed(self, dossier: Dossier | None) -> None:
        if self.view is CitizenView.ASK:
            self.questions.show_dossier(dossier)
        elif self.view is CitizenView.PAY:
            self.pay.show_dossier(dossier)

    def _on_voice_changed(self) -> None:
        for view in self._retold:
            view.retell()
        self.practice.setText(self.voice("counter.practice"))

    def _on_all_answered(self) -> None:
        self.session.let_citizen_see(CitizenView.WAIT)
        if self.turned:
            self.turned_back.emit()

    def _on_pad(self, verdict: Verdict | None) -> None:
        self.patience.touched()
        if verdict is None:
            self.questions.question.toggle_cover()
        else:
            self.questions.answer(verdict)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.patience.touched()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.turned and event.key() in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
            self.turned_back.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only the program closes this window; a citizen cannot."""
        event.setAccepted(not event.spontaneous())
