"""A sign or two alone are shown in company, in the size of their line and as black; everything else as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.scan.image.arrays import Gray
from station.scan.text.engine import Word
from station.scan.text.line_crop import BASELINE_ROW, X_HEIGHT, Segment, crop
from station.scan.text.line_reader import LineReader
from station.scan.text.shown_pieces import CAPITAL, shown_pieces
from tests.unit.scan.text.test_strip_pieces import strip_with


def test_words_of_all_pieces_stand_in_the_strip() -> None:
    found = []
    for piece in shown_pieces(strip_with((10, 90), (130, 180))):
        left = int(np.flatnonzero((piece.image < 128).any(axis=0))[0])
        found += piece.in_strip([Word("x", (left, 23, left + 8, 40), 0.9)])
    assert [word.box for word in found] == [(10, 23, 18, 40), (130, 23, 138, 40)]


def test_a_sign_alone_is_shown_beside_what_comes_after_and_only_its_own_words_count() -> None:
    sign, line = shown_pieces(strip_with((10, 20), (120, 300)))
    inked = np.flatnonzero((sign.image < 128).any(axis=0))
    assert inked[-1] - inked[0] > 6 * X_HEIGHT
    assert max(np.diff(inked)) < X_HEIGHT  # a space apart
    left = int(inked[0])
    words = [Word("6.", (left, 23, left + 10, 40), 0.9), Word("Tôn", (left + 20, 23, left + 60, 40), 0.9)]
    assert [(word.text, word.box) for word in sign.in_strip(words)] == [("6.", (10, 23, 20, 40))]
    assert (line.left, line.image.shape[1]) == (110, 290)


def test_a_sign_alone_at_the_end_is_shown_behind_what_comes_before() -> None:
    _, sign = shown_pieces(strip_with((10, 190), (300, 310)))
    right = int(np.flatnonzero((sign.image < 128).any(axis=0))[-1]) + 1
    words = [Word("giáo", (8, 23, 60, 40), 0.9), Word("2", (right - 10, 23, right, 40), 0.9)]
    assert [(word.text, word.box) for word in sign.in_strip(words)] == [("2", (300, 23, 310, 40))]


def test_signs_beside_signs_keep_no_company() -> None:
    assert all(piece.image.shape[1] < 3 * X_HEIGHT for piece in shown_pieces(strip_with((10, 20), (60, 70)))[:1])


def strip_with_a_large_sign(*, ink: int = 0) -> Gray:
    strip = strip_with((10, 190))
    strip[7:43, 230:262] = ink
    return strip


def test_a_sign_larger_than_its_line_is_shown_as_a_capital_of_the_line_and_keeps_its_place() -> None:
    _, sign = shown_pieces(strip_with_a_large_sign())
    shown = sign.image[:, sign.own[0] : sign.own[1]] < 128
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    assert (rows[0], rows[-1] + 1) == (BASELINE_ROW - CAPITAL, BASELINE_ROW)
    assert columns[-1] + 1 - columns[0] == round(32 * CAPITAL / 36)
    left, right = sign.own[0] + int(columns[0]), sign.own[0] + int(columns[-1]) + 1
    assert [word.box for word in sign.in_strip([Word("B", (left, 16, right, 40), 0.9)])] == [(230, 7, 262, 43)]
    two = sign.in_strip([Word("B", (left, 16, left + 8, 40), 0.9), Word("2", (left + 12, 16, right, 40), 0.9)])
    assert two[0].box[2] < two[1].box[0], "each has its share of the place"


def test_a_capital_with_its_mark_beside_small_letters_has_the_size_of_the_line() -> None:
    strip = strip_with_a_large_sign()
    strip[BASELINE_ROW - X_HEIGHT : BASELINE_ROW, 264:276] = 0
    _, word = shown_pieces(strip)
    assert word.place is None
    strip[BASELINE_ROW + 1 : BASELINE_ROW + 3, 230:300] = 0  # joined by the line on which it stands
    _, word = shown_pieces(strip)
    assert word.place is None


def test_a_pale_sign_is_shown_as_black_as_what_keeps_it_company() -> None:
    _, sign = shown_pieces(strip_with_a_large_sign(ink=150))
    assert sign.image[:, sign.own[0] : sign.own[1]].min() == 0


def test_a_border_as_high_as_the_strip_is_no_large_sign() -> None:
    strip = strip_with((10, 190))
    strip[:, 230:233] = 0
    _, border = shown_pieces(strip)
    assert border.place is None


@pytest.mark.parametrize(("text", "level"), [("B", 0), ("C", 120), ("C1", 0), ("D2", 150)])
def test_the_class_of_a_licence_is_read_beside_its_small_label(models: Path, write: Any, text: str, level: int) -> None:
    label = write(["Hạng/Class:"], size=(700, 200), at=(20, 60), font="LiberationSans-Regular.ttf", points=9)
    large = write([text], size=(700, 200), at=(250, 50), font="LiberationSans-Bold.ttf", points=14)
    grays = [cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY) for sheet in (label, np.maximum(large, level).astype(np.uint8))]
    image = np.minimum(*grays).astype(np.uint8)
    left, right = np.flatnonzero((image < 200).any(axis=0))[[0, -1]].tolist()
    base = int(np.flatnonzero((image[:, left : left + 10] < 128).any(axis=1))[-1]) + 1
    strip = crop(image, Segment(((left, base), (right, base)), 20.0, 0.9))
    [words] = LineReader(models).read_strips([strip])
    assert [word.text for word in words] == ["Hạng/Class:", text]
    assert words[-1].confidence > 0.8
    assert words[-1].box[2] - words[-1].box[0] > len(text) * X_HEIGHT
