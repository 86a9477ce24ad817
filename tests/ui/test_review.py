"""Reviewing from the keyboard alone: nothing typed is lost, nothing unseen is accepted, the focus never gets lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.checks import needs_look
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry, Verdict
from station.dossier.reading import Source
from station.ui.counter.review import ReviewStep
from station.ui.counter.review_list import waiting
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.keyboard import type_into
from tests.ui.papers import ADDRESS, doubtful, entry_id, field, paper, scanned

Key, Modifier = Qt.Key, Qt.KeyboardModifier
PAPER = paper(
    doubtful("number", "105/2024"),
    doubtful("subject.birth_place", ADDRESS),
    field("subject.birth_date", "2024-03-05"),
    field("subject.birth_date", "2024-05-03", Source.QR, accepted=False),
    field("signed_by", "Trần Văn Mẫu"),
    field("father.residence", "Thôn 1, xã Tân Thạnh, huyện Thới Lai, thành phố Cần Thơ"),
)


class Officer:
    """Two hands on the keyboard, in front of the review."""

    def __init__(self, window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
        self.window, self.counter, self.qtbot = window, counter, qtbot

    @property
    def step(self) -> ReviewStep:
        return self.window.review

    @property
    def dossier(self) -> Dossier:
        assert self.counter.session.dossier is not None
        return self.counter.session.dossier

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """To whatever has the keyboard now, which must be something that can be seen."""
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the keyboard"
        assert focus.isVisible()
        self.qtbot.keyClick(focus, key, modifier)

    def shows(self, key: str) -> None:
        self.qtbot.waitUntil(lambda: self.step.shown_entry == self.id(key))

    def id(self, key: str) -> str:
        return entry_id(self.dossier, 1, key)

    def entry(self, key: str) -> Entry:
        return self.dossier.entry(self.id(key))


@pytest.fixture
def officer(window: CounterWindow, counter: Counter, qtbot: QtBot) -> Officer:
    scanned(counter, qtbot, PAPER)
    window.go_to("review")
    return Officer(window, counter, qtbot)


def test_enter_alone_goes_through_all_that_needs_a_look_and_on_to_the_next_step(officer: Officer) -> None:
    looked = []
    while waiting(officer.dossier):
        left = len(waiting(officer.dossier))
        looked.append(officer.step.shown_entry)
        officer.press(Key.Key_Return)
        officer.qtbot.waitUntil(lambda left=left: len(waiting(officer.dossier)) < left)
    assert looked == [officer.id(key) for key in ("number", "subject.birth_place", "subject.birth_date")]
    officer.qtbot.waitUntil(officer.step.go_on.hasFocus)
    officer.press(Key.Key_Return)
    assert officer.window.current == "confirm"


def test_the_first_value_to_look_at_is_in_the_editor_with_its_page_and_its_piece_of_paper(officer: Officer) -> None:
    assert officer.step.editor.line.hasFocus()
    assert officer.step.editor.line.text() == "105/2024"
    assert "1" in officer.step.page_name.text()
    officer.qtbot.waitUntil(lambda: not officer.step.editor.crop.text())


def test_a_typed_value_is_kept_with_who_typed_it_and_what_stood_there(officer: Officer) -> None:
    officer.step.editor.line.selectAll()
    type_into(officer.step.editor.line, "106/2024")
    officer.press(Key.Key_Return)
    officer.shows("subject.birth_place")
    entry = officer.entry("number")
    assert (entry.value, entry.corrections[0].old, entry.checked_by) == ("106/2024", "105/2024", "canbo.mau")


def test_after_a_decision_the_next_doubtful_value_below_comes_not_the_one_left_above(officer: Officer) -> None:
    officer.press(Key.Key_Tab)
    officer.press(Key.Key_Return)
    officer.shows("subject.birth_date")
    officer.press(Key.Key_Return)
    officer.shows("number")


def test_tab_and_shift_tab_walk_through_the_values_in_a_circle(officer: Officer) -> None:
    start = officer.step.shown_entry
    officer.press(Key.Key_Backtab)
    assert officer.step.shown_entry != start
    officer.press(Key.Key_Tab)
    assert officer.step.shown_entry == start
    for _ in officer.dossier.entries:
        officer.press(Key.Key_Tab)
    assert officer.step.shown_entry == start


@pytest.mark.parametrize("way", ["tab", "list", "go on", "back", "seal"])
def test_what_was_typed_is_kept_whichever_way_the_officer_leaves(officer: Officer, way: str) -> None:
    officer.step.editor.line.selectAll()
    type_into(officer.step.editor.line, "106/2024")
    if way == "tab":
        officer.press(Key.Key_Tab)
    elif way == "list":
        officer.step.show_entry(officer.id("signed_by"))
    elif way == "go on":
        officer.press(Key.Key_Return, Modifier.ControlModifier)
        assert officer.window.current == "confirm"
    elif way == "back":
        officer.window.go_to("scan")
    else:
        officer.press(Key.Key_6, Modifier.AltModifier)
        assert officer.window.current == "seal"
    officer.qtbot.waitUntil(lambda: officer.entry("number").value == "106/2024")


def test_escape_takes_back_what_was_typed_and_then_goes_one_step_back(officer: Officer) -> None:
    type_into(officer.step.editor.line, "nhầm")
    officer.press(Key.Key_Escape)
    assert (officer.step.editor.line.text(), officer.window.current) == ("105/2024", "review")
    officer.press(Key.Key_Escape)
    assert officer.window.current == "scan"
    assert officer.entry("number").corrections == ()


def test_an_emptied_value_is_refused_and_stays_before_the_officer(officer: Officer) -> None:
    officer.step.editor.line.setText("")
    officer.press(Key.Key_Return)
    officer.qtbot.waitUntil(officer.window.messages.isVisible)
    assert officer.step.shown_entry == officer.id("number")
    assert officer.step.editor.line.hasFocus()
    officer.press(Key.Key_Tab)
    assert officer.entry("number").value == "105/2024"


def test_an_enter_key_held_down_decides_about_nothing(officer: Officer) -> None:
    line = officer.step.editor.line
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Modifier.NoModifier, "\r", True)
    QApplication.sendEvent(line, held)
    officer.qtbot.wait(50)
    assert needs_look(officer.dossier, officer.entry("number"))


def test_readings_that_differ_stand_side_by_side_and_are_taken_by_key(officer: Officer) -> None:
    officer.step.show_entry(officer.id("subject.birth_date"))

    def told() -> str:
        labels = officer.step.editor.findChildren(QLabel)
        return " ".join(one.accessibleName() or one.text() for one in labels if one.isVisible())

    officer.qtbot.waitUntil(lambda: "05/03/2024" in told() and "03/05/2024" in told())
    officer.press(Key.Key_1, Modifier.ControlModifier)
    officer.qtbot.waitUntil(lambda: officer.entry("subject.birth_date").value == "2024-05-03")
    assert officer.entry("subject.birth_date").checked_by == "canbo.mau"
    officer.shows("number")


def test_an_address_on_old_units_has_todays_beside_it_to_take_by_key(officer: Officer) -> None:
    officer.step.show_entry(officer.id("father.residence"))
    today = "Thôn 1, xã Trường Thành, thành phố Cần Thơ"

    def told() -> str:
        return " ".join(one.text() for one in officer.step.editor.findChildren(QLabel) if one.isVisible())

    officer.qtbot.waitUntil(lambda: today in told())
    assert officer.entry("father.residence").value != today
    officer.press(Key.Key_1, Modifier.ControlModifier)
    assert officer.step.editor.line.text() == today
    officer.press(Key.Key_Return)
    officer.qtbot.waitUntil(lambda: officer.entry("father.residence").value == today)
    entry = officer.entry("father.residence")
    assert entry.readings[0].printed == entry.corrections[0].old


def test_a_long_address_stands_whole_in_the_editor_and_moves_nothing_out_of_the_window(officer: Officer) -> None:
    one_line = officer.step.editor.line.height()
    officer.step.show_entry(officer.id("subject.birth_place"))
    line = officer.step.editor.line
    officer.qtbot.waitUntil(lambda: line.height() >= 3 * (one_line - 14))
    assert not line.verticalScrollBar().isVisible()
    assert (officer.window.width(), officer.window.height()) == (1366, 768)
    assert officer.step.go_on.mapTo(officer.window, officer.step.go_on.rect().bottomRight()).x() < 1366


def test_pasted_line_breaks_become_spaces(officer: Officer) -> None:
    pasted = QMimeData()
    pasted.setText("Xã Mẫu,\r\n tỉnh Mẫu\n")
    officer.step.editor.line.selectAll()
    officer.step.editor.line.insertFromMimeData(pasted)
    assert officer.step.editor.line.text() == "Xã Mẫu, tỉnh Mẫu"


@pytest.mark.parametrize("number", range(1, 7))
def test_alt_and_a_digit_works_from_the_editor(officer: Officer, number: int) -> None:
    steps = ("open", "identify", "scan", "review", "confirm", "seal")
    officer.press(Key(Key.Key_0 + number), Modifier.AltModifier)
    assert officer.window.current == steps[number - 1]


def test_locking_keeps_the_place_the_typed_letters_and_the_focus(officer: Officer) -> None:
    officer.step.show_entry(officer.id("signed_by"))
    officer.step.editor.line.selectAll()
    type_into(officer.step.editor.line, "Trần Văn")
    officer.counter.session.lock(locked=True)
    officer.counter.session.lock(locked=False)
    assert officer.step.shown_entry == officer.id("signed_by")
    assert officer.step.editor.line.text() == "Trần Văn"
    assert officer.step.editor.line.hasFocus()


def test_a_value_the_citizen_disputes_comes_first_and_has_the_keyboard(officer: Officer) -> None:
    officer.window.go_to("confirm")
    entry = officer.entry("subject.birth_place")
    officer.counter.session.answer(entry.id, entry.value, Verdict.WRONG)
    officer.shows("subject.birth_place")
    assert officer.window.current == "review"
    assert officer.step.editor.line.hasFocus()
    officer.press(Key.Key_Return)
    officer.qtbot.waitUntil(lambda: not officer.entry("subject.birth_place").disputed)
    officer.shows("number")


def test_enter_on_the_list_goes_to_the_editor_and_decides_nothing(officer: Officer) -> None:
    officer.step.list.setFocus()
    officer.press(Key.Key_Down)
    officer.press(Key.Key_Return)
    assert officer.window.current == "review"
    assert officer.step.editor.line.hasFocus()
    assert officer.step.shown_entry == officer.id("subject.birth_place")
    assert needs_look(officer.dossier, officer.entry("subject.birth_place"))


def test_a_value_that_was_not_read_is_added_from_the_keyboard(officer: Officer) -> None:
    officer.press(Key.Key_T, Modifier.ControlModifier)
    assert officer.step.adding
    type_into(officer.step.adder.search, "me: dan")
    officer.press(Key.Key_Return)
    assert officer.step.adder.line.hasFocus()
    type_into(officer.step.adder.line, "Kinh")
    officer.press(Key.Key_Return)
    officer.shows("mother.ethnicity")
    entry = officer.entry("mother.ethnicity")
    assert (entry.value, entry.source, entry.checked_by) == ("Kinh", Source.TYPED, "canbo.mau")
    assert not officer.step.adding
    assert officer.step.editor.line.hasFocus()


def test_without_pages_and_values_there_is_nothing_to_add_to(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.open()
    window.go_to("review")
    assert not window.review.add.isVisible()
    qtbot.keyClick(window.review, Key.Key_T, Modifier.ControlModifier)
    assert not window.review.adding


def test_only_fields_that_the_paper_has_and_the_dossier_lacks_are_offered(officer: Officer) -> None:
    officer.press(Key.Key_T, Modifier.ControlModifier)
    offered = {row.data for row in officer.step.adder.list.rows.rows}
    assert {"subject.full_name", "registered_on", "father.birth_year"} <= offered
    assert not offered & {"number", "signed_by", "subject.birth_place", "plate"}
    officer.press(Key.Key_Escape)
    assert not officer.step.adding
    assert officer.step.editor.line.hasFocus()
    assert officer.window.current == "review"


def test_a_value_can_be_added_to_a_paper_of_which_nothing_was_read(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = scanned(counter, qtbot, paper(kind="marriage_certificate"))
    window.go_to("review")
    officer = Officer(window, counter, qtbot)
    officer.press(Key.Key_T, Modifier.ControlModifier)
    adder = officer.step.adder
    adder.page.setCurrentIndex(adder.page.findData(dossier.pages[0].id))
    type_into(adder.search, "vo: dan toc")
    officer.press(Key.Key_Return)
    type_into(adder.line, "Tày")
    officer.press(Key.Key_Return)
    officer.shows("wife.ethnicity")


def test_everything_can_be_reached_with_tab_in_the_panel_for_adding(officer: Officer) -> None:
    officer.press(Key.Key_T, Modifier.ControlModifier)
    adder, reached = officer.step.adder, list[QWidget | None]()
    for _ in range(6):
        reached.append(QApplication.focusWidget())
        officer.press(Key.Key_Tab)
    assert reached == [adder.search, adder.list, adder.line, adder.add, adder.cancel, adder.page]


def test_nothing_of_the_dossier_stays_in_the_review_when_the_counter_is_free(officer: Officer) -> None:
    officer.press(Key.Key_T, Modifier.ControlModifier)
    officer.counter.session.show(None)
    officer.step.refresh(None)
    assert officer.step.editor.line.text() == ""
    assert not officer.step.list.rows.rows
    assert officer.step.adder.page.count() == 0
    shown = [one.text() for kind in (QLabel, QPushButton) for one in officer.step.findChildren(kind)]
    assert not [text for text in shown if "105/2024" in text or "Hoàng Hoa Thám" in text]


def test_beside_a_value_there_is_never_a_piece_of_another_paper(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = scanned(counter, qtbot, PAPER, paper(doubtful("number", "7/2024")))
    window.go_to("review")
    review = window.review
    review.show_entry(entry_id(dossier, 1, "number"))
    qtbot.waitUntil(lambda: not review.editor.crop.text())
    assert not review.picture._picture.pixmap().isNull()
    review.show_entry(entry_id(dossier, 2, "number"))
    assert review.editor.crop.text() == window.session.language("review.coming")
    assert review.picture._picture.pixmap().isNull()
    qtbot.waitUntil(lambda: not review.editor.crop.text())
    assert not review.picture._picture.pixmap().isNull()
