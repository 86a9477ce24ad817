"""The keys of a pad beside the citizen's screen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station.actions.service_desk import CitizenScreen
from station.dossier.confirmation import unanswered
from station.ui.counter.window import CounterWindow
from tests.ui.citizen.conftest import PAPERS, dossier_on, shown_at, to_number
from tests.ui.conftest import Counter
from tests.ui.papers import scanned


def press_pad(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    """The pad is a keyboard: its keys arrive at the window that has the focus, the officer's."""
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


def test_the_pads_keys_answer_although_the_officers_window_has_the_keyboard(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    citizen = shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("confirm")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = len(unanswered(dossier_on(counter)))
    qtbot.waitUntil(lambda: citizen.questions.listening)
    press_pad(qtbot, window, Qt.Key.Key_F13)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == before - 1)
    question = to_number(citizen)
    press_pad(qtbot, window, Qt.Key.Key_F15)
    assert not question.covered
    qtbot.waitUntil(lambda: citizen.questions.listening)
    press_pad(qtbot, window, Qt.Key.Key_F14)
    qtbot.waitUntil(lambda: any(entry.disputed for entry in dossier_on(counter).entries))


def test_a_pad_of_digits_leaves_the_officers_typing_alone(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    desk = counter.session.desk
    counter.session.desk = replace(desk, service=replace(desk.service, screen=CitizenScreen(pad=("1", "2", "3"))))
    citizen = shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("confirm")
    line = QLineEdit(window)
    line.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.waitUntil(lambda: citizen.questions.listening)
    qtbot.keyClicks(line, "123")
    assert line.text() == "123"
    assert not any(entry.answer for entry in dossier_on(counter).entries)


def test_the_pad_is_dead_while_nothing_is_asked(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("review")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press_pad(qtbot, window, Qt.Key.Key_F13)
    qtbot.wait(50)
    assert not any(entry.answer for entry in dossier_on(counter).entries)
