"""Everything on the citizen's screen is large, whole and dark enough to be read."""

from __future__ import annotations

import tomllib

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station import paths
from station.ui.citizen.fitted import FittedLabel, lines_of
from station.ui.citizen.window import CitizenWindow
from station.ui.session import CitizenView
from tests.ui.citizen.conftest import PAPERS, SIZES, shown_at
from tests.ui.conftest import Counter
from tests.ui.papers import ADDRESS, field, paper, scanned

LIGHT: dict[str, str] = tomllib.loads((paths.resources() / "styles" / "tokens.toml").read_text("utf-8"))["light"]


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
