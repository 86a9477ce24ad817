"""The officer's window: steps, keys, messages, the lock, and closing without loss."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.capture import CapturedImage
from station.dossier.confirmation import unanswered
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.errors import DeviceError
from station.language import Language
from station.ui.counter import status_line
from station.ui.counter.progress import STEPS
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView, Session
from station.ui.tasks import Tasks
from station.ui.widgets.buttons import PAGE_KEYS
from station.ui.widgets.keys import printed
from tests.people import LAN, MAY, MINH, PASSPHRASE, roster
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
    assert window.scan.checklist.list.picked() == found["paper.missing"].paper_key
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


def test_the_last_deed_is_taken_back_and_done_again_even_while_a_field_has_the_keyboard(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = counter.identified()
    window.go_to("review")
    window.review.show_entry("person/full_name")
    line = window.review.editor.line
    line.selectAll()
    type_into(line, "Nguyễn Thị Đặng")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_counter(counter).value("full_name") == "Nguyễn Thị Đặng")
    focus = window.focusWidget()
    assert isinstance(focus, QWidget)
    qtbot.keyClick(focus, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: on_counter(counter).value("full_name") == "Nguyễn Thị Đăng")
    what = f"{language('undo.deed.correct_field')} – {language('field.person.full_name')}"
    assert window.messages.sentence.text() == language("undo.undone", what=what)
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: on_counter(counter).value("full_name") == "Nguyễn Thị Đặng")
    assert {"undo", "redo"} <= {entry.deed for entry in counter.store.audit.entries(dossier.id)}


def test_letters_in_a_field_are_taken_back_before_any_deed(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("review")
    window.review.show_entry("person/full_name")
    line = window.review.editor.line
    type_into(line, "xx")
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert on_counter(counter).person_name == "Nguyễn Thị Đăng"
    assert "xx" not in line.text()


def test_a_page_that_was_taken_out_comes_back(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    desk, dossier = counter.session.desk, counter.identified()
    image = CapturedImage(picture("giấy"), "image/png", "scanner")
    page = desk.scan_pages._add_page(dossier.id, image, desk.officer)
    counter.session.show(counter.store.dossiers.get(dossier.id))
    qtbot.waitUntil(lambda: all(one.read for one in on_counter(counter).pages))
    window.go_to("scan")
    counter.session.do(lambda: desk.remove_page(dossier.id, page.id, page.sha256, desk.officer))
    qtbot.waitUntil(lambda: not on_counter(counter).pages)
    assert window.header.undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: [one.id for one in on_counter(counter).pages] == [page.id])
    assert on_counter(counter).entries_of(page.id)


def test_nothing_of_the_last_citizen_can_be_taken_back_once_the_counter_is_free(
    window: CounterWindow, counter: Counter
) -> None:
    dossier = counter.identified()
    assert window.header.undo.isEnabled()
    counter.session.show(None)
    assert not counter.session.desk.queue.undo.can_undo(dossier.id)
    assert not window.header.undo.isEnabled()


def test_the_key_map_holds_every_key_that_a_button_or_a_shortcut_has(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.identified()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.key_map.isVisible()
    told = {title: {key.keys: key.does for key in keys} for title, keys in window.key_map.groups}
    everywhere = told[language("keys.anywhere")]
    assert everywhere["Ctrl+W"] == language("aside.park")
    assert everywhere["Ctrl+Z"] == language("undo.undo")
    assert everywhere["Ctrl+F"] == language("keys.find")
    assert told[language("step.seal")]["F10"] == language("seal.seal")
    assert told[language("step.scan")]["F5"] == language("counter.scan.scan")
    for shortcut in window.findChildren(QShortcut):
        place = shortcut.parent()
        assert isinstance(place, QWidget)
        one_widget = shortcut.context() is Qt.ShortcutContext.WidgetShortcut  # another key for a button that has one
        if one_widget or place is window.aside or window.aside.isAncestorOf(place):
            continue
        keys = printed(shortcut.key().toString())
        assert any(keys in group for group in told.values()), f"{keys} of {place.objectName() or place} is in no list"
    qtbot.keyClick(window.key_map, Qt.Key.Key_Escape)
    assert not window.key_map.isVisible()
    assert window.current == "home"


def test_the_key_map_tells_every_key_of_a_place_once(
    window: CounterWindow, counter: Counter, language: Language
) -> None:
    counter.identified()
    (_, everywhere), *places = window.key_groups()
    for title, keys in [("", everywhere), *places]:
        told = [key.keys for key in keys if key.keys not in PAGE_KEYS]  # those depend on what has the keyboard
        assert {key for key in told if told.count(key) > 1} == set(), title
    assert [(title, key) for title, keys in places for key in keys if key in everywhere] == []
    below = {key.keys: key.does for key in dict(places)[language("checklist.title")]}
    yes = f"{language('checklist.question.heading')}: {language('checklist.question.yes')}"
    assert below[f"Alt+{language('checklist.question.key_yes')}"] == yes


@pytest.mark.parametrize("step", ["home", *STEPS])
def test_no_key_that_can_be_pressed_means_two_things(window: CounterWindow, counter: Counter, step: str) -> None:
    counter.identified()
    window.go_to(step)
    keys = [one.key().toString() for one in window.findChildren(QShortcut) if is_visible(one)]
    assert {key for key in keys if keys.count(key) > 1} == set()
    assert {"F1", "Ctrl+W", "Ctrl+Z", "Ctrl+N"} <= set(keys)


def is_visible(shortcut: QShortcut) -> bool:
    place = shortcut.parent()
    anywhere = shortcut.context() is Qt.ShortcutContext.WindowShortcut
    return anywhere and isinstance(place, QWidget) and place.isVisible()


def test_the_status_says_in_words_what_is_being_waited_for(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.reader.hold = True
    desk, dossier = counter.session.desk, counter.identified()
    for text in ("một", "hai"):
        desk.scan_pages._add_page(dossier.id, CapturedImage(picture(text), "image/png", "scanner"), desk.officer)
    counter.session.show(counter.store.dossiers.get(dossier.id))
    assert window.status.busy.text() == language("busy.reading", page=1, pages=2)
    window.go_to("scan")
    qtbot.waitUntil(lambda: window.status.scanner.text() == language("busy.scanner", name="Máy quét mẫu"))
    window.status._on_free_space(500_000_000)
    assert window.status.disk.text() == language("busy.disk", megabytes=500)
    assert window.status.disk.isVisible()
    counter.reader.let_go()


def test_a_deed_that_takes_long_is_told_with_its_seconds(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    monkeypatch.setattr(status_line, "SLOW", 0.0)
    counter.session.tasks.write(lambda: release.wait(5), lambda _: None, counter.session.failed.emit)
    window.status._show_busy()
    assert window.status.busy.text() == language("busy.writing", seconds=0)
    release.set()
    qtbot.waitUntil(lambda: counter.session.tasks.writing_for == 0)
    window.status._show_busy()
    assert window.status.busy.text() == ""


def test_a_dossier_sealed_while_working_offline_is_not_said_to_go_by_itself(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.identified()
    window.go_to("confirm")
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    counter.sealed()
    view = window.seal.sealed
    why = view.why.sentence
    qtbot.waitUntil(lambda: why.text().startswith(language("stuck.hub.offline.cause")))
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(lambda: why.text().startswith(language("stuck.sending.in_turn.cause")))
    counter.connection.online = counter.connection.paired = False
    window.header._tick()
    qtbot.waitUntil(lambda: why.text().startswith(language("stuck.hub.not_configured.cause")))


def test_a_dossier_is_sealed_from_the_list_on_by_keyboard_alone(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    """Every key goes to whatever has the keyboard; papers are noted by the deed, whose keys are tested elsewhere."""

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(window.focusWidget() or window, key, modifier)

    def write(text: str) -> None:
        focus = window.focusWidget()
        assert isinstance(focus, QWidget)
        type_into(focus, text)

    def now() -> tuple[object, ...]:
        return window.current, on_counter(counter).version, window.focusWidget()

    press(Qt.Key.Key_N, CTRL)
    write("chung thuc ban sao")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "identify")
    while window.focusWidget() is not window.identify.form.id_number:
        press(Qt.Key.Key_Tab)
    write("001199000123")
    while window.focusWidget() is not window.identify.form.full_name:
        press(Qt.Key.Key_Tab)
    write("Nguyễn Thị Đăng")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(on_counter(counter).person_name))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "scan")
    papers = window.scan.checklist.list
    while window.focusWidget() is not papers:
        press(Qt.Key.Key_Tab)
    for finding in counter.session.desk.seal_dossier.findings(on_counter(counter)):
        if paper := finding.paper_key:
            press(Qt.Key.Key_Home)
            while papers.picked() != paper:
                press(Qt.Key.Key_Down)
            press(Qt.Key.Key_Space)
            qtbot.waitUntil(lambda paper=paper: paper in on_counter(counter).presented)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "review")
    while window.current == "review":
        before = now()
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda before=before: now() != before)
    qtbot.waitUntil(lambda: window.current == "confirm")
    while unanswered(on_counter(counter)):
        left = len(unanswered(on_counter(counter)))
        press(Qt.Key.Key_D, CTRL)
        qtbot.waitUntil(lambda left=left: len(unanswered(on_counter(counter))) < left)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "seal")
    if not window.seal.seal.isEnabled():
        press(Qt.Key.Key_D, CTRL)
    press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: on_counter(counter).state is State.SEALED)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "home")
    assert counter.session.dossier is None
