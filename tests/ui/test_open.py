"""Picking a procedure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.ui.counter.open import OpenStep
from station.ui.counter.window import CounterWindow
from station.ui.widgets.rows import Row
from tests.ui.conftest import Counter
from tests.ui.keyboard import type_into


@pytest.fixture
def step(window: CounterWindow, qtbot: QtBot) -> OpenStep:
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    found = window.steps["open"]
    assert isinstance(found, OpenStep)
    return found


def papers(step: OpenStep) -> list[Row]:
    return [row for row in step.facts.papers.rows.rows if not row.heading]


@pytest.mark.parametrize("typed", ["khai sinh", "Khai Sinh", "dang ky khai sinh", "đăng ký khai sinh", "1.001193"])
def test_a_procedure_is_found_with_and_without_marks(step: OpenStep, qtbot: QtBot, typed: str) -> None:
    type_into(step.search, typed)
    assert [row.data for row in step.procedures.rows.rows] == ["1.001193"]
    assert step.facts.title.text() == "Đăng ký khai sinh"


def test_nothing_can_be_opened_when_nothing_fits(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    type_into(step.search, "không có thủ tục này")
    assert step.nothing.isVisible()
    assert not step.go_on.isEnabled()
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    assert counter.session.dossier is None


def test_every_paper_of_the_procedure_is_shown_before_opening(step: OpenStep, counter: Counter) -> None:
    for procedure in counter.session.desk.procedures.all():
        step.procedures.pick(procedure.code)
        assert {row.data for row in papers(step)} == {paper.key for paper in procedure.papers}


def test_papers_of_which_one_is_enough_stand_under_one_heading(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    type_into(step.search, "khai sinh")
    rows = list(step.facts.papers.rows.rows)
    heading = next(row for row in rows if row.title == counter.session.language("counter.papers.one_of"))
    begin = rows.index(heading) + 1
    assert {row.data for row in rows[begin : begin + 3]} == {"birth_notice", "witness_statement", "undertaking"}


def test_the_arrows_move_in_the_list_while_typing(step: OpenStep, qtbot: QtBot) -> None:
    before = step.procedures.currentIndex().row()
    qtbot.keyClick(step.search, Qt.Key.Key_Down)
    assert step.procedures.currentIndex().row() == before + 1
    assert step.search.hasFocus()


def test_enter_twice_opens_one_dossier(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None)
    assert len(counter.store.dossiers.find()) == 1
