"""The lock: nothing of a dossier is seen or done behind it, and whose passphrase takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from station.ui.counter.window import CounterWindow
from tests.people import LAN, MAY, MINH, PASSPHRASE, roster
from tests.ui.conftest import Counter

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_the_lock_hides_every_word_of_the_dossier(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.identified()
    window.go_to("identify")
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    shown = [
        widget.text()
        for kind in (QLabel, QLineEdit, QPushButton)
        for widget in window.findChildren(kind)
        if widget.isVisible()
    ]
    assert shown
    assert not [text for text in shown if "Thị Đăng" in text or "001199000123" in text or "Khai sinh" in text]
    assert not [view for view in window.findChildren(QTableView) if view.isVisible()]
    assert "Đăng" not in window.windowTitle()


def test_keys_do_nothing_behind_the_lock(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.identified()
    window.go_to("scan")
    counter.session.lock(locked=True)
    for key, modifier in ((Qt.Key.Key_N, CTRL), (Qt.Key.Key_2, ALT), (Qt.Key.Key_F, CTRL)):
        qtbot.keyClick(window, key, modifier)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current == "scan"
    assert counter.session.locked


def test_only_the_right_passphrase_unlocks(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.session.lock(locked=True)
    page = window.lock_page
    page.passphrase.setText("sáu con mèo")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.trouble.text()))
    assert counter.session.locked
    page.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.locked)
    assert page.passphrase.text() == ""


def test_after_a_bug_in_the_sign_in_it_can_be_tried_again(
    window: CounterWindow, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.session.lock(locked=True)
    page, sign_in = window.lock_page, counter.session.desk.trust.sign_in
    page.passphrase.setText(PASSPHRASE)
    with monkeypatch.context() as wrong, qtbot.captureExceptions() as reported:
        wrong.setattr(type(sign_in), "prove", lambda *_asked: 1 // 0)
        qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(reported))
    assert "Chương trình gặp lỗi" in page.trouble.text()
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.locked)


@pytest.fixture
def before_the_seat(counter: Counter, qtbot: QtBot) -> Callable[[], CounterWindow]:
    """The window as a start shows it: locked, and entered before it can be seen."""

    def start() -> CounterWindow:
        counter.session.desk.trust.attendance.sit(None)
        counter.session.locked = True
        made = CounterWindow(counter.session)
        qtbot.addWidget(made)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return start


def test_at_the_start_a_name_is_picked_and_the_passphrase_is_typed_at_once(
    before_the_seat: Callable[[], CounterWindow], qtbot: QtBot
) -> None:
    window = before_the_seat()
    assert window.lock_page.asked is not None
    assert window.focusWidget() is window.lock_page.passphrase


def test_where_the_list_has_ended_somebody_is_picked_who_may_still_sign_in(
    before_the_seat: Callable[[], CounterWindow], counter: Counter
) -> None:
    ended = datetime(2026, 1, 6, tzinfo=UTC)
    counter.session.desk.trust.attendance.enrol(replace(roster(LAN, MINH, MAY), expires_at=ended))
    assert before_the_seat().lock_page.asked == MAY
