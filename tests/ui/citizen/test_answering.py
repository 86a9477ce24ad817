"""Every question is answered by the citizen alone, and a tap meant for what stood there before answers nothing."""

from __future__ import annotations

import hashlib
import json

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import questions, unanswered
from station.dossier.entry import Verdict
from station.language import Language
from station.ui.citizen import questions as asking
from station.ui.citizen.window import CitizenWindow
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from tests.ui.citizen.conftest import PAPERS, dossier_on, open_questions, shown_at, tap
from tests.ui.conftest import Counter
from tests.ui.papers import scanned

FOR_EVER = 10**9
"""Milliseconds for which the screen is deaf: so that however slow a machine is, it taps in time."""


def test_every_question_is_answered_by_tapping_right_and_then_the_citizen_waits(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    total = len(questions(dossier_on(counter)))
    for left in range(total - 1, -1, -1):
        tap(qtbot, asked, open_questions(asked)[0].right)
        qtbot.waitUntil(lambda left=left: len(unanswered(dossier_on(counter))) == left)
    qtbot.waitUntil(lambda: asked.view is CitizenView.WAIT)
    assert all(entry.confirmed for entry in questions(dossier_on(counter)))


def test_wrong_is_kept_and_told_to_the_officer(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    first = questions(dossier_on(counter))[0]
    with qtbot.waitSignal(counter.session.disputed) as told:
        tap(qtbot, asked, open_questions(asked)[0].wrong)
    assert told.args == [first.id]
    assert dossier_on(counter).entry(first.id).disputed


def test_a_double_tap_answers_nothing_on_the_question_that_comes_next(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = asked.questions.place.text()
    tap(qtbot, asked, open_questions(asked)[0].right)
    monkeypatch.setattr(asking, "DEAF", FOR_EVER)
    qtbot.waitUntil(lambda: asked.questions.place.text() != place)
    before = len(unanswered(dossier_on(counter)))
    qtbot.mouseClick(asked.questions.question.wrong, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    assert len(unanswered(dossier_on(counter))) == before
    monkeypatch.undo()
    tap(qtbot, asked, open_questions(asked)[0].right)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == before - 1)


def test_a_tap_counts_for_nothing_just_after_the_questions_came_up(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: asked.questions.listening)
    monkeypatch.setattr(asking, "DEAF", FOR_EVER)
    counter.session.let_citizen_see(CitizenView.WAIT)
    counter.session.let_citizen_see(CitizenView.ASK)
    qtbot.mouseClick(open_questions(asked)[0].right, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    assert len(unanswered(dossier_on(counter))) == len(questions(dossier_on(counter)))


def test_a_value_changed_under_the_citizens_finger_is_not_confirmed(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    desk, dossier = counter.session.desk, dossier_on(counter)
    qtbot.waitUntil(lambda: asked.questions.listening)
    entry = unanswered(dossier)[0]
    counter.session.take(desk.correct_field(dossier.id, entry.id, "Trần Thị Khác", desk.officer))
    question = asked.questions.question
    assert question.value.text() == "Trần Thị Khác"
    qtbot.mouseClick(question.right, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    assert dossier_on(counter).entry(entry.id).answer is None


def test_an_answer_can_be_taken_back(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    entry = questions(dossier_on(counter))[0]
    question = open_questions(asked)[0]
    tap(qtbot, asked, question.right)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).confirmed)
    asked.questions.before.click()
    tap(qtbot, asked, question.wrong)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).disputed)


def test_going_back_shows_what_was_answered(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    entry = questions(dossier_on(counter))[0]
    counter.session.answer(entry.id, entry.value, Verdict.RIGHT)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).confirmed)
    asked.questions.before.click()
    question = asked.questions.question
    assert question.right.property("said") is True
    assert question.wrong.property("said") is False


def test_the_piece_of_the_paper_stands_beside_its_value(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    question = asked.questions.question
    while "BẢO TRÂN" not in question.value.text():
        asked.questions.after.click()
    qtbot.waitUntil(lambda: question.piece.shown is not None)
    shown = question.piece.shown
    assert shown is not None
    page = dossier_on(counter).pages[0]
    assert shown.page == page.sha256
    left, top, right, bottom = shown.box
    image = QImage.fromData(QByteArray(counter.session.desk.pages.read(page.sha256)))
    piece = image.copy(left, top, right - left, bottom - top).convertToFormat(QImage.Format.Format_RGB888)
    rows = [bytes(piece.constScanLine(line))[: 3 * piece.width()] for line in range(piece.height())]
    assert hashlib.sha256(b"".join(rows)).hexdigest() == shown.pixels, "an auditor cuts the same piece"


def test_what_was_shown_goes_on_record_with_the_answer(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    asked.voice.change()
    words = asked.questions.question.value.text()
    tap(qtbot, asked, open_questions(asked)[0].right)
    qtbot.waitUntil(lambda: bool(dossier_on(counter).showings))
    (showing,) = dossier_on(counter).showings
    shown = json.loads(showing.shown)
    assert (shown["screen"], shown["language"], showing.answer) == ("citizen.question", "en", "right")
    assert [value["value"] for value in shown["values"]] == [words]
    assert hashlib.sha256(showing.shown.encode()).hexdigest() == showing.digest


def test_help_is_told_in_the_officers_window(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    citizen = shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("confirm")
    citizen.top.help.click()
    assert window.messages.sentence.text() == language("citizen.officer.help.say")
    assert citizen.top.coming.text() == language("citizen.help_comes")


def test_the_citizen_alone_changes_the_language_and_the_next_one_begins_anew(
    asked: CitizenWindow, counter: Counter, window: CounterWindow
) -> None:
    english = Language.load("en")
    asked.top.speech.click()
    assert asked.questions.question.right.text().strip() == english("citizen.right")
    assert asked.questions.before.text() == english("citizen.before")
    assert counter.session.language.name == "vi"
    counter.session.show(None)
    assert asked.voice.language.name == "vi"
    assert asked.top.speech.text() == "English"
