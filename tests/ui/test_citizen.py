"""The citizen's screen: large, whole, private, and deaf to taps meant for what stood there before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import questions, unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.language import Language
from station.ui.citizen.fitted import lines_of
from station.ui.citizen.question import Question
from station.ui.citizen.questions import DEAF
from station.ui.citizen.window import CitizenWindow
from station.ui.session import CitizenView
from tests.ui.conftest import Counter
from tests.ui.papers import ADDRESS, field, paper, scanned

SIZES = [(1024, 600), (1366, 768), (1920, 1080)]
PAPERS = (
    paper(
        field("subject.full_name", "NGUYỄN HOÀNG BẢO TRÂN ĐẶNG THỊ MỸ NGỌC"),
        field("subject.birth_date", "2024-03-05"),
        field("subject.sex", "female"),
        field("subject.residence", ADDRESS),
        field("mother.full_name", "TRẦN THỊ MẪU"),
        field("mother.residence", "Xóm 5, xã Mẫu, tỉnh Mẫu"),
        field("number", "105/2024"),
    ),
)


def shown_at(counter: Counter, qtbot: QtBot, size: tuple[int, int], *, turned: bool = False) -> CitizenWindow:
    made = CitizenWindow(counter.session, turned=turned)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    return made


@pytest.fixture
def citizen(counter: Counter, qtbot: QtBot) -> CitizenWindow:
    return shown_at(counter, qtbot, (1024, 600))


@pytest.fixture
def asked(citizen: CitizenWindow, counter: Counter, qtbot: QtBot) -> CitizenWindow:
    scanned(counter, qtbot, *PAPERS)
    counter.session.let_citizen_see(CitizenView.ASK)
    return citizen


def dossier_on(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def tap(qtbot: QtBot, citizen: CitizenWindow, button: QPushButton) -> None:
    """As a person does, who has read what stands there."""
    qtbot.waitUntil(lambda: citizen.questions.listening)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def open_questions(citizen: CitizenWindow) -> list[Question]:
    return [question for question in citizen.questions.questions if question.open]


def words_in(widget: QWidget) -> str:
    """Every text and accessible name, hidden ones too."""
    found = [widget, *widget.findChildren(QWidget)]
    texts = [one.text() for one in found if isinstance(one, QLabel | QPushButton | QLineEdit)]
    return " ".join([*texts, *(one.accessibleName() for one in found), *(one.toolTip() for one in found)])


def test_between_citizens_there_is_a_welcome_and_nobodys_name(citizen: CitizenWindow, language: Language) -> None:
    assert citizen.view is CitizenView.IDLE
    assert language("citizen.welcome") in words_in(citizen)


def test_every_question_is_answered_by_tapping_right_and_then_the_citizen_waits(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    total = len(questions(dossier_on(counter)))
    for left in range(total - 1, -1, -1):
        tap(qtbot, asked, open_questions(asked)[0].right)
        qtbot.waitUntil(lambda left=left: len(unanswered(dossier_on(counter))) == left)
    qtbot.waitUntil(lambda: asked.view is CitizenView.WAIT)
    assert all(entry.confirmed for entry in questions(dossier_on(counter)))


def test_wrong_is_kept_and_told_to_the_officer(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    first = questions(dossier_on(counter))[0]
    with qtbot.waitSignal(counter.session.disputed) as told:
        tap(qtbot, asked, open_questions(asked)[0].wrong)
    assert told.args == [first.id]
    assert dossier_on(counter).entry(first.id).disputed


def test_a_double_tap_answers_nothing_on_the_screen_that_comes_next(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    while len(open_questions(asked)) > 1:
        left = len(unanswered(dossier_on(counter)))
        tap(qtbot, asked, open_questions(asked)[0].right)
        qtbot.waitUntil(lambda left=left: len(unanswered(dossier_on(counter))) < left)
    place = asked.questions.place.text()
    tap(qtbot, asked, open_questions(asked)[0].right)
    qtbot.waitUntil(lambda: asked.questions.place.text() != place)
    before = len(unanswered(dossier_on(counter)))
    for question in asked.questions.questions:
        qtbot.mouseClick(question.right, Qt.MouseButton.LeftButton)
    qtbot.wait(DEAF + 50)
    assert len(unanswered(dossier_on(counter))) == before
    tap(qtbot, asked, open_questions(asked)[0].right)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == before - 1)


def test_a_tap_counts_for_nothing_just_after_the_questions_came_up(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.let_citizen_see(CitizenView.WAIT)
    counter.session.let_citizen_see(CitizenView.ASK)
    qtbot.mouseClick(open_questions(asked)[0].right, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    assert len(unanswered(dossier_on(counter))) == len(questions(dossier_on(counter)))


def test_a_value_changed_under_the_citizens_finger_is_not_confirmed(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    desk, dossier = counter.session.desk, dossier_on(counter)
    qtbot.waitUntil(lambda: asked.questions.listening)
    entry = unanswered(dossier)[0]
    counter.session.take(desk.correct_field(dossier.id, entry.id, "Trần Thị Khác", desk.officer))
    question = next(one for one in asked.questions.questions if one.value.text() == "Trần Thị Khác")
    qtbot.mouseClick(question.right, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    assert dossier_on(counter).entry(entry.id).answer is None


def test_an_answer_can_be_taken_back(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    entry = questions(dossier_on(counter))[0]
    question = open_questions(asked)[0]
    tap(qtbot, asked, question.right)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).confirmed)
    tap(qtbot, asked, question.wrong)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).disputed)


@pytest.mark.parametrize("view", [CitizenView.IDLE, CitizenView.WAIT, CitizenView.THANKS, CitizenView.BLANK])
def test_no_value_stays_anywhere_in_the_window_once_the_questions_are_put_away(
    asked: CitizenWindow, counter: Counter, view: CitizenView
) -> None:
    values = [entry.value for entry in dossier_on(counter).entries if len(entry.value) > 5]
    assert any(value in words_in(asked) for value in values)
    if view is CitizenView.BLANK:
        counter.session.lock(locked=True)
    else:
        counter.session.let_citizen_see(view)
    assert [value for value in values if value in words_in(asked)] == []


def test_locked_the_screen_is_empty_and_afterwards_the_questions_go_on(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    tap(qtbot, asked, open_questions(asked)[0].right)
    left = len(questions(dossier_on(counter))) - 1
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == left)
    counter.session.lock(locked=True)
    assert asked.view is CitizenView.BLANK
    assert not [one for one in asked.findChildren(QLabel) if one.isVisible() and one.text()]
    counter.session.lock(locked=False)
    assert asked.view is CitizenView.ASK
    assert len(unanswered(dossier_on(counter))) == left


def test_there_are_no_controls_of_the_officer(asked: CitizenWindow, language: Language) -> None:
    labels = {one.text() for one in asked.findChildren(QPushButton)}
    assert labels == {language(f"citizen.{name}") for name in ("right", "wrong", "before", "after")}
    assert not asked.findChildren(QLineEdit)


@pytest.mark.parametrize("size", SIZES)
def test_every_value_stands_whole_and_large_in_the_window(
    counter: Counter, qtbot: QtBot, size: tuple[int, int]
) -> None:
    scanned(counter, qtbot, *PAPERS)
    citizen = shown_at(counter, qtbot, size)
    counter.session.let_citizen_see(CitizenView.ASK)
    qtbot.wait(20)
    scale = min(size[0] / 1024, size[1] / 600)
    seen = set()
    while True:
        qtbot.wait(20)
        for question in citizen.questions.questions:
            if not question.value.text():
                continue
            value, font = question.value, question.value.fitting()
            seen.add(value.text())
            assert font.pointSizeF() >= 20 * scale - 0.01, value.text()
            height = lines_of(value.text(), font, value.width()) * value.fontMetrics().lineSpacing()
            assert height > 0
            assert question.right.width() >= question.right.sizeHint().width()
            assert min(question.right.width(), question.right.height()) >= 44, "large enough for a finger"
        assert (citizen.width(), citizen.height()) == size
        if not citizen.questions.after.isEnabled():
            break
        citizen.questions.after.click()
    assert ADDRESS in seen
    assert len(seen) >= 8


def test_even_an_endless_value_shrinks_until_all_of_it_stands_there(
    citizen: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    endless = "Đề nghị đăng ký lại khai sinh vì giấy tờ gốc đã bị mất. " * 8 + "x" * 90
    scanned(counter, qtbot, paper(field("request", endless)))
    counter.session.let_citizen_see(CitizenView.ASK)
    citizen.questions.after.click()
    qtbot.wait(20)
    value = citizen.questions.questions[0].value
    font = value.fitting()
    from PySide6.QtGui import QFontMetricsF

    assert 8 < font.pointSizeF() < 20
    lines = lines_of(endless, font, value.width())
    assert lines * QFontMetricsF(font).height() <= value.height() + 1
    assert (citizen.width(), citizen.height()) == (1024, 600)


@pytest.mark.parametrize("turned", [False, True])
def test_a_citizen_can_neither_close_nor_move_the_window(counter: Counter, qtbot: QtBot, turned: bool) -> None:
    citizen = shown_at(counter, qtbot, (1024, 600), turned=turned)
    assert citizen.windowFlags() & Qt.WindowType.FramelessWindowHint

    class FromOutside(QCloseEvent):
        def spontaneous(self) -> bool:
            return True

    alt_f4 = FromOutside()
    citizen.closeEvent(alt_f4)
    assert not alt_f4.isAccepted()
    assert citizen.close(), "the program itself can"


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_Escape])
def test_a_turned_screen_is_turned_back_by_key(counter: Counter, qtbot: QtBot, key: Qt.Key) -> None:
    citizen = shown_at(counter, qtbot, (1366, 768), turned=True)
    with qtbot.waitSignal(citizen.turned_back):
        qtbot.keyClick(citizen, key)


def test_thanks_say_the_number_and_when_to_come_back(
    citizen: CitizenWindow, counter: Counter, language: Language
) -> None:
    counter.identified()
    dossier = counter.sealed()
    counter.session.let_citizen_see(CitizenView.THANKS)
    assert dossier.number is not None
    assert dossier.number in words_in(citizen)
    assert "Đăng" not in words_in(citizen)
    counter.session.show(None)
    assert dossier.number not in words_in(citizen)


def test_going_back_shows_what_was_answered(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    entry = questions(dossier_on(counter))[0]
    counter.session.answer(entry.id, entry.value, Verdict.RIGHT)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).confirmed)
    asked.questions.after.click()
    asked.questions.before.click()
    first = asked.questions.questions[0]
    assert first.right.property("said") is True
    assert first.wrong.property("said") is False
