"""What stands over every view of the citizen's screen: the other language, and a call for help."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from station.ui import theme
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.scale import SMALL, scale_of, scaled
from station.ui.citizen.voice import Voice
from station.ui.session import CitizenView, Session

HEIGHT = 72
_WITH_HELP = frozenset({CitizenView.WAIT, CitizenView.ASK, CitizenView.PAY, CitizenView.SIGN})


class Top(QWidget):
    """Help is offered while a dossier is on the counter; nothing stands here on a locked screen."""

    def __init__(self, session: Session, voice: Voice) -> None:
        super().__init__()
        self._session, self._voice = session, voice
        self._called = False
        self.coming = FittedLabel("plain")
        self.help, self.speech = QPushButton(), QPushButton()
        self.help.setProperty("role", "way")
        self.help.setIcon(theme.light_icon("citizen-help"))
        self.speech.setProperty("role", "way")
        self.help.clicked.connect(self._on_help)
        self.speech.clicked.connect(voice.change)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 0)
        row.setSpacing(12)
        row.addWidget(self.coming, 1)
        row.addWidget(self.help)
        row.addWidget(self.speech)
        self.retell()

    def show_view(self, view: CitizenView) -> None:
        """What a citizen may want in this view."""
        self._called = False
        self.setVisible(view is not CitizenView.BLANK)
        self.help.setVisible(view in _WITH_HELP)
        self.retell()

    def retell(self) -> None:
        self.coming.setText(self._voice("citizen.help_comes") if self._called else "")
        self.help.setText(f" {self._voice('citizen.help')}")
        self.help.setAccessibleName(self._voice("citizen.help"))
        self.speech.setText(self._voice.other_name)

    def _on_help(self) -> None:
        self._called = True
        self._session.tell_officer("help")
        self.retell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.setFixedHeight(round(HEIGHT * scale))
        self.coming.show_text(self.coming.text(), scaled(self.font(), SMALL, scale))
        for way in (self.help, self.speech):
            way.setFont(scaled(self.font(), SMALL, scale))
            way.setMinimumHeight(round((HEIGHT - 8) * scale))
            way.setIconSize(QSize(round(28 * scale), round(28 * scale)))
