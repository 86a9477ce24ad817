"""A dossier is parked or handed over by keyboard, and taken up again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier
from station.language import Language
from station.ui.counter.colleague_line import colleagues
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from tests.ui.conftest import Counter
from tests.ui.keyboard import type_into

CTRL = Qt.KeyboardModifier.ControlModifier


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def test_a_dossier_is_parked_by_a_key_and_a_note_and_taken_up_again_by_enter(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = counter.identified()
    window.go_to("scan")
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert window.aside.note.hasFocus()
    type_into(window.aside.note, "chờ giấy chứng sinh")
    qtbot.keyClick(window.aside.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "home")
    assert counter.session.dossier is None
    assert counter.session.citizen_view is CitizenView.IDLE
    assert not window.aside.isVisible()
    assert window.messages.sentence.text() == language("aside.parked", name="Nguyễn Thị Đăng")
    kept = counter.store.dossiers.get(dossier.id)
    assert kept.parked is not None
    assert kept.parked.note == "chờ giấy chứng sinh"
    qtbot.waitUntil(window.home.view.hasFocus)
    qtbot.keyClick(window.home.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "scan")
    assert on_counter(counter).parked is None


def test_a_dossier_is_handed_over_by_keyboard_alone(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    dossier = counter.identified()
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window.aside.to, Qt.Key.Key_Return)
    qtbot.waitUntil(window.messages.isVisible)
    assert counter.store.dossiers.get(dossier.id).holder == ""
    type_into(window.aside.to, "canbo.khac")
    qtbot.keyClick(window.aside.to, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is None)
    kept = counter.store.dossiers.get(dossier.id)
    assert (kept.holder, kept.parked is not None) == ("canbo.khac", True)


def test_who_works_here_is_offered_by_name_and_taken_by_how_the_queue_calls_them(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier, known = counter.identified(), colleagues(counter.session.desk)
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL | Qt.KeyboardModifier.ShiftModifier)
    completer = window.aside.to.completer()
    completer.setCompletionPrefix("")
    assert completer.completionCount() == len(known), "all of them, before a letter is typed"
    completer.setCompletionPrefix(known[0].name.split()[-2].casefold())
    assert completer.currentCompletion() == known[0].id
    window.aside.to.setText(known[0].name)  # typed, a list opens, and this platform cannot show one
    qtbot.keyClick(window.aside.to, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is None)
    assert counter.store.dossiers.get(dossier.id).holder == known[0].id


def test_escape_leaves_the_dossier_on_the_counter(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    dossier = counter.identified()
    window.go_to("scan")
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    qtbot.keyClick(window.aside.note, Qt.Key.Key_Escape)
    assert not window.aside.isVisible()
    assert window.current == "scan"
    assert on_counter(counter).id == dossier.id


def test_a_value_that_was_typed_is_kept_before_the_dossier_is_parked(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = counter.identified()
    window.go_to("review")
    window.review.show_entry("person/full_name")
    window.review.editor.line.selectAll()
    type_into(window.review.editor.line, "Nguyễn Thị Đặng")
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    qtbot.keyClick(window.aside.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is None)
    assert counter.store.dossiers.get(dossier.id).value("full_name") == "Nguyễn Thị Đặng"
