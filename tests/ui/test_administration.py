"""«Quản trị máy»: who may open which panel, by keyboard and button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station.ui.counter.window import CounterWindow
from tests.people import LAN
from tests.ui.conftest import Counter


def test_a_key_opens_it_and_esc_goes_back_to_the_step(counter: Counter, window: CounterWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.administration_in_front
    assert window.administration.shown is not None
    QTest.keyClick(window.administration, Qt.Key.Key_Escape)
    assert not window.administration_in_front
    assert window.current == "home"


def test_an_officer_is_offered_nothing_that_their_role_may_not(counter: Counter, window: CounterWindow) -> None:
    counter.session.desk.trust.attendance.sit(LAN)
    window.step_bar.administration.click()
    assert not [row for row in window.administration.list.rows.rows if row.title == "Người làm việc"]
