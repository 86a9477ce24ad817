"""After the seal: two texts of one value, a dossier that came back, a correction – answered by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.dossier.delivery import Delivery
from station.dossier.dossier import State
from station.dossier.queue import Queue
from station.dossier.why_stuck import QUESTION
from station.language import Language
from station.ui.counter.window import CounterWindow
from station.ui.province.correction_page import CorrectionPage
from station.ui.province.view_bar import View
from station.ui.widgets.crop import crop
from station.ui.words import page_words
from tests.ui.conftest import Counter
from tests.ui.keyboard import type_into
from tests.ui.papers import entry_id
from tests.ui.province import BIRTH_NOTICE, MOTHER, THEIRS, asked, asked_about, on_paper, sealed, tell
from tests.ui.test_home import received

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
NAME = "person/full_name"


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def at_questions(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.session.show(None)
    qtbot.keyClick(window, Key.Key_F4)
    qtbot.keyClick(window, Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: window.province.questions.card.asked is not None)


def at_correction(window: CounterWindow, qtbot: QtBot) -> CorrectionPage:
    window.go_to("seal")
    press(qtbot, Key.Key_E, CTRL)
    page = window.correction
    qtbot.waitUntil(lambda: page.list.rows.rowCount() > 0)
    return page


def test_both_texts_stand_side_by_side_with_who_when_and_why_and_nothing_is_chosen(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    asked(counter, dossier, "full_name", "Trần Thị Mầu", "Trần Thị Mận", "gõ nhầm dấu")
    at_questions(window, counter, qtbot)
    card = window.province.questions.card
    assert card.piece.field.text() == language("field.person.full_name")
    assert card.hub.mark.accessibleName().endswith("Trần Thị Mầu")
    assert card.station.mark.accessibleName().endswith("Trần Thị Mận")
    assert THEIRS in card.hub.who.text()
    assert "theo cơ sở dữ liệu dân cư" in card.hub.who.text()
    assert "gõ nhầm dấu" in card.station.who.text()
    assert "Trần Thị Mẫu" in card.before.text()
    assert not any(choice.mark.isChecked() for choice in card.choices)
    press(qtbot, Key.Key_Return)  # from the list to the choices
    press(qtbot, Key.Key_Return)
    assert card.missing.text() == language("province.question.nothing_chosen")
    assert len(counter.session.desk.hub.questions()) == 1


def test_a_question_is_told_as_a_question_and_not_as_something_stuck(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    received(counter, dossier)
    asked(counter, dossier, "full_name", "Trần Thị Mầu", "Trần Thị Mận")
    event = counter.store.outbox.pending()[-1]
    counter.store.outbox.note(event.station, event.seq, Delivery.REFUSED, QUESTION, None, None)
    at_questions(window, counter, qtbot)
    seen = window.outlook.seen
    assert seen is not None
    assert (seen.aside, seen.stuck, len(seen.questions)) == ((), 0, 1)
    assert not window.province.waiting.aside.text()
    assert language("province.badge.questions", count=1) in window.status.province.work.text()


@pytest.mark.parametrize(("digit", "kept"), [(Key.Key_1, "Trần Thị Mầu"), (Key.Key_2, "Trần Thị Mận")])
def test_one_of_the_two_is_chosen_with_a_digit_and_a_reason(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, digit: Qt.Key, kept: str
) -> None:
    dossier = sealed(counter)
    asked(counter, dossier, "full_name", "Trần Thị Mầu", "Trần Thị Mận")
    at_questions(window, counter, qtbot)
    card = window.province.questions.card
    press(qtbot, Key.Key_Return)
    press(qtbot, digit)
    press(qtbot, Key.Key_Return)
    assert card.missing.text() == language("province.question.no_reason")
    type_into(card.reason, "đúng theo thẻ")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.desk.hub.questions())
    [event] = [one for one in counter.store.outbox.pending() if one.kind == "dossier.settled"]
    assert event.body["changes"] == [{"value": NAME, "before": "Trần Thị Mầu", "after": kept}]
    assert event.body["reason"] == "đúng theo thẻ"
    qtbot.waitUntil(window.province.questions.nothing.isVisible)


def test_a_third_text_is_typed_where_both_are_wrong(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    asked(counter, sealed(counter), "full_name", "Trần Thị Mầu", "Trần Thị Mận")
    at_questions(window, counter, qtbot)
    card = window.province.questions.card
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_3)
    assert card.other_text.hasFocus()
    type_into(card.other_text, "Trần Thị Mẩu 3")
    type_into(card.reason, "đúng theo thẻ")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.desk.hub.questions())
    [event] = [one for one in counter.store.outbox.pending() if one.kind == "dossier.settled"]
    assert event.body["changes"][0]["after"] == "Trần Thị Mẩu 3"


def test_the_piece_of_paper_is_the_one_that_the_value_stands_on(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = on_paper(counter, qtbot)
    page, mother = dossier.pages[0], entry_id(dossier, 1, "mother.full_name")
    asked_about(counter, dossier, {mother: ("NGUYỄN THỊ ĐẶNG", "NGUYỄN THỊ ĐANG")})
    at_questions(window, counter, qtbot)
    piece = window.province.questions.card.piece
    assert piece.page.text() == page_words(page, language)
    qtbot.waitUntil(lambda: piece.crop.shown is not None)
    assert piece.crop.shown is not None
    assert piece.crop.shown.toImage() == crop(QImage(str(BIRTH_NOTICE)), MOTHER, page.rotation).toImage()


def test_values_of_one_question_come_one_after_the_other_and_count_together(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = on_paper(counter, qtbot)
    mother, home = (entry_id(dossier, 1, f"mother.{key}") for key in ("full_name", "residence"))
    texts = {mother: ("NGUYỄN THỊ ĐẶNG", "NGUYỄN THỊ ĐANG"), home: ("Xóm 6, xã Diễn Châu", "Xóm 5, xã Diễn Châu")}
    asked_about(counter, dossier, texts)
    at_questions(window, counter, qtbot)
    card = window.province.questions.card
    assert language("province.question.place", place=1, count=2) in card.number.text()
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_1)
    press(qtbot, Key.Key_Return)
    assert language("province.question.place", place=2, count=2) in card.number.text()
    assert card.piece.field.text() == language("field.mother.residence")
    assert not any(choice.mark.isChecked() for choice in card.choices)
    assert len(counter.session.desk.hub.questions()) == 1
    press(qtbot, Key.Key_2)
    type_into(card.reason, "đúng theo giấy chứng sinh")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.session.desk.hub.questions())
    [event] = [one for one in counter.store.outbox.pending() if one.kind == "dossier.settled"]
    kept = {change["value"]: change["after"] for change in event.body["changes"]}
    assert kept == {mother: "NGUYỄN THỊ ĐẶNG", home: "Xóm 5, xã Diễn Châu"}


@pytest.mark.parametrize(
    ("key", "told"), [("full_name", "printed"), ("residence", "wide"), ("birth_date", "")], ids=str
)
def test_what_a_correction_means_for_the_receipt_is_told_by_what_the_receipt_prints(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, key: str, told: str
) -> None:
    counter.identified(residence="Xóm 5, xã Diễn Châu")
    counter.sealed()
    page = at_correction(window, qtbot)
    page.list.pick(next(row.data for row in page.list.rows.rows if row.data.id == f"person/{key}"))  # type: ignore[attr-defined]
    assert page.receipt.text() == language("province.correction.receipt" + (f"_{told}" if told else ""))


def test_no_value_of_a_question_stays_behind_the_lock(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    asked(counter, sealed(counter), "full_name", "Trần Thị Mầu", "Trần Thị Mận")
    at_questions(window, counter, qtbot)
    qtbot.keyClick(window, Key.Key_L, CTRL)
    card = window.province.questions.card
    assert card.asked is None
    assert card.hub.text.text() == card.station.text.text() == card.before.text() == ""


def test_a_returned_dossier_tells_its_reason_and_is_made_again_with_its_values(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    tell(counter, "dossier.returned", dossier_id=dossier.id, reason="Thiếu bản sao giấy chứng sinh", by=THEIRS)
    counter.session.show(None)
    badge = window.status.province
    counter.session.delivery_changed.emit(dossier.id)
    qtbot.waitUntil(badge.work.isVisible)
    assert language("province.badge.returned", count=1) in badge.work.text()
    qtbot.mouseClick(badge.work, Qt.MouseButton.LeftButton)
    panel = window.province.returned
    qtbot.waitUntil(lambda: panel.reason.text() == "Thiếu bản sao giấy chứng sinh")
    assert window.province.view is View.RETURNED
    assert THEIRS in panel.by.text()
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None)
    again = counter.session.dossier
    assert again is not None
    assert (again.state, again.person_name) == (State.OPEN, "Trần Thị Mẫu")
    assert again.id != dossier.id
    assert not window.province_in_front


def test_code_and_state_of_the_province_stand_in_the_list_the_search_and_the_sealed_view(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    tell(counter, "dossier.code", dossier_id=dossier.id, code="H01.23-261123-0007", by=THEIRS)
    told = {"state": "more_wanted", "on": "2026-11-23", "note": "Bổ sung tờ khai"}
    tell(counter, "dossier.state", dossier_id=dossier.id, **told)
    window.go_to("seal")
    case = window.seal.sealed.case
    counter.session.delivery_changed.emit(dossier.id)
    qtbot.waitUntil(lambda: case.code.text() == language("province.case.code", code="H01.23-261123-0007"))
    assert language("province.case.more_wanted") in case.state.text()
    assert "Bổ sung tờ khai" in case.state.text()
    counter.session.show(None)
    window.home.queues.buttons[Queue.ALL].click()
    table = window.home.table
    qtbot.waitUntil(lambda: [one.hub_number for one in table.found] == ["H01.23-261123-0007"])
    type_into(window.home.search, "261123-0007")
    qtbot.waitUntil(lambda: [one.id for one in table.found] == [dossier.id])


def test_a_correction_is_made_from_the_sealed_view_and_says_what_it_means_for_the_receipt(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    page = at_correction(window, qtbot)
    place = next(place for place, row in enumerate(page.list.rows.rows) if row.data.id == NAME)  # type: ignore[attr-defined]
    for _ in range(place):
        press(qtbot, Key.Key_Down)
    assert page.receipt.text() == language("province.correction.receipt_printed")
    press(qtbot, Key.Key_Return)
    type_into(page.after, "Trần Thị Mận")
    press(qtbot, Key.Key_Return)
    assert page.reason.hasFocus()
    type_into(page.reason, "gõ nhầm dấu")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.told.text()))
    [revision] = counter.session.desk.hub.changes_of(dossier.id).revisions
    assert (revision.changes[0].after, revision.reason) == ("Trần Thị Mận", "gõ nhầm dấu")
    assert counter.store.dossiers.get(dossier.id).person_name == "Trần Thị Mẫu"
    qtbot.waitUntil(lambda: page.now.text() == "Trần Thị Mận")
    press(qtbot, Key.Key_Escape)
    assert window.current == "seal"
    changed = language("province.correction.changed_waiting", count=1, waiting=1)
    qtbot.waitUntil(lambda: window.seal.sealed.case.corrected.text() == changed)


def test_a_day_that_is_none_is_kept_only_where_the_officer_says_that_it_is_printed_so(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    page = at_correction(window, qtbot)
    page.list.pick(next(row.data for row in page.list.rows.rows if row.data.id == NAME))  # type: ignore[attr-defined]
    assert not page.printed.isVisible()
    born = "person/birth_date"
    page.list.pick(next(row.data for row in page.list.rows.rows if row.data.id == born))  # type: ignore[attr-defined]
    assert page.printed.isVisible()
    page.after.setText("31/02/1990")
    page.reason.setText("theo giấy khai sinh")
    page.keep.click()
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.sentence.text() == language("error.value.form.day.say")
    assert page.after.text() == "31/02/1990", "what was typed stays"
    page.printed.setChecked(True)
    page.keep.click()
    qtbot.waitUntil(lambda: bool(page.told.text()))
    [revision] = counter.session.desk.hub.changes_of(dossier.id).revisions
    assert revision.changes[0].after == "31/02/1990"


def test_a_correction_without_a_reason_is_not_kept(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    page = at_correction(window, qtbot)
    press(qtbot, Key.Key_Return)
    type_into(page.after, "Khác")
    page.keep.click()
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.sentence.text() == language("error.value.no_correction_reason.say")
    assert not counter.session.desk.hub.changes_of(dossier.id).revisions


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
