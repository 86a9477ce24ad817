"""The officer's window: from step to step by keys, messages, and closing without loss."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import unanswered
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.errors import DeviceError, InputError, StoreError
from station.language import Language
from station.ui.counter.progress import STEPS
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from station.ui.tasks import Tasks
from tests.ui.conftest import Counter
from tests.ui.desk import make_desk
from tests.ui.fakes import ScriptedReader, Switch, TrayOfPictures, picture
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


def test_what_stood_in_the_way_of_one_deed_is_over_with_the_next_that_is_done(
    window: CounterWindow, counter: Counter
) -> None:
    desk, session, dossier = counter.session.desk, counter.session, counter.open()
    session.failed.emit(InputError("value.person_incomplete"))
    values = {"full_name": "Nguyễn Thị Đăng", "id_number": "001199000123"}
    session.take_soon(desk.identify_person.by_hand(dossier.id, values, desk.officer))
    session._on_news()
    assert session.dossier is not None
    assert session.dossier.person_name == "Nguyễn Thị Đăng"
    assert window.messages.isVisible(), "news of the machine are no deed"
    session.take(desk.note_paper(dossier.id, desk.procedures.get("1.001193").papers[0].key, True, desk.officer))
    assert not window.messages.isVisible()
    session.failed.emit(StoreError("store.damaged"))
    session.show(None)
    assert window.messages.isVisible(), "nobody's deed ends that"


def test_what_a_device_had_is_over_when_it_is_tried_again(window: CounterWindow, counter: Counter) -> None:
    counter.session.failed.emit(DeviceError("device.jammed"))
    counter.session.scanning_changed.emit(False)
    assert window.messages.isVisible()
    counter.session.scanning_changed.emit(True)
    assert not window.messages.isVisible()


def test_a_disputed_value_brings_the_officer_to_the_review(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    counter.session.answer("person/full_name", "Nguyễn Thị Đăng", Verdict.WRONG)
    qtbot.waitUntil(lambda: window.current == "review")


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
