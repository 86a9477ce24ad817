"""Every sentence may become twice as long in another language, and none is clipped; the pictures are looked at.

PSEUDO_PICTURES=folder keeps what each step looked like.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.clock import VIETNAM
from station.language import Language
from station.ui.citizen.window import CitizenWindow
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from station.ui.widgets.labels import ElidedLabel
from tests.ui.conftest import Counter
from tests.ui.desk import KINDS
from tests.ui.papers import doubtful, field, paper, scanned

DUE = datetime(2026, 11, 27, 17, 0, tzinfo=VIETNAM)
STEPS = ("home", "open", "identify", "scan", "review", "confirm", "seal")
WORDS = ("chữ", "dài", "gấp", "đôi", "để", "thử", "giao", "diện")


def lengthened(sentence: str) -> str:
    """Twice as long, its placeholders once; recognisable by its brackets."""
    wanted = len(re.sub(r"\{[^}]*\}", "", sentence))
    filler = ""
    for word in cycle(WORDS):
        if len(filler) + len(word) + 1 > wanted:
            break
        filler += f" {word}"
    return f"[{sentence}{filler}]"


@pytest.fixture(scope="session")
def language() -> Language:
    usual = Language.load("vi").with_sentences(KINDS.sentences("vi"))
    templates = {key: usual.template(key) for key in sorted(usual.keys())}
    return usual.with_sentences({key: lengthened(template) for key, template in templates.items()})


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QPushButton) and widget.text():
            if widget.width() < widget.sizeHint().width() or _reaches_out(widget):
                found.append(f"{widget.objectName() or type(widget).__name__}: {widget.text()}")
        elif isinstance(widget, QLabel) and widget.text() and not _has_room(widget):
            found.append(f"{widget.objectName() or type(widget).__name__}: {widget.text()}")
    return found


def _reaches_out(widget: QWidget) -> bool:
    """Over the edge of what holds it, and is no longer seen whole; what scrolls may."""
    holder = widget.parentWidget()
    while holder is not None and not isinstance(holder.parentWidget(), QAbstractScrollArea):
        if not holder.rect().contains(QRect(widget.mapTo(holder, QPoint()), widget.size())):
            return True
        if holder.isWindow():
            return False
        holder = holder.parentWidget()
    return False


def _has_room(words: QLabel) -> bool:
    room = words.contentsRect()
    flags = int(Qt.TextFlag.TextWordWrap) if words.wordWrap() else 0
    text = words.text()
    if words.textFormat() is Qt.TextFormat.RichText:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    needed = words.fontMetrics().boundingRect(room, flags, text).size()
    return QSize(room.width() + 2, room.height() + 2).expandedTo(needed) == QSize(room.width() + 2, room.height() + 2)


def keep(window: QWidget, name: str) -> None:
    if folder := os.environ.get("PSEUDO_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        window.grab().save(str(Path(folder) / f"{name}.png"))


def test_placeholders_stay_and_the_rest_doubles() -> None:
    assert lengthened("Trang {page} trong {count}").count("{page}") == 1
    assert len(lengthened("Mở hồ sơ mới")) >= 2 * len("Mở hồ sơ mới") - 4


def test_nothing_is_clipped_in_any_step(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    scanned(counter, qtbot, paper(field("number", "12/2020"), doubtful("subject.full_name", "Trần Thị Mẫu Đơn")))
    found = {}
    for step in STEPS:
        window.go_to(step)
        QApplication.processEvents()
        qtbot.wait(200)
        keep(window, step)
        assert window.current == step
        found[step] = clipped(window)
    assert not {step: words for step, words in found.items() if words}


@pytest.mark.parametrize("size", [(1024, 600), (1920, 1080)])
def test_nothing_is_clipped_on_the_citizens_screen(counter: Counter, qtbot: QtBot, size: tuple[int, int]) -> None:
    scanned(counter, qtbot, paper(field("request", "Đăng ký lại khai sinh")))
    screen = CitizenWindow(counter.session)
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    found = {}
    for view in CitizenView:
        counter.session.let_citizen_see(view)
        if view is CitizenView.THANKS and counter.session.dossier is not None:
            screen.thanks.show_dossier(replace(counter.session.dossier, number="TAM.T01-261127-0001", due_at=DUE))
        QApplication.processEvents()
        qtbot.wait(200)
        keep(screen, f"citizen-{size[0]}-{view.value}")
        found[view.value] = clipped(screen)
    assert not {view: words for view, words in found.items() if words}
