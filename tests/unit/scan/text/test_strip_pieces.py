"""Strips are parted where much paper lies between words, and not between spaced letters."""

from __future__ import annotations

import numpy as np

from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, X_HEIGHT
from station.scan.text.strip_pieces import WIDE, ink_of, pieces

LETTERS = slice(BASELINE_ROW - X_HEIGHT, BASELINE_ROW)


def strip_with(*inked: tuple[int, int], ink: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    strip = np.full((HEIGHT, 400), 255, np.uint8)
    for left, right in inked:
        strip[LETTERS, left:right] = ink
    return strip


def test_words_a_space_apart_are_one_piece() -> None:
    assert pieces(ink_of(strip_with((10, 90), (97, 180)))) == [(0, 400)]


def test_a_wide_gap_parts_label_and_value() -> None:
    assert pieces(ink_of(strip_with((10, 90), (91 + WIDE, 180)))) == [(0, 90), (91 + WIDE, 400)]


def test_a_pale_value_is_a_piece_too() -> None:
    strip = strip_with((10, 90))
    strip[LETTERS, 130:150] = 170
    assert pieces(ink_of(strip)) == [(0, 90), (130, 400)]


def test_letters_spaced_out_are_one_word() -> None:
    assert pieces(ink_of(strip_with(*((at, at + 12) for at in range(5, 395, 33))))) == [(0, 400)]


def test_what_is_left_of_a_leader_is_no_piece() -> None:
    strip = strip_with((10, 90))
    strip[BASELINE_ROW - 3 : BASELINE_ROW, 150:153] = 0
    assert pieces(ink_of(strip))[0][0] == 0
    assert pieces(ink_of(strip))[-1][1] >= 153
    assert len(pieces(ink_of(strip))) == 1


def test_paper_is_one_piece() -> None:
    assert pieces(ink_of(np.full((HEIGHT, 60), 255, np.uint8))) == [(0, 60)]
