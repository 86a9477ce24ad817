"""Print and hand are told apart by how words lean and stand."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.text.hand import Uneven, Word, uneven
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT

WORDS = ("khai sinh", "thanh nam", "minh hai", "hanoi", "trung")
LEANS, STANDS = 0.03, 0.7
"""What no print has, of either."""

ITALIC = np.array([[1, -0.2, 0.2 * BASELINE_ROW], [0, 1, 0]], np.float64)


def line(lean: float, wander: float, chance: np.random.Generator) -> list[Word]:
    """Five words, each leaning and standing as much off as chance and the given measures say."""
    words = []
    for at, text in enumerate(WORDS):
        word = np.full((HEIGHT, 19 * len(text) + 30), 255, np.uint8)
        foot = BASELINE_ROW + round(wander * chance.uniform(-1, 1))
        cv2.putText(word, text, (14, foot - 1), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0,), 2, cv2.LINE_AA)
        shear = lean * chance.uniform(-1, 1)
        matrix = np.array([[1, -shear, shear * BASELINE_ROW], [0, 1, 0]], np.float64)
        words.append((200.0 * at, np.asarray(cv2.warpAffine(word, matrix, word.shape[::-1], borderValue=(255,)))))
    return words


def page(lean: float, wander: float) -> list[list[Word]]:
    chance = np.random.default_rng(7)
    return [line(lean, wander, chance) for _ in range(6)]


def measured(lean: float, wander: float, labels: tuple[float, float] = (0.0, 0.0)) -> Uneven:
    return uneven([[words] for words in page(lean, wander)], page(*labels))


def test_words_that_lean_and_stand_as_they_like_are_uneven() -> None:
    hand = measured(0.2, 3.0)
    assert hand.leaning > LEANS
    assert hand.standing > STANDS


def test_a_hand_that_writes_on_a_line_is_as_uneven() -> None:
    written = page(0.2, 3.0)
    for _, strip in (word for words in written for word in words):
        strip[BASELINE_ROW + 6 : BASELINE_ROW + 8] = 40
    hand = uneven([[words] for words in written], page(0.0, 0.0))
    assert hand.leaning > LEANS
    assert hand.standing > STANDS


def test_words_that_stand_level_and_upright_are_even() -> None:
    assert measured(0.0, 0.0) == Uneven()


def test_a_page_that_is_bent_sets_words_off_their_line_and_does_not_make_them_lean() -> None:
    assert measured(0.0, 3.0).leaning < LEANS


def test_italics_beside_upright_print_lean_all_alike() -> None:
    upright = page(0.0, 0.0)
    slanted = [
        [(at, np.asarray(cv2.warpAffine(word, ITALIC, word.shape[::-1], borderValue=(255,)))) for at, word in words]
        for words in upright
    ]
    assert uneven([[words] for words in slanted], upright).leaning < LEANS


def test_round_letters_in_italics_do_not_stand_upright() -> None:
    """Where rows were moved by parts of a column all leans but none were blurred, and «so» stood upright."""
    italic = np.array([[1, -0.23, 0.23 * BASELINE_ROW], [0, 1, 0]], np.float64)
    words: list[Word] = []
    for at, text in enumerate(("so", "Ky", "can", "ky", "xa")):
        word = np.full((HEIGHT, 19 * len(text) + 30), 255, np.uint8)
        cv2.putText(word, text, (14, BASELINE_ROW - 1), cv2.FONT_HERSHEY_COMPLEX, 0.7, (60,), 2, cv2.LINE_AA)
        words.append((200.0 * at, np.asarray(cv2.warpAffine(word, italic, word.shape[::-1], borderValue=(255,)))))
    assert uneven([[words]] * 6, page(0.0, 0.0)).leaning < LEANS


def test_words_too_pale_to_tell_do_not_lean() -> None:
    """One without any ink leant as far as is looked, and print with a few such words was a hand."""
    upright, faded = page(0.0, 0.0), page(0.0, 0.0)
    for words in faded:
        words[:2] = [(at, np.maximum(strip, np.uint8(210))) for at, strip in words[:2]]
    assert uneven([[words] for words in faded], upright).leaning < LEANS


def test_what_is_as_uneven_as_the_labels_beside_it_was_shaken_and_not_written() -> None:
    assert measured(0.2, 3.0, labels=(0.2, 3.0)) == Uneven()


def test_what_is_more_even_than_the_labels_beside_it_tells_nothing() -> None:
    assert measured(0.0, 0.0, labels=(0.2, 3.0)) == Uneven()


def test_few_words_tell_less_than_many() -> None:
    words, labels = page(0.2, 3.0)[0], page(0.0, 0.0)
    once, often = (uneven([[words]] * times, labels).leaning for times in (1, 6))
    assert 0 < once < 0.7 * often


def test_nothing_is_known_without_words_or_labels() -> None:
    written = [[words] for words in page(0.2, 3.0)]
    assert uneven([], []) == uneven(written, []) == uneven([[words[:1]] for words in page(0.2, 3.0)], []) == Uneven()
    narrow = [[[(at, strip[:, :30]) for at, strip in words]] for words in page(0.2, 3.0)]
    assert uneven(narrow, page(0.0, 0.0)) == Uneven()
