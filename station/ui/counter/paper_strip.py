"""The strip above each page's picture: which paper it is part of, drawn through all pages of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette

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
    begins: bool
    ends: bool
    spoken: str
    """What a screen reader says of it."""


def strips(papers: Sequence[Paper], language: Language) -> dict[str, Strip]:
    """By page, in the order in which the pages are shown: those of a paper side by side."""
    made = {}
    for paper in papers:
        name = language("pile.numbered", number=paper.number, name=paper_words(paper, language))
        for at, place in enumerate(paper.places):
            begins, ends = at == 0, at == len(paper.places) - 1
            spoken = language("pile.unsure", page=place.page.number) if place.unsure else name
            made[place.page.id] = Strip(paper, place, name, begins, ends, spoken)
    return made


def paint(painter: QPainter, cell: QRect, strip: Strip, base: QFont, palette: QPalette, *, leads: bool) -> None:
    """`leads`: the page is the first of its row, where the name of a paper that goes on is said again."""
    left = cell.left() + (_GAP if strip.begins else 0)
    right = cell.right() - (_GAP if strip.ends else -1)
    room = QRect(left, cell.top() + 2, right - left, HEIGHT - 4)
    painter.fillRect(room, palette.color(QPalette.ColorRole.Window))
    painter.fillRect(QRect(room.left(), room.bottom() - 1, room.width(), 2), palette.color(QPalette.ColorRole.Dark))
    left = room.left() + 5
    if strip.place.unsure:
        painter.drawPixmap(QPoint(left, room.top() + 2), theme.icon("mark-warning").pixmap(_SIGN, _SIGN))
        left += _SIGN + 4
    if strip.begins or leads:
        font = QFont(base)
        font.setPointSizeF(base.pointSizeF() - 1)
        font.setBold(strip.begins)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        width = room.right() - left - 3
        words = strip.name if strip.begins else f"… {strip.name}"
        told = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, room.top(), width, room.height() - 2), _FLAGS, told)


_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
