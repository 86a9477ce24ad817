"""Picking a procedure and its case, and seeing what both ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from station import paths
from station.catalogue.procedures import Procedures
from station.language import Language
from station.ui.counter.open import OpenStep
from station.ui.counter.procedure_facts import ProcedureFacts
from station.ui.counter.window import CounterWindow
from station.ui.widgets.rows import Row
from tests.ui.conftest import Counter
from tests.ui.desk import KINDS
from tests.ui.keyboard import type_into


@pytest.fixture
def step(window: CounterWindow, qtbot: QtBot) -> OpenStep:
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    found = window.steps["open"]
    assert isinstance(found, OpenStep)
    return found


def papers(step: OpenStep) -> list[Row]:
    return [row for row in step.facts.papers.rows.rows if row.data]


@pytest.mark.parametrize("typed", ["khai sinh", "Khai Sinh", "dang ky khai sinh", "đăng ký khai sinh", "1.001193"])
def test_the_procedure_that_is_called_so_stands_first_with_and_without_marks(
    step: OpenStep, qtbot: QtBot, typed: str
) -> None:
    type_into(step.search, typed)
    assert step.procedures.rows.rows[0].data == "1.001193"
    assert step.facts.title.text() == "Đăng ký khai sinh"


def test_every_word_typed_must_be_found(step: OpenStep, qtbot: QtBot) -> None:
    type_into(step.search, "lai khai sinh")
    assert {row.data for row in step.procedures.rows.rows} == {"1.004884", "2.000522"}


def test_nothing_can_be_opened_when_nothing_fits(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    type_into(step.search, "không có thủ tục này")
    assert step.nothing.isVisible()
    assert not step.go_on.isEnabled()
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    assert counter.session.dossier is None


def test_every_paper_of_a_case_is_shown_before_opening(step: OpenStep, counter: Counter) -> None:
    for procedure in counter.session.desk.open_dossier.offered():
        step.procedures.pick(procedure.code)
        assert step.facts.case == procedure.cases[0].key
        asked = {one.key for one in procedure.papers if one.is_asked(step.facts.case, {}) is not False}
        assert {row.data for row in papers(step)} == asked


def test_papers_of_which_one_is_enough_stand_under_one_heading(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    type_into(step.search, "khai sinh")
    rows = list(step.facts.papers.rows.rows)
    heading = next(row for row in rows if row.title == counter.session.language("counter.papers.one_of"))
    begin = rows.index(heading) + 1
    assert {row.data for row in rows[begin : begin + 3]} == {"birth_notice", "witness_statement", "undertaking"}


def test_a_paper_that_an_answer_decides_tells_the_question(step: OpenStep, qtbot: QtBot) -> None:
    type_into(step.search, "khai sinh")
    row = next(row for row in papers(step) if row.data == "power_of_attorney")
    assert "Chỉ khi trả lời «có»: Người nộp hồ sơ có nộp thay" in row.hint


def test_facts_from_memory_are_marked(step: OpenStep, qtbot: QtBot) -> None:
    type_into(step.search, "nuôi con nuôi")
    assert all("theo trí nhớ – cần kiểm tra" in row.hint for row in papers(step))
    step.search.clear()
    type_into(step.search, "thường trú")
    assert "trí nhớ" not in next(row for row in papers(step) if row.data == "residence_form").hint


def test_the_arrows_move_in_the_list_while_typing(step: OpenStep, qtbot: QtBot) -> None:
    before = step.procedures.currentIndex().row()
    qtbot.keyClick(step.search, Qt.Key.Key_Down)
    assert step.procedures.currentIndex().row() == before + 1
    assert step.search.hasFocus()


def test_a_case_is_chosen_by_its_digit_and_opened(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    type_into(step.search, "khai tử")
    assert {"death_notice", "evidence"} & {row.data for row in papers(step)} == {"death_notice"}
    qtbot.keyClick(step.search, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert step.facts.case == "long_ago"
    assert {"death_notice", "evidence"} & {row.data for row in papers(step)} == {"evidence"}
    assert step.search.hasFocus()
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None)
    assert counter.session.dossier is not None
    assert counter.session.dossier.case == "long_ago"


def test_the_next_dossier_begins_with_the_usual_case(step: OpenStep, qtbot: QtBot) -> None:
    first = step.facts.title.text()
    type_into(step.search, "khai tử")
    qtbot.keyClick(step.search, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert step.facts.case == "verified"
    step.enter()
    assert step.facts.title.text() == first
    type_into(step.search, "khai tử")
    assert step.facts.case == "usual"


def test_the_papers_are_scrolled_while_the_words_are_typed(step: OpenStep, qtbot: QtBot) -> None:
    type_into(step.search, "kết hôn có yếu tố nước ngoài")
    bar = step.facts.papers.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(step.search, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(step.search, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_a_procedure_with_one_case_asks_for_no_choice(step: OpenStep, qtbot: QtBot) -> None:
    type_into(step.search, "kết hôn")
    assert step.facts.title.text() == "Đăng ký kết hôn"
    assert not step.facts.cases.isVisible()


def test_the_case_of_an_open_dossier_can_be_changed(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    dossier = counter.open("1.000656")
    step.refresh(dossier)
    step.facts.cases.pick("verified")
    qtbot.waitUntil(lambda: counter.session.dossier is not None and counter.session.dossier.case == "verified")
    assert counter.store.dossiers.get(dossier.id).case == "verified"


def test_each_fee_is_told_with_what_other_channels_pay(step: OpenStep, qtbot: QtBot) -> None:
    type_into(step.search, "đăng ký tạm trú")
    shown = [label.text() for label in step.facts.findChildren(QLabel)]
    assert "Lệ phí đăng ký tạm trú (cá nhân, hộ gia đình): 15.000 đồng; nộp trực tuyến: 7.000 đồng" in shown
    qtbot.keyClick(step.search, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    shown = [label.text() for label in step.facts.findChildren(QLabel)]
    assert "Lệ phí đăng ký tạm trú theo danh sách: 10.000 đồng/người; nộp trực tuyến: 5.000 đồng" in shown


def test_enter_twice_opens_one_dossier(step: OpenStep, qtbot: QtBot, counter: Counter) -> None:
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    qtbot.keyClick(step.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None)
    assert len(counter.store.dossiers.find()) == 1


def test_what_is_new_is_told_on_one_key_and_put_away_by_it(
    qtbot: QtBot, dressed: object, tmp_path: Path, language: Language, counter: Counter
) -> None:
    shipped = paths.resources() / "procedures" / "1.004222.toml"
    told = shipped.read_text(encoding="utf-8")
    (tmp_path / "1.004222@2026-07-18.toml").write_text(told, encoding="utf-8")
    newer = told.replace("2026-07-18", "2026-10-01", 2).replace("amount = 20000", "amount = 30000")
    (tmp_path / "1.004222.toml").write_text(newer, encoding="utf-8")
    catalogue = Procedures(tmp_path, KINDS)
    facts = ProcedureFacts(language)
    qtbot.addWidget(facts)
    newest = catalogue.get("1.004222")
    facts.show_procedure(newest, catalogue.before(newest))
    facts.show()
    assert facts.news.isVisible()
    facts.news.click()
    shown = [row.title for row in facts.papers.rows.rows]
    assert shown[0] == "Thay đổi so với bản ngày 18/07/2026"
    assert "Lệ phí đăng ký thường trú: 30.000 đồng (trước: 20.000 đồng)." in shown
    facts.news.click()
    assert "residence_form" in [row.data for row in facts.papers.rows.rows]
    facts.show_procedure(catalogue.get("1.004222", "2026-07-18"), None)
    assert not facts.news.isVisible()
