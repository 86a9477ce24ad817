"""Lines and pages made of an engine's words."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from station.scan.text.engine import Line, PageText, Word
from station.scan.text.line_crop import HEIGHT
from station.scan.text.words import in_strip, lines_of


def word(text: str, left: int, top: int = 0, wide: int = 40, tall: int = 30) -> Word:
    return Word(text, (left, top, left + wide, top + tall), 0.9)


def texts(*words: Word) -> list[str]:
    return [line.text for line in lines_of((1, each) for each in words)]


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("Nữ.........", "Nữ"),
        ("......Nam", "Nam"),
        ("……", None),
        ("....", None),
        ("____", None),
        ("tên:.....An", "tên: An"),
        ("TP.", "TP."),
        ("mau@thu.example", "mau@thu.example"),
        ("01/02/2020…", "01/02/2020"),
    ],
)
def test_leaders_go_and_single_full_stops_stay(printed: str, kept: str | None) -> None:
    assert texts(word(printed, 0)) == ([kept] if kept else [])


def test_text_is_composed() -> None:
    assert texts(word(unicodedata.normalize("NFD", "Nguyễn"), 0)) == ["Nguyễn"]


def test_digits_of_a_row_of_boxes_are_one_word_with_one_box() -> None:
    [line] = lines_of((1, word(digit, 60 * place)) for place, digit in enumerate("036185597835"))
    assert line.text == "036185597835"
    assert line.box == (0, 0, 700, 30)


def test_numbers_that_merely_stand_in_one_line_stay_apart() -> None:
    assert texts(word("1", 0), word("Nam", 60), word("2", 120)) == ["1 Nam 2"]


def test_lines_of_one_height_are_read_across() -> None:
    left = Line((word("trái", 0, 100),))
    right = Line((word("phải", 900, 104),))
    below = Line((word("dưới", 0, 160),))
    page = PageText.of([below, right, left])
    assert page.text == "trái phải\ndưới"
    assert page.box == (0, 100, 940, 190)


def test_a_page_without_lines_is_empty() -> None:
    assert PageText.of([]).text == ""


def test_words_of_a_strip_stand_where_their_ink_is() -> None:
    strip = np.full((HEIGHT, 400), 255, np.uint8)
    strip[20:41, 45:95] = 0
    strip[16:41, 115:190] = 0
    first, second = in_strip([Word("An", (32, 10, 78, 28), 0.9), Word("Mẫu", (80, 12, 150, 28), 0.9)], strip)
    assert first.box == (45, 20, 95, 41)
    assert second.box == (115, 16, 190, 41)


def test_a_word_whose_letters_hang_on_a_rule_ends_before_the_next() -> None:
    strip = np.full((HEIGHT, 400), 255, np.uint8)
    strip[20:41, 45:95] = 0
    strip[20:41, 115:190] = 0
    first, second = in_strip([Word("An", (30, 0, 270, 36), 0.9), Word("Mẫu", (85, 12, 150, 28), 0.9)], strip)
    assert second.box == (115, 20, 190, 41)
    assert first.box[2] <= second.box[0]


def test_a_word_without_ink_has_a_box_all_the_same() -> None:
    [placed] = in_strip([Word("-", (0, 0, 36, 36), 0.9)], np.full((HEIGHT, 48), 255, np.uint8))
    left, top, right, bottom = placed.box
    assert 0 <= left < right <= 48
    assert 0 <= top < bottom <= HEIGHT


def test_a_strip_without_words_has_none() -> None:
    assert in_strip([], np.full((HEIGHT, 48), 255, np.uint8)) == []
