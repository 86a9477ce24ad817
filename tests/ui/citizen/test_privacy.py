"""Nobody else's value is seen on the citizen's screen, none for longer than it is asked, and no way leads out of it."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import questions, unanswered
from station.language import Language
from station.ui.citizen.window import CitizenWindow
from station.ui.session import CitizenView
from tests.ui.citizen.conftest import dossier_on, open_questions, shown_at, tap, to_number, words_in
from tests.ui.conftest import Counter
from tests.ui.papers import field, paper, scanned


def test_between_citizens_there_is_a_welcome_and_nobodys_name(citizen: CitizenWindow, language: Language) -> None:
    assert citizen.view is CitizenView.IDLE
    assert language("citizen.welcome") in words_in(citizen)


@pytest.mark.parametrize("view", [view for view in CitizenView if view not in (CitizenView.ASK, CitizenView.SIGN)])
def test_no_value_stays_anywhere_in_the_window_once_the_questions_are_put_away(
    asked: CitizenWindow, counter: Counter, view: CitizenView
) -> None:
    values = [entry.value for entry in dossier_on(counter).entries if len(entry.value) > 5]
    assert any(value in words_in(asked) for value in values)
    if view is CitizenView.BLANK:
        counter.session.lock(locked=True)
    else:
        counter.session.let_citizen_see(view)
    assert [value for value in values if value in words_in(asked)] == []


def test_locked_the_screen_is_empty_and_afterwards_the_questions_go_on(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    tap(qtbot, asked, open_questions(asked)[0].right)
    left = len(questions(dossier_on(counter))) - 1
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == left)
    counter.session.lock(locked=True)
    assert asked.view is CitizenView.BLANK
    assert not [one for one in asked.findChildren(QLabel) if one.isVisible() and one.text()]
    counter.session.lock(locked=False)
    assert asked.view is CitizenView.ASK
    assert len(unanswered(dossier_on(counter))) == left


def test_there_are_no_controls_of_the_officer(asked: CitizenWindow, language: Language) -> None:
    seen = {one.text().strip() for one in asked.findChildren(QPushButton) if one.isVisible()}
    assert seen == {*(language(f"citizen.{name}") for name in ("right", "wrong", "before", "after", "help")), "English"}
    assert not asked.findChildren(QLineEdit)


@pytest.mark.parametrize("turned", [False, True])
def test_a_citizen_can_neither_close_nor_move_the_window(counter: Counter, qtbot: QtBot, turned: bool) -> None:
    citizen = shown_at(counter, qtbot, (1024, 600), turned=turned)
    assert citizen.windowFlags() & Qt.WindowType.FramelessWindowHint

    class FromOutside(QCloseEvent):
        def spontaneous(self) -> bool:
            return True

    alt_f4 = FromOutside()
    citizen.closeEvent(alt_f4)
    assert not alt_f4.isAccepted()
    assert citizen.close(), "the program itself can"


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_a_turned_screen_is_turned_back_by_key(counter: Counter, qtbot: QtBot, key: Qt.Key) -> None:
    citizen = shown_at(counter, qtbot, (1366, 768), turned=True)
    with qtbot.waitSignal(citizen.turned_back):
        qtbot.keyClick(citizen, key)


def test_digits_that_name_a_person_are_covered_until_they_are_touched(asked: CitizenWindow, qtbot: QtBot) -> None:
    question = to_number(asked)
    assert question.value.text() == "001 ••• ••• 123"
    assert "001199000123" not in words_in(asked).replace(" ", "")
    qtbot.mouseClick(question, Qt.MouseButton.LeftButton, pos=question.value.geometry().center())
    assert question.value.text() == "001 199 000 123"
    question.see.click()
    assert question.covered


def test_digits_cover_themselves_after_a_while(
    asked: CitizenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = to_number(asked)
    question._closing.setInterval(60)
    question.see.click()
    assert not question.covered
    qtbot.waitUntil(lambda: question.covered)


def test_nobody_says_right_to_digits_that_were_never_seen(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    question = to_number(asked)
    before = len(unanswered(dossier_on(counter)))
    tap(qtbot, asked, question.right)
    assert not question.covered
    assert len(unanswered(dossier_on(counter))) == before
    tap(qtbot, asked, question.right)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == before - 1)


def test_the_picture_of_a_covered_number_is_covered_too(citizen: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    scanned(counter, qtbot, paper(field("mother.id_number", "079199000456")))
    counter.session.let_citizen_see(CitizenView.ASK)
    while not citizen.questions.question.value.text().startswith("079"):
        citizen.questions.after.click()
    question = citizen.questions.question
    qtbot.waitUntil(lambda: question._image is not None)
    assert question.piece.shown is None
    question.see.click()
    assert question.piece.shown is not None
    question.see.click()
    assert question.piece.shown is None


@pytest.mark.parametrize("view", [CitizenView.ASK, CitizenView.SIGN, CitizenView.THANKS])
def test_untouched_for_too_long_the_screen_shows_nothing_of_anybody(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot, view: CitizenView
) -> None:
    told: list[str] = []
    counter.session.officer_told.connect(told.append)
    if view is CitizenView.THANKS:
        counter.sealed()
    counter.session.let_citizen_see(view)
    asked.patience.timer.start(30)
    qtbot.waitUntil(lambda: asked.view is CitizenView.IDLE)
    assert told == ([] if view is CitizenView.THANKS else ["asleep"])
    values = [entry.value for entry in dossier_on(counter).entries if len(entry.value) > 5]
    assert [value for value in values if value in words_in(asked)] == []


def test_a_touch_anywhere_begins_the_patience_anew(asked: CitizenWindow, qtbot: QtBot) -> None:
    timer = asked.patience.timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)  # Qt rounds the end of a coarse one to the full second
    timer.start()
    before = time.monotonic() * 1000 + timer.remainingTime()
    qtbot.wait(100)
    qtbot.mouseClick(asked, Qt.MouseButton.LeftButton, pos=QPoint(8, 300))
    remaining = timer.remainingTime()
    assert time.monotonic() * 1000 + remaining > before + 50
