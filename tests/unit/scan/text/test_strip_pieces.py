"""Strips are parted where much paper lies between words, and not between spaced letters."""

from __future__ import annotations

import numpy as np

from station.scan.text.engine import Word
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, X_HEIGHT
from station.scan.text.strip_pieces import WIDE, parted, pieces

LETTERS = slice(BASELINE_ROW - X_HEIGHT, BASELINE_ROW)


def strip_with(*inked: tuple[int, int], ink: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    strip = np.full((HEIGHT, 400), 255, np.uint8)
    for left, right in inked:
        strip[LETTERS, left:right] = ink
    return strip


def test_words_a_space_apart_are_one_piece() -> None:
    assert pieces(strip_with((10, 90), (97, 180))) == [(0, 400)]


def test_a_wide_gap_parts_label_and_value() -> None:
    assert pieces(strip_with((10, 90), (91 + WIDE, 180))) == [(0, 90), (91 + WIDE, 400)]


def test_a_pale_value_is_a_piece_too() -> None:
    strip = strip_with((10, 90))
    strip[LETTERS, 130:150] = 170
    assert pieces(strip) == [(0, 90), (130, 400)]


def test_letters_spaced_out_are_one_word() -> None:
    assert pieces(strip_with(*((at, at + 12) for at in range(5, 395, 33)))) == [(0, 400)]


def test_what_is_left_of_a_leader_is_no_piece() -> None:
    strip = strip_with((10, 90))
    strip[BASELINE_ROW - 3 : BASELINE_ROW, 150:153] = 0
    assert pieces(strip)[0][0] == 0
    assert pieces(strip)[-1][1] >= 153
    assert len(pieces(strip)) == 1


def test_paper_is_one_piece() -> None:
    assert pieces(np.full((HEIGHT, 60), 255, np.uint8)) == [(0, 60)]


def test_words_of_all_pieces_stand_in_the_strip() -> None:
    found = []
    for piece in parted(strip_with((10, 90), (130, 180))):
        left = int(np.flatnonzero((piece.image < 128).any(axis=0))[0])
        found += piece.in_strip([Word("x", (left, 23, left + 8, 40), 0.9)])
    assert [word.box for word in found] == [(10, 23, 18, 40), (130, 23, 138, 40)]


def test_a_sign_alone_is_shown_beside_what_comes_after_and_only_its_own_words_count() -> None:
    sign, line = parted(strip_with((10, 20), (120, 300)))
    inked = np.flatnonzero((sign.image < 128).any(axis=0))
    assert inked[-1] - inked[0] > 6 * X_HEIGHT
    assert max(np.diff(inked)) < X_HEIGHT  # a space apart
    left = int(inked[0])
    words = [Word("6.", (left, 23, left + 10, 40), 0.9), Word("Tôn", (left + 20, 23, left + 60, 40), 0.9)]
    assert [(word.text, word.box) for word in sign.in_strip(words)] == [("6.", (10, 23, 20, 40))]
    assert (line.left, line.image.shape[1]) == (110, 290)


def test_a_sign_alone_at_the_end_is_shown_behind_what_comes_before() -> None:
    _, sign = parted(strip_with((10, 190), (300, 310)))
    right = int(np.flatnonzero((sign.image < 128).any(axis=0))[-1]) + 1
    words = [Word("giáo", (8, 23, 60, 40), 0.9), Word("2", (right - 10, 23, right, 40), 0.9)]
    assert [(word.text, word.box) for word in sign.in_strip(words)] == [("2", (300, 23, 310, 40))]


def test_signs_beside_signs_keep_no_company() -> None:
    assert all(piece.image.shape[1] < 3 * X_HEIGHT for piece in parted(strip_with((10, 20), (60, 70)))[:1])
