"""The citizen's screen with questions on it, and the citizen's finger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier
from station.ui.citizen.question import Question
from station.ui.citizen.window import CitizenWindow
from station.ui.session import CitizenView
from tests.ui.conftest import Counter
from tests.ui.papers import ADDRESS, field, paper, scanned

SIZES = [(1024, 600), (1366, 768), (1920, 1080)]
PAPERS = (
    paper(
        field("subject.full_name", "NGUYỄN HOÀNG BẢO TRÂN ĐẶNG THỊ MỸ NGỌC"),
        field("subject.birth_date", "2024-03-05"),
        field("subject.sex", "female"),
        field("subject.residence", ADDRESS),
        field("mother.full_name", "TRẦN THỊ MẪU"),
        field("mother.residence", "Xóm 5, xã Mẫu, tỉnh Mẫu"),
        field("number", "105/2024"),
    ),
)


def shown_at(counter: Counter, qtbot: QtBot, size: tuple[int, int], *, turned: bool = False) -> CitizenWindow:
    made = CitizenWindow(counter.session, turned=turned)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    return made


@pytest.fixture
def citizen(counter: Counter, qtbot: QtBot) -> CitizenWindow:
    return shown_at(counter, qtbot, (1024, 600))


@pytest.fixture
def asked(citizen: CitizenWindow, counter: Counter, qtbot: QtBot) -> CitizenWindow:
    scanned(counter, qtbot, *PAPERS)
    counter.session.let_citizen_see(CitizenView.ASK)
    return citizen


def dossier_on(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def tap(qtbot: QtBot, citizen: CitizenWindow, button: QPushButton) -> None:
    """As a person does, who has read what stands there."""
    qtbot.waitUntil(lambda: citizen.questions.listening)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def open_questions(citizen: CitizenWindow) -> list[Question]:
    """The one that stands there, its digits seen, if it has no answer yet."""
    question = citizen.questions.question
    if question.covered:
        question.toggle_cover()
    return [question] if question.open else []


def words_in(widget: QWidget) -> str:
    """Every text and accessible name, hidden ones too."""
    found = [widget, *widget.findChildren(QWidget)]
    texts = [one.text() for one in found if isinstance(one, QLabel | QPushButton | QLineEdit)]
    return " ".join([*texts, *(one.accessibleName() for one in found), *(one.toolTip() for one in found)])


def to_number(citizen: CitizenWindow) -> Question:
    """On to the identified person's number."""
    question = citizen.questions.question
    while not question.covered:
        citizen.questions.after.click()
    return question
