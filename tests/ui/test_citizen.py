"""The citizen's screen: large, whole, private, and deaf to taps meant for what stood there before."""

from __future__ import annotations

import hashlib
import json
import time
import tomllib
from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station import paths
from station.actions.service_desk import CitizenScreen
from station.dossier.confirmation import questions, unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.language import Language
from station.ui.citizen.fitted import FittedLabel, lines_of
from station.ui.citizen.question import Question
from station.ui.citizen.questions import DEAF
from station.ui.citizen.window import CitizenWindow
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from tests.ui.conftest import Counter
from tests.ui.papers import ADDRESS, field, paper, scanned

SIZES = [(1024, 600), (1366, 768), (1920, 1080)]
LIGHT: dict[str, str] = tomllib.loads((paths.resources() / "styles" / "tokens.toml").read_text("utf-8"))["light"]
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
    """The one that stands there, its digits seen, if it has no answer yet."""
    question = citizen.questions.question
    if question.covered:
        question.toggle_cover()
    return [question] if question.open else []


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


def test_a_double_tap_answers_nothing_on_the_question_that_comes_next(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    place = asked.questions.place.text()
    tap(qtbot, asked, open_questions(asked)[0].right)
    qtbot.waitUntil(lambda: asked.questions.place.text() != place)
    before = len(unanswered(dossier_on(counter)))
    qtbot.mouseClick(asked.questions.question.wrong, Qt.MouseButton.LeftButton)
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
    question = asked.questions.question
    assert question.value.text() == "Trần Thị Khác"
    qtbot.mouseClick(question.right, Qt.MouseButton.LeftButton)
    qtbot.wait(100)
    assert dossier_on(counter).entry(entry.id).answer is None


def test_an_answer_can_be_taken_back(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    entry = questions(dossier_on(counter))[0]
    question = open_questions(asked)[0]
    tap(qtbot, asked, question.right)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).confirmed)
    asked.questions.before.click()
    tap(qtbot, asked, question.wrong)
    qtbot.waitUntil(lambda: dossier_on(counter).entry(entry.id).disputed)


@pytest.mark.parametrize("view", [view for view in CitizenView if view not in (CitizenView.ASK, CitizenView.SIGN)])
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
    seen = {one.text().strip() for one in asked.findChildren(QPushButton) if one.isVisible()}
    assert seen == {*(language(f"citizen.{name}") for name in ("right", "wrong", "before", "after", "help")), "English"}
    assert not asked.findChildren(QLineEdit)


@pytest.mark.parametrize("size", SIZES)
def test_every_value_stands_whole_and_large_in_the_window(
    counter: Counter, qtbot: QtBot, size: tuple[int, int]
) -> None:
    scanned(counter, qtbot, *PAPERS)
    citizen = shown_at(counter, qtbot, size)
    counter.session.let_citizen_see(CitizenView.ASK)
    scale = min(size[0] / 1024, size[1] / 600)
    question, seen = citizen.questions.question, set()
    while True:
        qtbot.wait(20)
        seen.add(question.value.text())
        for text in (question.paper, question.field, question.value, citizen.questions.title, citizen.questions.place):
            font = text.fitting()
            assert font.pixelSize() >= 24 * scale - 1, text.text()
            height = lines_of(text.text(), font, text.width()) * QFontMetricsF(font).height()
            assert height <= text.height() + 1, f"{text.text()} is cut off"
        for way in (question.right, question.wrong):
            assert way.width() >= way.sizeHint().width()
            assert min(way.width(), way.height()) >= 90 * scale, "twenty millimetres for a finger"
        assert (citizen.width(), citizen.height()) == size
        if not citizen.questions.after.isEnabled():
            break
        citizen.questions.after.click()
    assert ADDRESS in seen
    assert len(seen) >= 8


def test_even_an_endless_value_shrinks_until_all_of_it_stands_there(
    citizen: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    endless = "Đề nghị đăng ký lại khai sinh vì giấy tờ gốc đã bị mất. " * 14 + "x" * 90
    scanned(counter, qtbot, paper(field("request", endless)))
    counter.session.let_citizen_see(CitizenView.ASK)
    while citizen.questions.after.isEnabled():
        citizen.questions.after.click()
    qtbot.wait(20)
    value = citizen.questions.question.value
    font = value.fitting()
    assert 12 < font.pixelSize() < 24
    assert lines_of(endless, font, value.width()) * QFontMetricsF(font).height() <= value.height() + 1
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
    asked.questions.before.click()
    question = asked.questions.question
    assert question.right.property("said") is True
    assert question.wrong.property("said") is False


def to_number(citizen: CitizenWindow) -> Question:
    """On to the identified person's number."""
    question = citizen.questions.question
    while not question.covered:
        citizen.questions.after.click()
    return question


def test_digits_that_name_a_person_are_covered_until_they_are_touched(asked: CitizenWindow, qtbot: QtBot) -> None:
    question = to_number(asked)
    assert question.value.text() == "001 ••• ••• 123"
    assert "001199000123" not in words_in(asked).replace(" ", "")
    qtbot.mouseClick(question, Qt.MouseButton.LeftButton, pos=question.value.geometry().center())
    assert question.value.text() == "001 199 000 123"
    question.see.click()
    assert question.covered


def test_digits_cover_themselves_after_a_while(
    asked: CitizenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = to_number(asked)
    question._closing.setInterval(60)
    question.see.click()
    assert not question.covered
    qtbot.waitUntil(lambda: question.covered)


def test_nobody_says_right_to_digits_that_were_never_seen(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    question = to_number(asked)
    before = len(unanswered(dossier_on(counter)))
    tap(qtbot, asked, question.right)
    assert not question.covered
    assert len(unanswered(dossier_on(counter))) == before
    tap(qtbot, asked, question.right)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == before - 1)


def test_the_picture_of_a_covered_number_is_covered_too(citizen: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    scanned(counter, qtbot, paper(field("mother.id_number", "079199000456")))
    counter.session.let_citizen_see(CitizenView.ASK)
    while not citizen.questions.question.value.text().startswith("079"):
        citizen.questions.after.click()
    question = citizen.questions.question
    qtbot.waitUntil(lambda: question._image is not None)
    assert question.piece.shown is None
    question.see.click()
    assert question.piece.shown is not None
    question.see.click()
    assert question.piece.shown is None


def test_the_piece_of_the_paper_stands_beside_its_value(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    question = asked.questions.question
    while "BẢO TRÂN" not in question.value.text():
        asked.questions.after.click()
    qtbot.waitUntil(lambda: question.piece.shown is not None)
    shown = question.piece.shown
    assert shown is not None
    page = dossier_on(counter).pages[0]
    assert shown.page == page.sha256
    left, top, right, bottom = shown.box
    image = QImage.fromData(QByteArray(counter.session.desk.pages.read(page.sha256)))
    piece = image.copy(left, top, right - left, bottom - top).convertToFormat(QImage.Format.Format_RGB888)
    rows = [bytes(piece.constScanLine(line))[: 3 * piece.width()] for line in range(piece.height())]
    assert hashlib.sha256(b"".join(rows)).hexdigest() == shown.pixels, "an auditor cuts the same piece"


def test_what_was_shown_goes_on_record_with_the_answer(asked: CitizenWindow, counter: Counter, qtbot: QtBot) -> None:
    asked.voice.change()
    words = asked.questions.question.value.text()
    tap(qtbot, asked, open_questions(asked)[0].right)
    qtbot.waitUntil(lambda: bool(dossier_on(counter).showings))
    (showing,) = dossier_on(counter).showings
    shown = json.loads(showing.shown)
    assert (shown["screen"], shown["language"], showing.answer) == ("citizen.question", "en", "right")
    assert [value["value"] for value in shown["values"]] == [words]
    assert hashlib.sha256(showing.shown.encode()).hexdigest() == showing.digest


def press_pad(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    """The pad is a keyboard: its keys arrive at the window that has the focus, the officer's."""
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


def test_the_pads_keys_answer_although_the_officers_window_has_the_keyboard(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    citizen = shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("confirm")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = len(unanswered(dossier_on(counter)))
    qtbot.waitUntil(lambda: citizen.questions.listening)
    press_pad(qtbot, window, Qt.Key.Key_F13)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) == before - 1)
    question = to_number(citizen)
    press_pad(qtbot, window, Qt.Key.Key_F15)
    assert not question.covered
    qtbot.waitUntil(lambda: citizen.questions.listening)
    press_pad(qtbot, window, Qt.Key.Key_F14)
    qtbot.waitUntil(lambda: any(entry.disputed for entry in dossier_on(counter).entries))


def test_a_pad_of_digits_leaves_the_officers_typing_alone(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    desk = counter.session.desk
    counter.session.desk = replace(desk, service=replace(desk.service, screen=CitizenScreen(pad=("1", "2", "3"))))
    citizen = shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("confirm")
    line = QLineEdit(window)
    line.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.waitUntil(lambda: citizen.questions.listening)
    qtbot.keyClicks(line, "123")
    assert line.text() == "123"
    assert not any(entry.answer for entry in dossier_on(counter).entries)


def test_the_pad_is_dead_while_nothing_is_asked(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("review")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press_pad(qtbot, window, Qt.Key.Key_F13)
    qtbot.wait(50)
    assert not any(entry.answer for entry in dossier_on(counter).entries)


@pytest.mark.parametrize("view", [CitizenView.ASK, CitizenView.SIGN, CitizenView.THANKS])
def test_untouched_for_too_long_the_screen_shows_nothing_of_anybody(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot, view: CitizenView
) -> None:
    told: list[str] = []
    counter.session.officer_told.connect(told.append)
    if view is CitizenView.THANKS:
        counter.sealed()
    counter.session.let_citizen_see(view)
    asked.patience.timer.start(30)
    qtbot.waitUntil(lambda: asked.view is CitizenView.IDLE)
    assert told == ([] if view is CitizenView.THANKS else ["asleep"])
    values = [entry.value for entry in dossier_on(counter).entries if len(entry.value) > 5]
    assert [value for value in values if value in words_in(asked)] == []


def test_a_touch_anywhere_begins_the_patience_anew(asked: CitizenWindow, qtbot: QtBot) -> None:
    timer = asked.patience.timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)  # Qt rounds the end of a coarse one to the full second
    timer.start()
    before = time.monotonic() * 1000 + timer.remainingTime()
    qtbot.wait(100)
    qtbot.mouseClick(asked, Qt.MouseButton.LeftButton, pos=QPoint(8, 300))
    remaining = timer.remainingTime()
    assert time.monotonic() * 1000 + remaining > before + 50


def test_help_is_told_in_the_officers_window(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    citizen = shown_at(counter, qtbot, (1024, 600))
    scanned(counter, qtbot, *PAPERS)
    window.go_to("confirm")
    citizen.top.help.click()
    assert window.messages.sentence.text() == language("citizen.officer.help.say")
    assert citizen.top.coming.text() == language("citizen.help_comes")


def test_the_citizen_alone_changes_the_language_and_the_next_one_begins_anew(
    asked: CitizenWindow, counter: Counter, window: CounterWindow
) -> None:
    english = Language.load("en")
    asked.top.speech.click()
    assert asked.questions.question.right.text().strip() == english("citizen.right")
    assert asked.questions.before.text() == english("citizen.before")
    assert counter.session.language.name == "vi"
    counter.session.show(None)
    assert asked.voice.language.name == "vi"
    assert asked.top.speech.text() == "English"


def draw(qtbot: QtBot, citizen: CitizenWindow) -> None:
    canvas = citizen.sign.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    for step in range(10):
        qtbot.mouseMove(canvas, QPoint(60 + 12 * step, 60 + 30 * (step % 2)))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton)


def test_a_signature_is_drawn_kept_and_sealed_under_its_sentence(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.let_citizen_see(CitizenView.SIGN)
    assert not asked.sign.done.isEnabled()
    draw(qtbot, asked)
    asked.sign.clear.click()
    assert not asked.sign.done.isEnabled()
    draw(qtbot, asked)
    said = asked.sign.statement.text()
    assert "Nguyễn Thị Đăng" in said
    asked.sign.done.click()
    qtbot.waitUntil(lambda: dossier_on(counter).signature is not None)
    signature = dossier_on(counter).signature
    assert signature is not None
    picture = QImage.fromData(QByteArray(counter.session.desk.pages.read(signature.sha256)))
    dark = sum(
        picture.pixelColor(x, y).lightness() < 100 for x in range(0, picture.width(), 3) for y in range(0, 400, 3)
    )
    assert dark > 20
    showing = dossier_on(counter).showings[-1]
    assert showing.digest == signature.digest
    assert said in showing.shown
    assert asked.view is CitizenView.WAIT
    assert not asked.sign.canvas.touched, "nothing of it stays behind"


def test_who_will_not_sign_says_so(asked: CitizenWindow, counter: Counter) -> None:
    told: list[str] = []
    counter.session.officer_told.connect(told.append)
    counter.session.let_citizen_see(CitizenView.SIGN)
    asked.sign.no.click()
    assert told == ["declined"]
    assert asked.view is CitizenView.WAIT
    assert dossier_on(counter).signature is None


@pytest.fixture
def served(citizen: CitizenWindow, counter: Counter) -> Dossier:
    counter.identified()
    dossier = counter.sealed()
    counter.session.let_citizen_see(CitizenView.THANKS)
    return dossier


def test_thanks_say_in_words_when_to_come_back_and_what_was_taken(
    served: Dossier, citizen: CitizenWindow, counter: Counter
) -> None:
    due = served.due_at
    assert due is not None
    assert f"ngày {due.day} tháng" in citizen.thanks.due.text()
    procedure = counter.session.desk.procedures.get(served.procedure_code)
    first = next(paper for paper in procedure.papers if paper.key in served.presented and paper.handling == "submit")
    assert first.name in citizen.thanks.taken.text()


def test_a_face_is_the_citizens_word_and_stands_with_the_right_dossier(
    served: Dossier, citizen: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.show(None)
    assert citizen.view is CitizenView.RATE
    assert served.number is not None
    assert served.number not in words_in(citizen)
    citizen.rate.faces[4].click()
    citizen.rate.faces[1].click()
    qtbot.waitUntil(lambda: counter.store.dossiers.rating(served.id) is not None)
    rating = counter.store.dossiers.rating(served.id)
    assert rating is not None
    assert rating.score == 4
    citizen.rate._ending.start(10)
    qtbot.waitUntil(lambda: citizen.view is CitizenView.IDLE)


def test_the_next_dossier_ends_the_last_citizens_rating(
    served: Dossier, citizen: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.show(None)
    counter.open()
    assert counter.session.citizen_view is CitizenView.WAIT
    assert not citizen.rate.isVisible()
    counter.session.show(None)
    assert not citizen.rate.isVisible()


def test_skipping_the_rating_leads_to_the_welcome(served: Dossier, citizen: CitizenWindow, counter: Counter) -> None:
    citizen.thanks.rate.click()
    citizen.rate.skip.click()
    assert citizen.view is CitizenView.IDLE
    assert counter.store.dossiers.rating(served.id) is None


@pytest.mark.parametrize(
    ("ink", "paper_colour"),
    [("text", "surface"), ("text", "window"), ("muted", "surface"), ("muted", "window"), ("ok", "surface"),
     ("ok", "ok_soft"), ("error", "surface"), ("error", "window"), ("accent_strong", "surface"),
     ("accent_strong", "accent_soft")],
)  # fmt: skip
def test_everything_the_citizen_reads_has_seven_to_one(ink: str, paper_colour: str) -> None:
    def luminance(name: str) -> float:
        channels = [one / 255 for one in QColor(LIGHT[name]).getRgb()[:3]]
        red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(ink), luminance(paper_colour)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7, "WCAG 2.2, 1.4.6 (AAA)"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", list(CitizenView))
def test_every_control_has_a_name_and_every_sentence_its_room(
    counter: Counter, qtbot: QtBot, size: tuple[int, int], view: CitizenView
) -> None:
    scanned(counter, qtbot, *PAPERS)
    citizen = shown_at(counter, qtbot, size)
    if view in (CitizenView.THANKS, CitizenView.RATE):
        counter.sealed()
    counter.session.let_citizen_see(view)
    for _ in range(2):
        qtbot.wait(20)
        for one in citizen.findChildren(QPushButton):
            if one.isVisible():
                assert one.accessibleName() or one.text()
                assert one.width() >= min(one.sizeHint().width(), citizen.width() // 5)
        for text in citizen.findChildren(FittedLabel):
            if text.isVisible() and text.text():
                font = text.fitting()
                assert lines_of(text.text(), font, text.width()) * QFontMetricsF(font).height() <= text.height() + 1
        assert (citizen.width(), citizen.height()) == size
        citizen.voice.change()
