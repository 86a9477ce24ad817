"""Lines that were found are read one by one, and a part of one by itself; words go back to their places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.second_readers import SecondReaders
from station.scan.text.found_text import FoundText, between, in_company
from station.scan.text.line_crop import Segment
from station.scan.text.line_finder import LineFinder
from station.scan.text.line_reader import LineReader
from station.scan.text.value_reader import ValueReader


@pytest.fixture(scope="module")
def second(models: Path) -> ValueReader:
    return ValueReader(models, "vie")


@pytest.fixture(scope="module")
def reader(models: Path) -> LineReader:
    return LineReader(models)


@pytest.fixture(scope="module")
def found(models: Path, write: Any, letter: list[str]) -> FoundText:
    image = cv2.cvtColor(write(letter), cv2.COLOR_BGR2GRAY)
    return FoundText(image, LineFinder(models).find(image).segments)


def test_a_letter_is_read_line_by_line_with_its_words_where_they_stand(
    found: FoundText, reader: LineReader, letter: list[str]
) -> None:
    page = found.read(reader)
    assert page.text.splitlines() == letter
    for word in page.words:
        left, top, right, bottom = word.box
        inside = found.image[max(0, top) : bottom, max(0, left) : right]
        assert inside.min() < 100, word.text
        beside = found.image[max(0, top) : bottom, left - 9 : left - 4]
        assert beside.min() > 100, word.text


def test_a_value_is_cut_out_without_what_stands_before_it(
    found: FoundText, reader: LineReader, second: ValueReader
) -> None:
    words = next(line for line in found.read(reader).lines if "TRẦN" in line.text).words
    value = words[-3:]
    box = (value[0].box[0], value[0].box[1], value[-1].box[2], value[-1].box[3])
    strip = found.part(box)
    assert strip is not None
    assert second.read_lines([strip]) == ["TRẦN THỊ MẪU"]
    assert SecondReaders(found, 1.0, [second, second]).lines([[box]]) == [["TRẦN THỊ MẪU"] * 2]


def test_many_values_are_read_at_once_each_by_itself(
    found: FoundText, reader: LineReader, second: ValueReader, letter: list[str]
) -> None:
    boxes = [line.box for line in found.read(reader).lines[:3]]
    told = SecondReaders(found, 1.0, [second]).lines([boxes[:1], [], boxes[1:]])
    assert told == [[letter[0]], [""], [" ".join(letter[1:3])]]


def test_where_no_line_was_found_there_is_nothing_to_read(found: FoundText, second: ValueReader) -> None:
    nowhere = (100, 3000, 400, 3050)
    assert found.part(nowhere) is None
    assert found.x_height(nowhere) is None
    assert SecondReaders(found, 1.0, [second]).lines([[nowhere]]) == [[""]]
    assert not SecondReaders(found, 1.0).small_print([nowhere])


def test_small_is_what_was_small_on_the_page_as_it_came(found: FoundText) -> None:
    box = found.segments[5].box
    height = found.x_height(box)
    assert height is not None
    assert not SecondReaders(found, 1.0).small_print([box])
    assert SecondReaders(found, 9.0 / height).small_print([box])


def test_one_pale_letter_behind_its_label_is_read(models: Path, write: Any, reader: LineReader) -> None:
    sheet = write(["Hạng/Class:"], size=(1200, 400), at=(100, 150), font="LiberationSans-Regular.ttf", points=9)
    pale = write(["B"], size=(1200, 400), at=(420, 138), font="LiberationSans-Bold.ttf", points=13)
    image = cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY)
    image = np.minimum(image, np.maximum(cv2.cvtColor(pale, cv2.COLOR_BGR2GRAY), 150)).astype(np.uint8)
    text = FoundText(image, LineFinder(models).find(image, card=True).segments).read(reader).text
    assert text.split() == ["Hạng/Class:", "B"]


def test_handwriting_is_a_place_without_text(found: FoundText, reader: LineReader) -> None:
    segment = found.segments[4]
    written = Segment(segment.baseline, segment.x_height, segment.confidence, handwritten=True)
    [line] = FoundText(found.image, [written]).read(reader).lines
    [word] = line.words
    assert word.handwritten
    assert word.box == segment.box


def test_a_value_is_looked_for_on_the_line_that_runs_there_and_not_on_one_that_leans_past_it() -> None:
    image = np.full((400, 1000), 255, np.uint8)
    above = Segment(((0.0, 100.0), (1000.0, 200.0)), 20.0, 0.9)
    below = Segment(((0.0, 160.0), (700.0, 231.0)), 15.0, 0.9)
    assert FoundText(image, [above, below]).x_height((560, 190, 660, 222)) == 15.0


def test_a_part_of_a_bent_line_keeps_its_bend() -> None:
    bent = Segment(((0.0, 0.0), (50.0, 10.0), (100.0, 0.0)), 10.0, 0.9)
    assert between(bent, 25, 75).baseline == ((25, 5.0), (50.0, 10.0), (75, 5.0))
    assert between(bent, -20, 20).baseline == ((-20, 0.0), (0.0, 0.0), (20, 4.0))


def test_a_number_before_a_row_is_read_beside_it(reader: LineReader, write: Any) -> None:
    image = cv2.cvtColor(write([f"{'3':<20}Đoàn Văn Bảo Phúc"]), cv2.COLOR_BGR2GRAY)
    left, *_, right = np.flatnonzero((image < 128).any(axis=0)).tolist()
    base = int(np.flatnonzero((image[:, : left + 25] < 128).any(axis=1))[-1])
    begins = left + 25 + int(np.flatnonzero((image[:, left + 25 :] < 128).any(axis=0))[0])
    number = Segment(((left, base), (left + 25, base)), 14.0, 0.7)
    row = Segment(((begins, base), (right, base)), 25.0, 0.9)
    page = FoundText(image, (number, row)).read(reader)
    assert page.text == "3 Đoàn Văn Bảo Phúc"
    assert page.words[0].box[0] == pytest.approx(left, abs=4)
    assert page.words[0].box[2] == pytest.approx(left + 25, abs=4)


def test_only_a_sign_or_two_want_company_and_only_of_print_on_their_height() -> None:
    line = Segment(((200, 100), (600, 100)), 20.0, 0.9)
    sign = Segment(((100, 100), (130, 100)), 12.0, 0.7)
    together = in_company(sign, (sign, line))
    assert together is not None
    assert (together.left, together.right, together.x_height) == (100, 360, 20.0)
    word = Segment(((100, 100), (150, 100)), 20.0, 0.9)
    by_hand = replace(line, handwritten=True)
    below = Segment(((200, 160), (600, 160)), 20.0, 0.9)
    assert in_company(word, (word, line)) is None
    assert in_company(sign, (sign, by_hand)) is None
    assert in_company(sign, (sign, below)) is None
