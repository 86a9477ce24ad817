"""«Quản trị máy»: who may open which panel, by keyboard and button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from station.actions.four_eyes import FourEyes
from station.actions.permits import Deed
from station.ui.administration.people_panel import PeoplePanel
from station.ui.counter.window import CounterWindow
from station.ui.idle import IdleWatch
from station.ui.second_person import SecondPersonDialog
from station.ui.session import CitizenView
from tests.people import LAN, MAY, MINH, PASSPHRASE
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
    page = window.administration
    titles = [row.title for row in page.list.rows.rows]
    assert "Mật khẩu của tôi" in titles
    assert not {"Người làm việc", "Nhật ký", "Sao lưu"} & set(titles)


def test_a_supervisor_unlocks_and_a_station_that_stands_alone_adds_and_removes(
    counter: Counter, window: CounterWindow
) -> None:
    seat = counter.session.desk.trust.attendance
    for person, offered in ((MINH, {"unlock"}), (MAY, {"unlock", "add", "remove"})):
        seat.sit(person)
        window.step_bar.administration.click()
        panel = next(panel for panel in window.administration.panels if isinstance(panel, PeoplePanel))
        window.administration.list.pick(panel)
        shown = {
            name for name in ("unlock", "add", "remove", "take_file", "extend") if getattr(panel, name).isVisible()
        }
        assert shown == offered


def test_whoever_may_not_serve_sees_no_dossier(counter: Counter, window: CounterWindow) -> None:
    counter.identified()
    counter.session.desk.trust.attendance.sit(MAY)
    counter.session.seat_taken()
    assert window.administration_in_front
    assert not window.step_bar.buttons["home"].isVisible()
    QTest.keyClick(window.administration, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.administration_in_front
    assert "Thị Đăng" not in window.header.person.text()


def test_somebody_who_takes_over_goes_on_with_the_dossier_and_the_half_typed_words(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    dossier = counter.open()
    window.go_to("identify")
    name = next(one for one in window.identify.findChildren(QLineEdit) if one.isVisible())
    name.setText("0010990001")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = window.lock_page
    assert page.isVisible()
    assert counter.session.citizen_view is CitizenView.BLANK
    page.who.setCurrentIndex(next(row for row in range(page.who.count()) if page.who.itemData(row).id == LAN.id))
    page.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None and counter.session.dossier.holder == LAN.id)
    assert window.current == "identify"
    assert counter.session.dossier is not None
    assert counter.session.dossier.id == dossier.id
    assert name.text() == "0010990001"
    assert window.header.officer.text() == LAN.name
    lines = [(entry.deed, entry.by) for entry in counter.store.audit.entries(limit=5)]
    assert ("resume_dossier", LAN.id) in lines
    assert ("lock_screens", "canbo.mau") in lines


def test_who_signs_out_leaves_the_dossier_to_whoever_comes(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    counter.identified()
    window.step_bar.leave.click()
    page = window.lock_page
    qtbot.waitUntil(lambda: page.title.text() == "Đăng nhập")
    assert counter.session.desk.officer == ""
    assert not [one.text() for one in page.findChildren(QLabel) if "Thị Đăng" in one.text()]
    page.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.locked)
    assert counter.session.dossier is not None


def test_the_screens_lock_themselves_and_close_what_stood_in_front(
    counter: Counter, window: CounterWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    watch = IdleWatch(qapp, counter.session, 1)
    watch._timer.setInterval(50)
    watch._timer.start()
    qtbot.waitUntil(lambda: counter.session.locked)
    qapp.removeEventFilter(watch)
    assert window.lock_page.isVisible()


def test_a_second_person_confirms_in_the_dialog(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    dialog = SecondPersonDialog(window, counter.session, Deed.EXTEND_ROSTER)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [dialog.who.itemData(row) for row in range(dialog.who.count())] == ["minh.mau"]
    dialog.passphrase.setText("sáu con mèo")
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(dialog.trouble.text()))
    assert dialog.second is None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.second == "minh.mau")
    counter.session.desk.trust.permits.require(Deed.EXTEND_ROSTER, "canbo.mau", "minh.mau")


def test_after_a_bug_the_second_person_can_try_again_or_give_up(
    counter: Counter, window: CounterWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FourEyes, "vouch", lambda *_given: 1 // 0)
    dialog = SecondPersonDialog(window, counter.session, Deed.EXTEND_ROSTER)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.passphrase.setText(PASSPHRASE)
    with qtbot.captureExceptions() as reported:
        dialog.go.click()
        qtbot.waitUntil(lambda: bool(reported))
    assert dialog.trouble.text() == counter.session.language("counter.unlock.broken")
    assert dialog.go.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()
