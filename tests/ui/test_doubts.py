"""Why a value is doubted is said beside it, what else was read takes one key, and handwriting is typed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from station.dossier.checks import needs_look
from station.dossier.confirmation import questions
from station.dossier.reading import Doubt, PageReading, ReadField, Source, Status
from station.language import Language
from station.ui.counter.review_list import waiting
from station.ui.counter.window import CounterWindow
from station.ui.widgets.differing import differing
from tests.ui.conftest import Counter
from tests.ui.fakes import picture
from tests.ui.keyboard import type_into
from tests.ui.papers import doubtful, field, paper, scanned
from tests.ui.test_review import Officer

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def doubted(key: str, value: str, doubt: Doubt | None, *others: str) -> ReadField:
    return replace(doubtful(key, value), doubt=doubt, others=others)


def handwritten(key: str) -> ReadField:
    return replace(doubtful(key, ""), doubt=Doubt.HANDWRITTEN)


PAPER = paper(
    doubted("number", "105/2024", Doubt.READS_DIFFER, "106/2024", "165/2024"),
    handwritten("subject.full_name"),
    doubted("subject.birth_place", "xã Mẩu", Doubt.UNKNOWN_WORD, "xã Mẫu"),
    doubted("registered_on", "2024-03-05", None),
    field("signed_by", "Trần Văn Mẫu"),
)


@pytest.fixture
def officer(window: CounterWindow, counter: Counter, qtbot: QtBot) -> Officer:
    scanned(counter, qtbot, PAPER)
    window.go_to("review")
    return Officer(window, counter, qtbot)


def told(officer: Officer) -> str:
    return " ".join(
        one.accessibleName() or one.text() for one in officer.step.editor.findChildren(QLabel) if one.isVisible()
    )


def test_every_doubt_has_a_short_sentence_in_every_language() -> None:
    for name in ("vi", "en"):
        language = Language.load(name)
        sentences = [language(f"doubt.{doubt.value}") for doubt in Doubt]
        assert len(set(sentences)) == len(Doubt)
        assert max(map(len, sentences)) <= 60


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("number", "doubt.reads_differ"),
        ("subject.full_name", "doubt.handwritten"),
        ("subject.birth_place", "doubt.unknown_word"),
        ("registered_on", "doubt.none"),
    ],
)
def test_a_doubted_value_says_why_beside_its_piece_of_paper(
    officer: Officer, language: Language, key: str, sentence: str
) -> None:
    officer.step.show_entry(officer.id(key))
    assert officer.step.editor.why.isVisible()
    assert officer.step.editor.why.text() == language(sentence)
    officer.qtbot.waitUntil(lambda: not officer.step.editor.crop.text())


def test_a_value_that_is_vouched_for_or_checked_says_nothing_of_the_kind(officer: Officer) -> None:
    officer.step.show_entry(officer.id("signed_by"))
    assert not officer.step.editor.why.isVisible()
    officer.step.show_entry(officer.id("number"))
    officer.press(Key.Key_Return)
    officer.qtbot.waitUntil(lambda: not needs_look(officer.dossier, officer.entry("number")))
    officer.step.show_entry(officer.id("number"))
    assert not officer.step.editor.why.isVisible()


def test_the_letters_in_which_a_reading_differs_stand_out(officer: Officer) -> None:
    officer.step.show_entry(officer.id("subject.birth_place"))
    rows = officer.step.editor.choices.findChildren(QLabel)
    (told,) = [row.text() for row in rows if row.accessibleName().endswith("xã Mẫu")]
    assert re.search(r"xã M<b style=[^>]+>ẫ</b>u$", told)


def test_words_that_share_little_are_not_marked_and_letters_of_html_are_letters() -> None:
    assert differing("Trần", "105/2024", "#fff") == "Trần"
    assert differing("<Ba & Mẹ>", "<Ba & Me>", "#fff") == ('&lt;Ba &amp; M<b style="background-color:#fff">ẹ</b>&gt;')


def test_a_value_that_the_officer_typed_is_not_called_read_by_the_machine(
    counter: Counter, window: CounterWindow, language: Language
) -> None:
    counter.identified()
    window.go_to("review")
    assert window.review.editor.state.text() == language("review.state.typed")


@pytest.mark.parametrize(("key", "value"), [(Key.Key_1, "106/2024"), (Key.Key_2, "165/2024")])
def test_a_reading_that_lost_is_chosen_with_one_key_and_the_next_value_comes(
    officer: Officer, key: Qt.Key, value: str
) -> None:
    assert officer.step.shown_entry == officer.id("number")
    assert "106/2024" in told(officer)
    officer.press(key, Modifier.ControlModifier)
    officer.qtbot.waitUntil(lambda: officer.entry("number").value == value)
    entry = officer.entry("number")
    assert (entry.corrections[0].old, entry.checked_by) == ("105/2024", "canbo.mau")
    officer.shows("subject.full_name")


def test_digits_typed_into_a_value_are_digits(officer: Officer) -> None:
    officer.step.editor.line.selectAll()
    type_into(officer.step.editor.line, "1")
    assert officer.step.editor.line.text() == "1"
    assert officer.entry("number").value == "105/2024"


def test_handwriting_comes_as_an_empty_line_with_the_cursor_and_what_is_typed_is_kept(officer: Officer) -> None:
    officer.step.show_entry(officer.id("subject.full_name"))
    line = officer.step.editor.line
    assert (line.text(), line.hasFocus()) == ("", True)
    type_into(line, "Nguyễn Văn Mẫu")
    officer.press(Key.Key_Return)
    officer.qtbot.waitUntil(lambda: officer.entry("subject.full_name").value == "Nguyễn Văn Mẫu")


def test_enter_alone_does_not_settle_handwriting(officer: Officer, language: Language) -> None:
    officer.step.show_entry(officer.id("subject.full_name"))
    officer.press(Key.Key_Return)
    officer.qtbot.waitUntil(officer.window.messages.isVisible)
    assert officer.window.messages.sentence.text() == language("error.value.empty.say")
    assert needs_look(officer.dossier, officer.entry("subject.full_name"))


def test_a_place_where_nothing_is_written_is_left_empty_with_one_key(officer: Officer, language: Language) -> None:
    officer.step.show_entry(officer.id("subject.full_name"))
    assert officer.step.editor.empty.isVisible()
    officer.press(Key.Key_E, Modifier.ControlModifier)
    officer.qtbot.waitUntil(lambda: officer.entry("subject.full_name").checked_by == "canbo.mau")
    assert officer.entry("subject.full_name").value == ""
    titles = [row.title for row in officer.step.list.rows.rows if row.data == officer.id("subject.full_name")]
    assert titles == [language("review.other.left_empty")]
    officer.step.show_entry(officer.id("number"))
    assert not officer.step.editor.empty.isVisible()


def test_the_citizen_is_not_asked_about_handwriting_that_nobody_has_typed(officer: Officer) -> None:
    asked = {entry.key for entry in questions(officer.dossier)}
    assert "subject.full_name" not in asked
    assert "subject.birth_place" in asked


def test_what_is_known_early_is_seen_in_the_list_and_cannot_be_picked(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.identified()
    counter.reader.hold = True
    counter.reader.early = PageReading("birth_notice", 0.9, fields=(doubtful("number", "7/2024"),))
    counter.sources.tray = [picture("đang đọc")]
    window.go_to("scan")
    window.scan.picker.when_ready(window.scan.scan.click)
    qtbot.waitUntil(lambda: bool(counter.session.early))
    window.go_to("review")
    rows = window.review.list.rows.rows
    assert language("early.heading", count=1) in [row.title for row in rows]
    early = next(row for row in rows if row.title == "7/2024")
    assert early.heading
    shown = window.review.shown_entry
    counter.reader.script = [paper(field("number", "7/2024"))]
    counter.reader.let_go()
    qtbot.waitUntil(
        lambda: language("early.heading", count=1) not in [row.title for row in window.review.list.rows.rows]
    )
    assert window.review.shown_entry == shown


def test_the_list_of_what_to_look_at_does_not_hold_what_is_only_known_early(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = scanned(counter, qtbot, paper(ReadField("number", "1", "1", 1.0, Status.ACCEPTED, Source.OCR)))
    counter.session.early[dossier.pages[0].id] = PageReading("other", 0.5, fields=(doubtful("number", "9"),))
    assert waiting(dossier) == ()
