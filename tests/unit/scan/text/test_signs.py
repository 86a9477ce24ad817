"""Steps of a network as words: repeats are one sign, nothing parts them, and a word is as sure as its weakest sign."""

from __future__ import annotations

import numpy as np
import pytest

from station.scan.text.line_crop import SEEN_HEIGHT
from station.scan.text.signs import POOL, Likelihoods, words_of

SIGNS = [" ", "A", "n"]
NOTHING = len(SIGNS)
PAPER = np.full((SEEN_HEIGHT, 60), 255, np.uint8)


def steps(path: str, doubt: dict[int, float] | None = None) -> Likelihoods:
    """One step a character, «-» for nothing; `doubt` is the probability of single steps, the rest of it on «n»."""
    likely = np.full((len(path), NOTHING + 1), 1e-9, np.float32)
    for step, sign in enumerate(path):
        sure = (doubt or {}).get(step, 1.0)
        likely[step, SIGNS.index("n")] = 1 - sure + 1e-9
        likely[step, NOTHING if sign == "-" else SIGNS.index(sign)] = sure
    return np.log(likely)


def test_repeats_are_one_sign_and_nothing_parts_two() -> None:
    [word] = words_of(steps("-AAn-nn-"), SIGNS, PAPER)
    assert word.text == "Ann"


def test_words_are_parted_by_spaces_and_end_between_signs() -> None:
    first, second = words_of(steps("--An-- --nA-"), SIGNS, PAPER)
    assert (first.text, second.text) == ("An", "nA")
    assert first.box[0] == 0
    assert first.box[2] == 5 * POOL
    assert second.box[0] == 8 * POOL
    assert second.box[2] == 12 * POOL


def test_a_line_of_nothing_has_no_words() -> None:
    assert words_of(steps("-----"), SIGNS, PAPER) == []
    assert words_of(steps("- - "), SIGNS, PAPER) == []


def test_a_word_is_as_sure_as_its_weakest_sign() -> None:
    [sure] = words_of(steps("-AAA-"), SIGNS, PAPER)
    [unsure] = words_of(steps("-AAA-", {2: 0.6}), SIGNS, PAPER)
    assert sure.confidence == pytest.approx(0.933, abs=0.01)
    assert unsure.confidence == pytest.approx(0.933 + 0.7875 * np.log(0.6), abs=0.01)


def test_where_a_sign_begins_it_does_not_matter_on_which_step() -> None:
    likely = steps("-AA-")
    likely[1] = np.log([1e-9, 0.6, 1e-9, 0.4])
    [word] = words_of(likely, SIGNS, PAPER)
    assert word.confidence > 0.9
