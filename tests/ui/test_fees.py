"""The officer counts fees by keyboard; only the officer's word makes them paid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.actions.service_desk import CitizenScreen
from station.dossier.dossier import Dossier
from station.dossier.procedure import Exemption
from station.dossier.service import Payment, PaymentMethod
from station.dossier.vietqr import BankAccount, crc16
from station.language import Language
from station.ui.citizen.window import CitizenWindow
from station.ui.counter.fees_panel import FeesPanel
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from tests.ui.conftest import Counter

Key, Modifier = Qt.Key, Qt.KeyboardModifier
COPIES = "2.000815"
ACCOUNT = BankAccount("970436", "0000000000", "UBND XÃ MẪU")


@pytest.fixture
def fees(window: CounterWindow, counter: Counter, qtbot: QtBot) -> FeesPanel:
    """The fees of certified copies, before the officer."""
    desk = counter.session.desk
    screen = CitizenScreen(account=ACCOUNT)
    counter.session.desk = desk = replace(desk, service=replace(desk.service, screen=screen))
    dossier = desk.open_dossier(COPIES, desk.officer)
    values = {"full_name": "Nguyễn Thị Đăng", "id_number": "001199000123"}
    counter.session.show(desk.identify_person.by_hand(dossier.id, values, desk.officer))
    window.go_to("confirm")
    qtbot.waitUntil(lambda: dossier_on(counter).payment is not None)
    return window.confirm.fees


def dossier_on(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def payment_on(counter: Counter) -> Payment:
    payment = dossier_on(counter).payment
    assert payment is not None
    return payment


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def count(fees: FeesPanel, qtbot: QtBot, pages: str, copies: str) -> None:
    """By keyboard: to the fees, pages, copies."""
    press(qtbot, Key.Key_I, Modifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), pages)
    press(qtbot, Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), copies)


def test_pages_are_counted_by_nobody_but_the_officer(fees: FeesPanel, counter: Counter, language: Language) -> None:
    assert payment_on(counter).total == 0
    assert fees.state.text() == language("fees.count_first")
    assert not fees.cash.isEnabled()


def test_counting_and_cash_by_keyboard_alone(
    fees: FeesPanel, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    count(fees, qtbot, "5", "3")
    assert fees.total.text() == "21.000 đồng"
    press(qtbot, Key.Key_F2)
    qtbot.waitUntil(lambda: payment_on(counter).paid)
    paid = payment_on(counter)
    assert (paid.total, paid.method, paid.paid_by) == (21_000, PaymentMethod.CASH, counter.session.desk.officer)
    assert paid.charges[0].copies == 3
    qtbot.waitUntil(window.confirm.go_on.hasFocus)


def test_enter_after_counting_keeps_it_and_stays_in_the_step(
    fees: FeesPanel, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    count(fees, qtbot, "2", "1")
    press(qtbot, Key.Key_Return)
    assert window.current == "confirm"
    qtbot.waitUntil(lambda: payment_on(counter).total == 4000)
    assert not payment_on(counter).paid


def test_what_was_paid_is_locked_until_it_is_taken_back(fees: FeesPanel, counter: Counter, qtbot: QtBot) -> None:
    count(fees, qtbot, "2", "1")
    press(qtbot, Key.Key_F2, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: payment_on(counter).method is PaymentMethod.TRANSFER)
    assert not fees.rows[0].count.isEnabled()
    assert not fees.cash.isVisible()
    fees.unpaid.click()
    qtbot.waitUntil(lambda: not payment_on(counter).paid)
    assert fees.rows[0].count.isEnabled()


def test_a_second_paper_has_pages_of_its_own(fees: FeesPanel, counter: Counter, qtbot: QtBot) -> None:
    count(fees, qtbot, "4", "2")
    fees.another.click()
    qtbot.keyClicks(fees.rows[1].count, "1")
    qtbot.waitUntil(lambda: payment_on(counter).total == 2 * 6000 + 2000)


def test_leaving_at_once_loses_no_count(fees: FeesPanel, window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    count(fees, qtbot, "3", "1")
    window.go_to("scan")
    qtbot.waitUntil(lambda: payment_on(counter).total == 5000)
    window.go_to("confirm")
    assert fees.rows[0].count.value() == 3


def test_the_next_dossier_begins_with_counts_of_its_own(fees: FeesPanel, counter: Counter, qtbot: QtBot) -> None:
    count(fees, qtbot, "3", "1")
    desk, first = counter.session.desk, dossier_on(counter)
    counter.session.show(desk.open_dossier(COPIES, desk.officer))
    qtbot.waitUntil(lambda: (kept := desk.dossiers.get(first.id).payment) is not None and kept.total == 5000)
    fees.show_dossier(dossier_on(counter))
    assert fees.rows[0].count.value() == 0


def test_nothing_is_remitted_before_the_officer_has_said_why(
    fees: FeesPanel, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    count(fees, qtbot, "2", "1")
    assert fees._procedure is not None
    fees._procedure = replace(fees._procedure, exemptions=(Exemption("poor", "Hộ nghèo"),))
    fees.exemption.addItem("Hộ nghèo", "poor")
    fees.exemption.setCurrentIndex(1)
    fees.exemption.activated.emit(1)
    assert fees.state.text() == language("fees.reason_first")
    assert fees.total.text() == "4.000 đồng"
    qtbot.keyClicks(fees.reason, "so 12")
    assert fees.total.text() == "0 đồng"


def test_the_citizen_sees_the_amount_and_a_code_for_it_and_no_word_of_paid(
    fees: FeesPanel, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    citizen = CitizenWindow(counter.session)
    qtbot.addWidget(citizen)
    citizen.resize(1024, 600)
    citizen.show()
    fees.window().activateWindow()  # the display that tests have gives the keyboard to whoever is shown last
    qtbot.waitUntil(fees.window().isActiveWindow)
    count(fees, qtbot, "5", "3")
    press(qtbot, Key.Key_F2, Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: citizen.view is CitizenView.PAY)
    assert citizen.pay.amount.text() == "21.000 đồng"
    code = citizen.pay.code.text
    assert "540521000" in code
    assert f"HS {dossier_on(counter).id[:8].upper()} {COPIES}" in code
    assert crc16(code[:-4].encode()) == int(code[-4:], 16)
    assert counter.session.desk.service.screen.account == ACCOUNT
    press(qtbot, Key.Key_F2)
    qtbot.waitUntil(lambda: payment_on(counter).paid)
    assert citizen.view is CitizenView.WAIT
    assert citizen.pay.code.text == ""


def test_without_an_account_there_is_a_plain_sentence_and_no_code(
    fees: FeesPanel, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    desk = counter.session.desk
    counter.session.desk = replace(desk, service=replace(desk.service, screen=CitizenScreen()))
    citizen = CitizenWindow(counter.session)
    qtbot.addWidget(citizen)
    count(fees, qtbot, "1", "1")
    fees.show_code.click()
    qtbot.waitUntil(lambda: citizen.view is CitizenView.PAY)
    assert citizen.pay.how.text() == language("citizen.pay.cash")
    assert citizen.pay.code.text == ""


def test_the_officer_asks_for_a_signature_and_sees_it_grow_old(
    fees: FeesPanel, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    bar, desk = window.confirm.signature, counter.session.desk
    press(qtbot, Key.Key_K, Modifier.ControlModifier)
    assert counter.session.citizen_view is CitizenView.SIGN
    counter.session.let_citizen_see(CitizenView.WAIT)
    citizen = CitizenWindow(counter.session)
    qtbot.addWidget(citizen)
    counter.session.let_citizen_see(CitizenView.SIGN)
    counter.session.sign(b"PNG specimen", citizen.sign.shown())
    qtbot.waitUntil(lambda: dossier_on(counter).signature is not None)
    assert bar.state.property("role") == "ok"
    entry = next(entry for entry in dossier_on(counter).entries if entry.key == "full_name")
    counter.session.take(desk.correct_field(dossier_on(counter).id, entry.id, "Nguyễn Thị Đằng", desk.officer))
    window.confirm.refresh(dossier_on(counter))
    assert bar.state.property("role") == "warning"
    bar.remove.click()
    qtbot.waitUntil(lambda: dossier_on(counter).signature is None)


def test_a_sleeping_screen_is_asked_again_by_key(
    fees: FeesPanel, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    window.confirm.show_turn(one_display=False)
    counter.session.let_citizen_see(CitizenView.IDLE)
    assert window.confirm.again.isVisible()
    press(qtbot, Key.Key_F12)
    assert counter.session.citizen_view is CitizenView.ASK
    assert not window.confirm.again.isVisible()


def test_a_spoken_answer_is_on_record_as_spoken_and_by_whom(
    fees: FeesPanel, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_D, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dossier_on(counter).showings))
    assert dossier_on(counter).showings[0].screen == "counter.spoken"
    trail = counter.store.audit.entries(dossier_on(counter).id)
    assert [entry.by for entry in trail if entry.deed == "confirm_by_citizen"] == [counter.session.desk.officer]
