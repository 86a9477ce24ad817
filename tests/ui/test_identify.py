"""Who the citizen is: from a picture, from a device, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier
from station.dossier.reading import Source
from station.errors import InputError
from station.language import Language
from station.ui.counter.identify import IdentifyStep
from station.ui.counter.person_form import birth_date, shown_date
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.fakes import card, picture
from tests.ui.keyboard import type_into


@pytest.fixture
def step(window: CounterWindow, counter: Counter, qtbot: QtBot) -> IdentifyStep:
    counter.open()
    window.go_to("identify")
    found = window.steps["identify"]
    assert isinstance(found, IdentifyStep)
    qtbot.waitUntil(found.scan.isEnabled)
    return found


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def test_the_qr_in_a_picture_fills_the_person(
    step: IdentifyStep, counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "the.png"
    file.write_bytes(card())
    step.read_picture(file)
    qtbot.waitUntil(lambda: on_counter(counter).person_name == "Nguyễn Thị Đăng")
    assert on_counter(counter).entry("person/full_name").source is Source.QR
    assert step.card.name.text() == "Nguyễn Thị Đăng"
    assert step.form.birth_date.text() == "05/03/1999"


def test_a_card_that_comes_late_never_names_the_next_citizen(
    step: IdentifyStep, counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "the.png"
    file.write_bytes(card())
    step.read_picture(file)
    counter.open()
    qtbot.waitUntil(lambda: not step._working)
    qtbot.wait(200)
    assert on_counter(counter).person_name is None
    assert counter.store.dossiers.get(on_counter(counter).id).person_name is None


def test_a_device_yields_one_image_that_is_not_kept(
    step: IdentifyStep, counter: Counter, qtbot: QtBot, window: CounterWindow
) -> None:
    counter.sources.tray = [card(), picture("tờ khai")]
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: on_counter(counter).person_name == "Nguyễn Thị Đăng")
    assert on_counter(counter).pages == ()
    assert len(counter.sources.tray) == 1


def test_a_picture_without_a_code_is_told_with_what_to_do(
    step: IdentifyStep, window: CounterWindow, qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    file = tmp_path / "page.png"
    file.write_bytes(picture("không có mã"))
    step.read_picture(file)
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.sentence.text() == language("error.code.not_found.say")
    assert step.pick.isEnabled()


def test_a_file_that_is_gone_is_told(
    step: IdentifyStep, window: CounterWindow, qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    step.read_picture(tmp_path / "gone.png")
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.sentence.text() == language("error.file.no_access.say")


def test_what_does_not_fit_the_number_is_a_warning_and_never_a_refusal(
    step: IdentifyStep, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    type_into(step.form.id_number, "001 099 000 123")
    type_into(step.form.full_name, "Nguyễn Thị Đăng")
    type_into(step.form.birth_date, "5/3/1998")
    assert language("warning.id.year_mismatch") in step.form.warning.text()
    qtbot.keyClick(step.form.birth_date, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_counter(counter).person_id == "001099000123")
    assert on_counter(counter).warnings == ("id.year_mismatch",)
    assert on_counter(counter).value("birth_date") == "1998-03-05"


def test_a_name_without_a_number_is_refused_and_stays_typed(
    step: IdentifyStep, window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    type_into(step.form.full_name, "Nguyễn Thị Đăng")
    qtbot.keyClick(step.form.full_name, Qt.Key.Key_Return)
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.sentence.text() == language("error.value.person_incomplete.say")
    assert step.form.full_name.text() == "Nguyễn Thị Đăng"
    assert on_counter(counter).person_name is None


def test_what_is_being_typed_survives_a_page_that_was_read_meanwhile(
    step: IdentifyStep, counter: Counter, qtbot: QtBot
) -> None:
    type_into(step.form.full_name, "Nguyễn")
    desk = counter.session.desk
    counter.session.take(desk.note_paper(on_counter(counter).id, "witness_statement", True, desk.officer))
    assert step.form.full_name.text() == "Nguyễn"
    assert step.form.dirty


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("05/03/1990", "1990-03-05"), ("5-3-1990", "1990-03-05"), ("05031990", "1990-03-05"), ("1990", "1990"), ("", "")],
)
def test_a_birth_date_is_taken_as_officers_type_it(typed: str, iso: str) -> None:
    assert birth_date(typed) == iso


@pytest.mark.parametrize("typed", ["31/02/1990", "5/13/1990", "hôm qua", "90", "0000"])
def test_an_impossible_birth_date_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match=r"value\.bad_date"):
        birth_date(typed)


@pytest.mark.parametrize(("iso", "shown"), [("1990-03-05", "05/03/1990"), ("1990", "1990"), ("", "")])
def test_a_date_is_shown_the_vietnamese_way(iso: str, shown: str) -> None:
    assert shown_date(iso) == shown


def test_tab_goes_through_the_form_as_the_card_is_read(
    step: IdentifyStep, window: CounterWindow, qtbot: QtBot, language: Language
) -> None:
    step.form.id_number.setFocus()
    visited = []
    for _ in range(5):
        focused = window.focusWidget()
        assert focused is not None
        visited.append(focused.accessibleName() or getattr(focused, "text", str)())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    person = "counter.person."
    names = ("id_number", "full_name", "birth_date", "male", "residence")
    assert visited == [language(person + name) for name in names]


def test_everything_that_takes_the_keyboard_has_a_name(window: CounterWindow) -> None:
    nameless = [
        (step.name, type(widget).__name__, widget.objectName())
        for step in (window.steps[name] for name in ("home", "open", "identify", "scan"))
        for widget in step.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and type(widget.window()).__name__ == "CounterWindow"
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_an_empty_tray_is_told_and_the_device_can_be_asked_again(
    step: IdentifyStep, window: CounterWindow, qtbot: QtBot, language: Language
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(window.messages.isVisible)
    assert window.messages.sentence.text() == language("error.device.no_paper.say")
    assert step.scan.isEnabled()


def test_escape_gives_up_waiting_for_the_card(step: IdentifyStep, counter: Counter, qtbot: QtBot) -> None:
    counter.sources.gate.clear()
    counter.sources.tray = [card()]
    step.scan.click()
    qtbot.keyClick(step, Qt.Key.Key_Escape)
    qtbot.waitUntil(step.scan.isVisible)
    assert on_counter(counter).person_name is None
    assert len(counter.sources.tray) == 1


def test_an_impossible_birth_date_is_told_under_the_field_and_goes_when_it_is_mended(
    step: IdentifyStep, window: CounterWindow, qtbot: QtBot
) -> None:
    for field, text in (
        (step.form.id_number, "001199000123"),
        (step.form.full_name, "Đặng Thị Ẩn"),
        (step.form.birth_date, "31/02/1990"),
    ):
        field.clear()
        type_into(field, text)
    qtbot.keyClick(step.form.full_name, Qt.Key.Key_Return)
    assert step.form.bad_date.isVisible()
    assert step.form.birth_date.hasFocus()
    assert not window.messages.isVisible()
    step.form.birth_date.clear()
    type_into(step.form.birth_date, "05/03/1990")
    assert not step.form.bad_date.isVisible()
