"""Print and hand are told apart by how words lean and stand."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.text.hand import by_hand
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT

WORDS = ("khai sinh", "thanh nam", "minh hai", "hanoi", "trung")


def value(lean: float, wander: float, chance: np.random.Generator) -> Gray:
    """One line of five words, each leaning and standing as much off as chance and the given measures say."""
    words = []
    for text in WORDS:
        word = np.full((HEIGHT, 19 * len(text) + 30), 255, np.uint8)
        foot = BASELINE_ROW + round(wander * chance.uniform(-1, 1))
        cv2.putText(word, text, (14, foot - 1), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2, cv2.LINE_AA)
        shear = lean * chance.uniform(-1, 1)
        matrix = np.array([[1, -shear, shear * BASELINE_ROW], [0, 1, 0]], np.float64)
        words.append(cv2.warpAffine(word, matrix, word.shape[::-1], borderValue=(255,)))
    return np.asarray(np.hstack(words), np.uint8)


def page(lean: float, wander: float) -> list[Gray]:
    chance = np.random.default_rng(7)
    return [value(lean, wander, chance) for _ in range(6)]


def values(lean: float, wander: float) -> list[list[Gray]]:
    return [[strip] for strip in page(lean, wander)]


def test_words_that_lean_and_stand_as_they_like_are_a_hand() -> None:
    assert by_hand(values(0.2, 3.0), page(0.0, 0.0))


def test_a_hand_that_writes_on_a_line_is_a_hand() -> None:
    written = values(0.2, 3.0)
    for (strip,) in written:
        strip[BASELINE_ROW + 6 : BASELINE_ROW + 8] = 40
    assert by_hand(written, page(0.0, 0.0))


def test_words_that_stand_level_and_upright_are_print() -> None:
    assert not by_hand(values(0.0, 0.0), page(0.0, 0.0))


def test_upright_print_that_stands_unevenly_is_no_hand() -> None:
    assert not by_hand(values(0.0, 3.0), page(0.0, 0.0))


def test_italics_beside_upright_print_are_no_hand() -> None:
    assert not by_hand(values(0.2, 0.0), page(0.0, 0.0))


def test_print_that_is_as_uneven_as_the_labels_beside_it_was_shaken_and_not_written() -> None:
    assert not by_hand(values(0.2, 3.0), page(0.2, 3.0))


def test_the_words_of_few_values_tell_a_hand() -> None:
    assert by_hand(values(0.2, 3.0)[:2], page(0.0, 0.0))


def test_a_few_words_tell_nothing() -> None:
    first = values(0.2, 3.0)[0][0]
    assert not by_hand([[first[:, :300]]], page(0.0, 0.0))
    assert not by_hand([], [])


def test_where_few_words_share_a_line_a_hand_is_told_by_its_lean_alone() -> None:
    words = [[strip[:, 584:709], strip[:, 709:834]] for strip in page(0.45, 3.0)]
    level = [[strip[:, 584:709], strip[:, 709:834]] for strip in page(0.0, 3.0)]
    assert by_hand(words, page(0.0, 0.0))
    assert not by_hand(level, page(0.0, 0.0))
    assert not by_hand(words, [])
