"""A pile on the screen: pages stand paper by paper, what is not certain is asked, and one key joins or splits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.papers import Plain, Why
from station.dossier.reading import PageReading
from station.language import Language
from station.ui.counter.checklist_rows import checklist_rows
from station.ui.counter.page_grid import Role
from station.ui.counter.review_list import review_rows
from station.ui.counter.scan import ScanStep
from station.ui.counter.window import CounterWindow
from station.ui.paper_words import numbers_words
from tests.ui.conftest import Counter
from tests.ui.fakes import SCANNER, picture
from tests.unit.dossier.invented import field
from tests.unit.dossier.piles import SIGNED, STATE, birth, card_back, card_front, numbers, pile, residence_form, sheet

A, B = "001199000123", "040198003517"
NOTE = sheet("other", "Ghi chú khác về việc này.")


@pytest.fixture
def step(window: CounterWindow, counter: Counter) -> ScanStep:
    counter.identified()
    window.go_to("scan")
    found = window.steps["scan"]
    assert isinstance(found, ScanStep)
    return found


def lay(counter: Counter, qtbot: QtBot, *readings: PageReading) -> Dossier:
    """Scan these pages one after the other, each read before the next."""
    for number, read in enumerate(readings, 1):
        counter.reader.script = [read]
        counter.sources.tray = [picture(f"MẪU {number}")]
        counter.session.scan(ScanJob(SCANNER.id))
        qtbot.waitUntil(lambda wanted=number: all_read(counter, wanted))
    return on_counter(counter)


def all_read(counter: Counter, wanted: int) -> bool:
    pages = on_counter(counter).pages
    return len(pages) == wanted and all(page.read for page in pages) and not counter.session.scanning


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def shown(step: ScanStep) -> list[int]:
    return [page.number for page in step.grid.pages.pages]


def pick(step: ScanStep, number: int) -> None:
    step.grid.setCurrentIndex(step.grid.pages.index(shown(step).index(number)))


def grouped(counter: Counter) -> list[list[int]]:
    return numbers(papers(on_counter(counter)))


def test_pages_of_a_paper_stand_side_by_side_and_what_is_picked_stays_picked(
    step: ScanStep, counter: Counter, qtbot: QtBot
) -> None:
    lay(counter, qtbot, card_front(A), card_front(B), card_back(A))
    qtbot.waitUntil(lambda: shown(step) == [1, 3, 2])
    picked = step.grid.picked()
    assert picked is not None
    assert picked.number == 3
    strip = step.grid.pages.index(1).data(Role.STRIP)
    assert (strip.name, strip.at, strip.unsure) == ("1. Thẻ căn cước công dân (hai mặt)", 1, False)


def test_a_second_page_is_called_the_next_page_of_its_paper(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    second = sheet("other", f"2 Trần Thị Bé 01/02/2015 Nữ\n{SIGNED}")
    lay(counter, qtbot, residence_form("1 Trần Văn An 03/04/2012 Nam"), second)
    index = step.grid.pages.index(1)
    qtbot.waitUntil(lambda: index.data(Role.STATE) == "Trang tiếp theo")
    assert index.data(Role.SIGN) == "mark-done"


def test_what_is_not_certain_is_asked_with_the_guess_preselected(
    step: ScanStep, counter: Counter, qtbot: QtBot
) -> None:
    lay(counter, qtbot, residence_form(SIGNED), NOTE)
    pick(step, 2)
    bar = step.paper_bar
    qtbot.waitUntil(bar.question.isVisible)
    assert "Trang 2 thuộc giấy tờ nào?" in bar.question.text()
    assert "giấy trước đã kết thúc bằng phần ký" in bar.question.text()
    assert bar.choice.currentText() == "2. Giấy tờ khác – trang 2"
    spoken = step.grid.pages.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "chưa chắc thuộc giấy tờ nào" in spoken


@pytest.mark.parametrize(("key", "expected"), [(Qt.Key.Key_J, [[1, 2]]), (Qt.Key.Key_B, [[1], [2]])])
def test_one_key_answers_and_the_question_goes(
    step: ScanStep, counter: Counter, qtbot: QtBot, key: Qt.Key, expected: list[list[int]]
) -> None:
    lay(counter, qtbot, residence_form(SIGNED), NOTE)
    pick(step, 2)
    step.grid.setFocus()
    qtbot.waitUntil(step.paper_bar.question.isVisible)
    qtbot.keyClick(step.grid, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: on_counter(counter).page(on_counter(counter).pages[1].id).goes_with_set_by == "canbo.mau")
    assert grouped(counter) == expected
    qtbot.waitUntil(lambda: not step.paper_bar.question.isVisible())


def test_an_answer_brings_the_next_question(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    lay(counter, qtbot, residence_form(SIGNED), NOTE, birth("1/2020", "An"), NOTE)
    pick(step, 2)
    qtbot.waitUntil(step.paper_bar.question.isVisible)
    step.paper_bar.join.click()
    qtbot.waitUntil(lambda: (page := step.grid.picked()) is not None and page.number == 4)
    assert "Trang 4" in step.paper_bar.question.text()


def test_a_certain_page_is_split_off_and_joined_again(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    lay(counter, qtbot, residence_form("1 An Nam"), sheet("other", "2 Bé Nữ"))
    assert grouped(counter) == [[1, 2]]
    pick(step, 1)
    assert not step.paper_bar.join.isEnabled()
    assert not step.paper_bar.split.isEnabled()
    pick(step, 2)
    step.paper_bar.split.click()
    qtbot.waitUntil(lambda: grouped(counter) == [[1], [2]])
    step.paper_bar.join.click()
    qtbot.waitUntil(lambda: grouped(counter) == [[1, 2]])
    deeds = [entry.deed for entry in counter.store.audit.entries(on_counter(counter).id)]
    assert {"split_paper", "join_pages"} <= set(deeds)


def test_any_paper_can_be_chosen_from_the_list(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    dossier = lay(counter, qtbot, residence_form(SIGNED), birth("1/2020", "An"), birth("9/2022", "Bé"))
    pick(step, 3)
    choice = step.paper_bar.choice
    assert [choice.itemText(row).partition(".")[0] for row in range(choice.count())] == ["1", "2", "3"]
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    choice.activated.emit(0)
    qtbot.waitUntil(lambda: grouped(counter) == [[1, 3], [2]])
    assert on_counter(counter).page(dossier.pages[2].id).goes_with == dossier.pages[0].id


def test_a_single_page_needs_no_choice(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    lay(counter, qtbot, birth("1/2020", "An"))
    assert not step.paper_bar.isVisible()


def test_the_papers_of_a_sealed_dossier_can_be_seen_and_not_changed(
    step: ScanStep, counter: Counter, qtbot: QtBot
) -> None:
    lay(counter, qtbot, residence_form(SIGNED), NOTE)
    counter.sealed()
    bar = step.paper_bar
    bar.show_page(on_counter(counter), on_counter(counter).pages[1])
    assert bar.choice.currentText() == "2. Giấy tờ khác – trang 2"
    assert [widget.isEnabled() for widget in (bar.choice, bar.join, bar.split)] == [False, False, False]


def test_the_checklist_names_the_pages_paper_by_paper(counter: Counter, language: Language) -> None:
    made = pile(card_front(A), card_front(B), card_back(A), card_back(B))
    listed = counter.session.desk.checklist.see(replace(made, procedure_version=""))
    (row,) = [row for row in checklist_rows(listed, {}, language) if row.data == "identity"]
    assert "trang 1, 3; 2, 4" in row.hint
    long = pile(residence_form("1 An Nam"), sheet("other", "2 Bé Nữ"), sheet("other", "3 Ba Nam"))
    assert numbers_words(papers(long)) == "1–3"


def test_the_review_names_a_second_page_by_its_paper_and_an_unknown_paper_by_its_title(language: Language) -> None:
    second = sheet("other", "2 Trần Thị Bé", field("members[1].full_name", "Trần Thị Bé"))
    lease = sheet("other", f"{STATE}\nHỢP ĐỒNG THUÊ NHÀ", field("title", "HỢP ĐỒNG THUÊ NHÀ"))
    rows = review_rows(pile(residence_form("1 Trần Văn An"), second, lease), language)
    hints = [row.hint for row in rows if row.title in ("Trần Thị Bé", "HỢP ĐỒNG THUÊ NHÀ")]
    assert "Tờ khai thay đổi thông tin cư trú (CT01) – trang 2" in hints[0]
    assert "HỢP ĐỒNG THUÊ NHÀ – trang 3" in hints[1]


@pytest.mark.parametrize("name", ["vi", "en"])
def test_every_reason_has_words(name: str) -> None:
    language = Language.load(name)
    for reasons in Why.__args__:
        for why in reasons:
            assert why is Plain.DECIDED or f"pile.why.{why.value}" in language
