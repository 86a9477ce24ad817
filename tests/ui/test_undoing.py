"""Which deeds can be taken back, what they are called, and whose Ctrl+Z it is while a field has the keyboard."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station import actions
from station.actions import history
from station.actions.history import DEEDS
from station.dossier.capture import CapturedImage
from station.dossier.dossier import Dossier
from station.language import Language
from station.ui.counter.undoing import deed_words
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.fakes import picture
from tests.ui.keyboard import type_into

STATUS, BUILDING, COPIES = "1.004873", "1.013225", "2.000815"
CTRL = Qt.KeyboardModifier.ControlModifier


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def written_deeds() -> set[str]:
    """Every word that stands in the deeds' own modules, where they name themselves for the audit trail."""
    assert actions.__file__ is not None
    assert history.__file__ is not None
    here = Path(history.__file__)
    return {
        node.value
        for file in here.parent.glob("*.py")
        if file != here
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_what_can_be_taken_back_are_deeds_that_there_are() -> None:
    assert DEEDS - written_deeds() == set()


@pytest.mark.parametrize("name", ["vi", "en"])
def test_every_deed_that_can_be_taken_back_has_its_words_and_no_other_has(name: str) -> None:
    said = {
        key.removeprefix("undo.deed.") for key in sorted(Language.load(name).keys()) if key.startswith("undo.deed.")
    }
    assert said == DEEDS


def do(counter: Counter, deed: str) -> Dossier:
    desk, dossier = counter.session.desk, on_counter(counter)
    procedure = desk.procedures.get(dossier.procedure_code)
    match deed:
        case "answer_condition":
            return desk.answer_condition(dossier.id, procedure.conditions[0].key, True, desk.officer)
        case "choose_case":
            other = next(case.key for case in procedure.cases if case.key != dossier.case)
            return desk.choose_case(dossier.id, other, desk.officer)
        case "count_paper":
            several = next(paper.key for paper in procedure.papers if paper.originals > 1)
            return desk.note_paper.count(dossier.id, several, 1, desk.officer)
        case _:
            return desk.note_paper(dossier.id, procedure.papers[0].key, True, desk.officer)


@pytest.mark.parametrize(
    ("deed", "procedure"),
    [("answer_condition", STATUS), ("choose_case", BUILDING), ("count_paper", BUILDING), ("note_paper", BUILDING)],
)
def test_what_is_done_to_the_checklist_is_taken_back(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, deed: str, procedure: str
) -> None:
    desk, before = counter.session.desk, counter.open(procedure)
    after = do(counter, deed)
    counter.session.take(after)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: on_counter(counter).version > after.version)
    now = on_counter(counter)
    assert (now.conditions, now.case, now.counted, now.presented) == (
        before.conditions,
        before.case,
        before.counted,
        before.presented,
    )
    step = desk.queue.undo._history.last_undone(before.id)
    assert step is not None
    assert window.messages.sentence.text() == language("undo.undone", what=deed_words(step, language))
    assert step.deed == deed


def test_a_number_that_nobody_changed_leaves_ctrl_z_to_the_last_deed(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    desk, dossier = counter.session.desk, counter.open(COPIES)
    values = {"full_name": "Nguyễn Thị Đăng", "id_number": "001199000123"}
    counter.session.take(desk.identify_person.by_hand(dossier.id, values, desk.officer))
    window.go_to("confirm")
    spin = window.confirm.fees.rows[0].count
    spin.setFocus()
    qtbot.waitUntil(spin.hasFocus)
    before = spin.value()
    qtbot.keyClicks(spin, "7")
    assert spin.value() != before
    press(qtbot)
    assert spin.value() == before
    assert on_counter(counter).person_name
    press(qtbot)
    qtbot.waitUntil(lambda: not on_counter(counter).person_name)


def press(qtbot: QtBot) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Z, CTRL)


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
