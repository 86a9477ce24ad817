"""The officer's side of the citizen's turn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import questions, unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.language import Language
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from tests.ui.conftest import Counter
from tests.ui.papers import doubtful, field, paper, scanned

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def confirming(window: CounterWindow, counter: Counter, qtbot: QtBot) -> CounterWindow:
    scanned(counter, qtbot, paper(field("request", "Đăng ký lại khai sinh")))
    window.go_to("confirm")
    return window


def dossier_on(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def say_to_the_question(right: bool) -> None:
    """Answer the message box that comes up next."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        role = QMessageBox.ButtonRole.DestructiveRole if right else QMessageBox.ButtonRole.RejectRole
        next(button for button in box.buttons() if box.buttonRole(button) is role).click()

    QTimer.singleShot(50, answer)


def test_the_citizen_is_asked_only_while_this_step_is_in_front(confirming: CounterWindow, counter: Counter) -> None:
    assert counter.session.citizen_view is CitizenView.ASK
    confirming.go_to("scan")
    assert counter.session.citizen_view is CitizenView.WAIT


def test_every_question_is_listed_under_its_paper(confirming: CounterWindow, counter: Counter) -> None:
    rows = confirming.confirm.list.rows.rows
    asked = [entry.id for entry in questions(dossier_on(counter))]
    assert [row.data for row in rows if not row.heading] == asked
    assert sum(row.heading for row in rows) == 2


def test_spoken_answers_are_written_down_one_key_each(
    confirming: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    for left in range(len(questions(dossier_on(counter))) - 1, -1, -1):
        press(qtbot, Key.Key_D, Modifier.ControlModifier)
        qtbot.waitUntil(lambda left=left: len(unanswered(dossier_on(counter))) == left)
    qtbot.waitUntil(confirming.confirm.go_on.hasFocus)
    press(qtbot, Key.Key_Return)
    assert confirming.current == "seal"


def test_a_spoken_wrong_brings_the_officer_to_the_value(
    confirming: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    picked = confirming.confirm.list.picked()
    press(qtbot, Key.Key_S, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: confirming.current == "review")
    assert confirming.review.shown_entry == picked
    assert counter.session.citizen_view is CitizenView.WAIT


@pytest.mark.parametrize("sure", [True, False])
def test_all_right_is_written_down_only_after_the_officer_said_so_twice(
    confirming: CounterWindow, counter: Counter, qtbot: QtBot, sure: bool
) -> None:
    before = len(unanswered(dossier_on(counter)))
    say_to_the_question(sure)
    press(qtbot, Key.Key_D, Modifier.ControlModifier | Modifier.ShiftModifier)
    if sure:
        qtbot.waitUntil(lambda: not unanswered(dossier_on(counter)))
        assert all(entry.confirmed for entry in questions(dossier_on(counter)))
    else:
        qtbot.wait(50)
        assert len(unanswered(dossier_on(counter))) == before


def test_unreviewed_values_are_told_before_the_citizen_reads(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    scanned(counter, qtbot, paper(doubtful("number", "105"), doubtful("request", "Đăng ký")))
    window.go_to("confirm")
    assert window.confirm.advice.text() == language("confirm.review_first", count=2)


def test_with_one_display_the_officer_is_told_to_turn_it(
    confirming: CounterWindow, counter: Counter, language: Language
) -> None:
    confirming.confirm.show_turn(one_display=True)
    assert confirming.confirm.turn.isVisible()
    assert confirming.confirm.advice.text() == language("confirm.waiting_turn")
    confirming.confirm.show_turn(one_display=False)
    assert not confirming.confirm.turn.isVisible()
    assert confirming.confirm.advice.text() == language("confirm.waiting")


def test_the_counts_follow_the_citizens_answers(
    confirming: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    entry = unanswered(dossier_on(counter))[0]
    total = len(questions(dossier_on(counter)))
    counter.session.answer(entry.id, entry.value, Verdict.RIGHT)
    told = language("confirm.counts", answered=1, asked=total)
    qtbot.waitUntil(lambda: confirming.confirm.counts.text() == told)
    assert confirming.confirm.list.hasFocus()


def test_coming_back_with_everything_answered_enter_goes_on(
    confirming: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    desk, dossier = counter.session.desk, dossier_on(counter)
    for entry in questions(dossier):
        dossier = desk.confirm_by_citizen(dossier.id, entry.id, entry.value, Verdict.RIGHT)
    counter.session.take(dossier)
    confirming.go_to("review")
    confirming.go_to("confirm")
    assert confirming.confirm.go_on.hasFocus()
    press(qtbot, Key.Key_Return)
    assert confirming.current == "seal"


def test_locking_and_unlocking_gives_the_keyboard_back(confirming: CounterWindow, counter: Counter) -> None:
    counter.session.lock(locked=True)
    counter.session.lock(locked=False)
    assert confirming.confirm.list.hasFocus()
    assert counter.session.citizen_view is CitizenView.ASK
