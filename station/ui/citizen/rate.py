"""Five faces: how content was the citizen with the service (Decision 766/QĐ-TTg)? Nothing here names anybody."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from station.actions.rate_service import SCORES
from station.ui import theme
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.scale import SMALL, TARGET, TITLE, scale_of, scaled
from station.ui.citizen.voice import Voice
from station.ui.session import CitizenView, Session

THANKS_FOR = 4_000
"""Milliseconds that the thanks stand before the next citizen's welcome."""


class RateView(QWidget):
    """A touch on a face is the answer; the citizen may also leave it."""

    def __init__(self, session: Session, voice: Voice) -> None:
        super().__init__()
        self._session, self._voice = session, voice
        self._rated = False
        centre = Qt.AlignmentFlag.AlignHCenter
        self.title, self.hint = FittedLabel("large", centre), FittedLabel("plain", centre)
        self.faces = {score: Face(score) for score in SCORES}
        self.skip = QPushButton()
        self.skip.setProperty("role", "way")
        self.skip.clicked.connect(self._end)
        faces = QHBoxLayout()
        faces.setSpacing(12)
        for score, face in self.faces.items():
            face.clicked.connect(lambda _checked=False, score=score: self._on_rated(score))
            faces.addWidget(face, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.title, 2)
        column.addWidget(self.hint, 1)
        column.addLayout(faces, 6)
        column.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignHCenter)
        self._ending = QTimer(self)
        self._ending.setSingleShot(True)
        self._ending.setInterval(THANKS_FOR)
        self._ending.timeout.connect(self._end)
        self.begin()

    def begin(self) -> None:
        """Nobody has said anything yet."""
        self._ending.stop()
        self._rated = False
        self.retell()

    def retell(self) -> None:
        self.title.setText(self._voice("citizen.rate.thanks" if self._rated else "citizen.rate.title"))
        self.hint.setText(self._voice("citizen.rate.thanks_more" if self._rated else "citizen.rate.hint"))
        self.skip.setText(self._voice("citizen.rate.skip"))
        self.skip.setVisible(not self._rated)
        for score, face in self.faces.items():
            face.tell(self._voice(f"citizen.rate.score.{score}"))
            face.setVisible(not self._rated)

    def _on_rated(self, score: int) -> None:
        if self._rated:
            return  # a second finger
        self._session.rate(score)
        self._rated = True
        self.retell()
        self._ending.start()

    def _end(self) -> None:
        if self._session.citizen_view is CitizenView.RATE:
            self._session.let_citizen_see(CitizenView.IDLE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.title.show_text(self.title.text(), scaled(self.font(), TITLE, scale, bold=True))
        self.hint.show_text(self.hint.text(), scaled(self.font(), SMALL, scale))
        self.skip.setFont(scaled(self.font(), SMALL, scale))
        self.skip.setMinimumSize(round(3 * TARGET * scale), round(0.75 * TARGET * scale))
        for face in self.faces.values():
            face.set_scale(scale)


class Face(QPushButton):
    """A face over its words; the words say it, the face is seen from afar."""

    def __init__(self, score: int) -> None:
        super().__init__()
        self._score = score
        self.setProperty("role", "face")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._face, self._words = QLabel(), FittedLabel("large", Qt.AlignmentFlag.AlignHCenter)
        self._face.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self._face, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 12)
        column.addWidget(self._face, 3)
        column.addWidget(self._words, 2)

    def tell(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)

    def set_scale(self, scale: float) -> None:
        side = round(88 * scale)
        self._face.setPixmap(theme.light_icon(f"face-{self._score}").pixmap(side, side))
        self._words.show_text(self._words.text(), scaled(self.font(), SMALL, scale, bold=True))
