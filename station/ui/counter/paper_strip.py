"""The strip above each page's picture: which paper it is part of, drawn through all pages of the paper."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette

from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.papers import Paper, Place
from station.language import Language
from station.ui import theme
from station.ui.paper_words import paper_words

HEIGHT = 24
_GAP, _SIGN = 5, 14


@dataclass(frozen=True, slots=True)
class Strip:
    """One page's part of the strip of its paper."""

    paper: Paper
    place: Place
    name: str
    at: int
    """Which page of the paper, from 0."""
    spoken: str
    """What a screen reader says of it."""

    @property
    def unsure(self) -> bool:
        """About some page of the paper the officer should say where it belongs."""
        return any(place.unsure for place in self.paper.places)


def strips(dossier: Dossier, language: Language) -> dict[str, Strip]:
    """By page, in the order in which the pages are shown: those of a paper side by side."""
    made = {}
    for paper in papers(dossier):
        name = language("pile.numbered", number=paper.number, name=paper_words(dossier, paper, language))
        for at, place in enumerate(paper.places):
            spoken = language("pile.unsure", page=place.page.number) if place.unsure else name
            made[place.page.id] = Strip(paper, place, name, at, spoken)
    return made


def paint(painter: QPainter, cell: QRect, columns: int, strip: Strip, base: QFont, palette: QPalette) -> None:
    """This cell's part of the strip, which runs through all cells of the paper in this row of `columns`."""
    column = round(cell.left() / cell.width())
    before, after = min(strip.at, column), min(len(strip.paper.places) - 1 - strip.at, columns - 1 - column)
    begins, ends = before == strip.at, strip.at + after == len(strip.paper.places) - 1
    left = cell.left() - before * cell.width() + (_GAP if begins else 0)
    right = cell.left() + (after + 1) * cell.width() - (_GAP if ends else 0)
    room = QRect(left, cell.top() + 2, right - left, HEIGHT - 4)
    painter.setClipRect(cell)
    painter.fillRect(room, palette.color(QPalette.ColorRole.Window))
    painter.fillRect(QRect(room.left(), room.bottom() - 1, room.width(), 2), palette.color(QPalette.ColorRole.Dark))
    if strip.unsure:
        painter.drawPixmap(
            QPoint(room.right() - _SIGN - 4, room.top() + 2), theme.icon("mark-warning").pixmap(_SIGN, _SIGN)
        )
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() - 1)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    words = room.adjusted(5, 0, -5 - (_SIGN + 4 if strip.unsure else 0), -2)
    name = strip.name if begins else f"… {strip.name}"
    painter.drawText(words, _FLAGS, QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, words.width()))
    painter.setClipping(False)


_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
