"""The checklist in one line below the review and the seal: how it stands, what to ask, what is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from station.dossier.dossier import Dossier, State
from station.errors import RuleError
from station.language import Language
from station.ui import theme
from station.ui.checklist_words import settled_once, summary_words
from station.ui.counter.checklist_question import QuestionBar
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import ElidedLabel, label, set_role

WHAT_LACKS = "F3"


def what_lacks_button(language: Language, pressed: Callable[[], object]) -> QPushButton:
    """«Thiếu gì? (F3)»; the window listens to the key, wherever the button is."""
    made = button(language("checklist.slip.what_lacks"), pressed)
    name(made, language("checklist.slip.what_lacks"), WHAT_LACKS)
    return made


class ChecklistStrip(QFrame):
    """Seen only while there is an open dossier."""

    what_lacks_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self.setProperty("role", "card")
        self._sign = QLabel()
        self._sign.setFixedSize(16, 16)
        self.summary, self.names = label(role="warning"), ElidedLabel(role="hint")
        self.question = QuestionBar(self._language, tall=False)
        self.what_lacks = what_lacks_button(self._language, self.what_lacks_asked.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.summary)
        row.addWidget(self.names, 1)
        row.addWidget(self.question, 2)
        row.addWidget(self.what_lacks)
        self.question.answered.connect(self._on_answered)

    def show_dossier(self, dossier: Dossier | None) -> bool:
        """How the papers of an open dossier stand; whether there is anything to show."""
        if dossier is None or dossier.state is not State.OPEN:
            return False
        try:
            made = self._session.desk.checklist.see(dossier)
        except RuleError:  # the procedure has left the catalogue: the window says so
            return False
        lacking = [item.wanted.name for item in settled_once(made) if item.lacking]
        self.summary.setText(summary_words(made, self._language))
        set_role(self.summary, "ok" if made.complete else "warning")
        sign = "mark-question" if made.question else "mark-lacking" if lacking else "mark-done"
        self._sign.setPixmap(theme.icon(sign).pixmap(16, 16))
        self.question.show_question(made)
        told = self._language("checklist.summary.names", names=", ".join(lacking)) if lacking else ""
        self.names.setText(told)
        for given_way in (self.summary, self.names):  # the question needs the room, and is what is to be done
            given_way.setVisible(made.question is None)
        return True

    def _on_answered(self, key: str, yes: bool) -> None:
        dossier, desk = self._session.dossier, self._session.desk
        if dossier is not None:
            self._session.do(lambda: desk.answer_condition(dossier.id, key, yes, desk.officer))
