"""The officer's window: steps, keys, messages, the lock, and closing without loss."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.errors import DeviceError
from station.language import Language
from station.ui.counter.progress import STEPS
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from station.ui.tasks import Tasks
from tests.ui.conftest import Counter
from tests.ui.fakes import ScriptedReader, Switch, TrayOfPictures, make_desk, picture
from tests.ui.keyboard import type_into

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def test_without_a_dossier_only_opening_can_be_reached(window: CounterWindow) -> None:
    reachable = [step for step in STEPS if window.step_bar.buttons[step].isEnabled()]
    assert window.current == "home"
    assert reachable == ["open"]


def test_a_new_citizen_is_served_from_the_keyboard_up_to_the_scan(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    assert window.current == "open"
    type_into(window.steps["open"].search, "khai sinh")
    qtbot.keyClick(window.steps["open"].search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "identify")
    form = window.steps["identify"].form
    type_into(form.id_number, "001199000123")
    type_into(form.full_name, "Nguyễn Thị Đăng")
    qtbot.keyClick(form.full_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(counter.session.dossier and counter.session.dossier.person_name))
    qtbot.keyClick(window.steps["identify"], Qt.Key.Key_Return)
    assert window.current == "scan"
    assert window.header.person.text() == "Nguyễn Thị Đăng"


def test_alt_and_a_digit_goes_to_every_step_of_an_open_dossier(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    for number, step in enumerate(STEPS, 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert window.current == step


def test_escape_goes_one_step_back_and_at_last_to_the_list(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    visited = []
    for _ in range(3):
        qtbot.keyClick(window.steps[window.current], Qt.Key.Key_Escape)
        visited.append(window.current)
    assert visited == ["identify", "open", "home"]


def test_an_error_is_told_with_its_next_step_until_it_is_put_away(
    window: CounterWindow, counter: Counter, language: Language, qtbot: QtBot
) -> None:
    counter.session.failed.emit(DeviceError("device.jammed"))
    assert window.messages.isVisible()
    assert window.messages.sentence.text() == language("error.device.jammed.say")
    assert window.messages.remedy.text() == language("error.device.jammed.do")
    window.go_to("open")
    assert window.messages.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert not window.messages.isVisible()


def test_a_disputed_value_brings_the_officer_to_the_review(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    counter.session.answer("person/full_name", "Nguyễn Thị Đăng", Verdict.WRONG)
    qtbot.waitUntil(lambda: window.current == "review")


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
    assert not [text for text in shown if "Đăng" in text or "001199000123" in text or "Khai sinh" in text]
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


def test_without_a_passphrase_enter_unlocks(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.session.lock(locked=True)
    qtbot.keyClick(window.lock_page, Qt.Key.Key_Return)
    assert not counter.session.locked


def test_only_the_right_passphrase_unlocks(counter: Counter, qtbot: QtBot, language: Language) -> None:
    window = CounterWindow(counter.session, unlock=lambda typed: typed == "năm con mèo")
    qtbot.addWidget(window)
    window.show()
    counter.session.lock(locked=True)
    page = window.lock_page
    page.passphrase.setText("sáu con mèo")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.trouble.text() == language("counter.lock.wrong"))
    assert counter.session.locked
    page.passphrase.setText("năm con mèo")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.locked)
    assert page.passphrase.text() == ""


def test_the_switch_takes_the_station_off_the_network_and_back(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    assert not counter.connection.online
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    assert counter.connection.online


def test_a_discarded_dossier_leaves_no_step_reachable_but_opening(window: CounterWindow, counter: Counter) -> None:
    dossier = counter.open()
    window.go_to("scan")
    counter.session.take(counter.session.desk.discard_dossier(dossier.id, "canbo.mau"))
    assert window.current == "home"
    assert not window.step_bar.buttons["scan"].isEnabled()


def test_the_practice_banner_cannot_be_missed(counter: Counter, qtbot: QtBot, language: Language) -> None:
    desk = make_desk(counter.store, TrayOfPictures(), ScriptedReader(), Switch(), practice=True)
    tasks = Tasks()
    window = CounterWindow(Session(desk, language, tasks))
    qtbot.addWidget(window)
    window.show()
    banner = window.findChild(QLabel, "practice")
    assert isinstance(banner, QLabel)
    assert banner.text() == language("counter.practice")
    window.session.lock(locked=True)
    assert banner.isVisible()
    tasks.close()


def test_closing_while_scanning_keeps_every_page_that_was_delivered(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = counter.identified()
    window.go_to("scan")
    qtbot.waitUntil(window.steps["scan"].scan.isEnabled)
    counter.sources.tray = [picture("một"), picture("hai")]
    with qtbot.waitSignal(counter.session.page_captured):
        window.steps["scan"].scan.click()
    counter.sources.gate.clear()
    window.close()
    kept = counter.store.dossiers.get(dossier.id)
    assert kept.state is State.OPEN
    assert len(kept.pages) >= 1
    assert all(counter.store.pages.read(page.sha256) for page in kept.pages)


def test_a_finding_brings_the_officer_to_where_it_is_mended(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("seal")
    found = {finding.code: finding for finding in counter.session.desk.seal_dossier.findings(on_counter(counter))}
    window.seal.wanted.emit(found["paper.missing"])
    assert window.current == "scan"
    assert window.scan.papers.picked() == found["paper.missing"].paper_key
    window.seal.wanted.emit(found["value.unconfirmed"])
    assert window.current == "confirm"


def test_after_the_seal_the_counter_is_free_for_the_next_citizen(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("confirm")
    sealed = counter.sealed()
    assert window.current == "seal"
    assert sealed.number is not None
    assert sealed.number in window.header.procedure.text()
    window.seal.finished.emit()
    assert window.current == "home"
    assert counter.session.dossier is None
