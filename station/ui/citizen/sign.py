"""A sentence, and room to sign under it with a finger, a pen or the mouse."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageWriter,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.showing import SIGNING, Shown, ShownValue
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.scale import PLAIN, SMALL, TARGET, scale_of, scaled
from station.ui.citizen.voice import Voice
from station.ui.session import CitizenView, Session

KEPT = QSize(1200, 400)
"""Pixels of the picture that is kept."""
LEAST = 60.0
"""Pixels of line that are more than a slip of the finger."""


class SignView(QWidget):
    """Done hands the picture and what was signed to the session; the citizen may also say no."""

    def __init__(self, session: Session, voice: Voice) -> None:
        super().__init__()
        self._session, self._voice = session, voice
        self._dossier: Dossier | None = None
        self.statement = FittedLabel("large")
        self.canvas = Canvas()
        self.no, self.clear, self.done = QPushButton(), QPushButton(), QPushButton()
        for way, role, deed in (
            (self.no, "way", self._on_no),
            (self.clear, "way", self.canvas.clear),
            (self.done, "right", self._on_done),
        ):
            way.setProperty("role", role)
            way.setProperty("said", False)
            way.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            way.clicked.connect(deed)
        ways = QHBoxLayout()
        ways.setSpacing(16)
        ways.addWidget(self.no, 1)
        ways.addWidget(self.clear, 1)
        ways.addWidget(self.done, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 20)
        column.setSpacing(12)
        column.addWidget(self.statement, 2)
        column.addWidget(self.canvas, 4)
        column.addLayout(ways)
        self.canvas.drawn.connect(self._on_drawn)
        self.begin(None)

    def begin(self, dossier: Dossier | None) -> None:
        """An empty field under this dossier's sentence; None forgets both."""
        self._dossier = dossier
        self.canvas.clear()
        self.retell()

    def retell(self) -> None:
        dossier, voice = self._dossier, self._voice
        said = ""
        if dossier is not None:
            procedure = self._session.desk.procedures.get(dossier.procedure_code, dossier.procedure_version)
            said = voice("citizen.sign.statement", name=dossier.person_name or "…", procedure=procedure.name)
        self.statement.setText(said)
        self.canvas.setAccessibleName(voice("citizen.sign.canvas"))
        self.no.setText(voice("citizen.sign.no"))
        self.clear.setText(voice("citizen.sign.clear"))
        self.done.setText(voice("citizen.sign.done"))
        self._on_drawn()

    def shown(self) -> Shown:
        """The sentence that stands over the signature, for the record."""
        value = ShownValue("", self._voice("citizen.sign.label"), self.statement.text())
        return Shown(SIGNING, self._voice.language.name, (value,))

    def _on_drawn(self) -> None:
        self.done.setEnabled(self.canvas.signed)
        self.clear.setEnabled(self.canvas.touched)

    def _on_done(self) -> None:
        if self._dossier is not None and self.canvas.signed:
            self.done.setEnabled(False)
            self._session.sign(self.canvas.png(), self.shown())

    def _on_no(self) -> None:
        self._session.tell_officer("declined")
        self._session.let_citizen_see(CitizenView.WAIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.statement.show_text(self.statement.text(), scaled(self.font(), PLAIN, scale, bold=True))
        for way in (self.no, self.clear, self.done):
            way.setFont(scaled(self.font(), SMALL, scale, bold=way is self.done))
            way.setMinimumHeight(round(TARGET * scale))


class Canvas(QFrame):
    """Lines as they were drawn; a screen without a finger on it for a moment begins another line."""

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._lines: list[QPolygonF] = []

    @property
    def touched(self) -> bool:
        return bool(self._lines)

    @property
    def signed(self) -> bool:
        """Whether enough was drawn to be meant."""
        return sum(_length(line) for line in self._lines) >= LEAST

    def clear(self) -> None:
        self._lines = []
        self.update()
        self.drawn.emit()

    def png(self) -> bytes:
        """Black on white, the whole field."""
        image = QImage(KEPT, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        scale = min(KEPT.width() / max(1, self.width()), KEPT.height() / max(1, self.height()))
        painter = QPainter(image)
        painter.scale(scale, scale)
        self._draw(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._lines.append(QPolygonF([event.position()]))
        self.drawn.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._lines:
            self._lines[-1].append(event.position())
            self.drawn.emit()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().mid().color(), 2))
        low = round(self.height() * 0.78)
        painter.drawLine(40, low, self.width() - 40, low)
        self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor("black"), max(3.0, self.height() / 60))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for line in self._lines:
            if line.size() == 1:
                painter.drawPoint(line.at(0))
            painter.drawPolyline(line)


def _length(line: QPolygonF) -> float:
    points: list[QPointF] = [line.at(place) for place in range(line.size())]
    return sum((there - here).manhattanLength() for here, there in pairwise(points))
