"""Which deeds can be taken back, what they are called, and whose Ctrl+Z it is while a field has the keyboard."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station import actions
from station.actions import history
from station.actions.history import DEEDS
from station.dossier.dossier import Dossier
from station.language import Language
from station.ui.counter.undoing import deed_words
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter

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
