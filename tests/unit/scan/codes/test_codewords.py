"""Codewords that are wrong or lost are mended as far as the checks reach, and no further."""

from __future__ import annotations

import random

import numpy as np
import segno
from hypothesis import given
from hypothesis import strategies as st

from station.scan.codes.codewords import likely_format, mended
from station.scan.codes.reed_solomon import corrected
from station.scan.codes.symbol_layout import Format, blocks, codeword_places, masked

VERSION, LEVEL = 5, "Q"


def symbol() -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], Format]:
    drawn = segno.make("Nguyễn Thị Ánh Mẫu", version=VERSION, error="q", micro=False, boost_error=False)
    return np.array([list(row) for row in drawn.matrix], np.float64), Format(drawn.error, drawn.mask)


def sent() -> tuple[list[int], int]:
    """One block of the symbol and how many of its codewords are checks."""
    ink, chosen = symbol()
    turned = (ink == 1) ^ masked(VERSION, chosen.mask)
    words = np.packbits(turned.reshape(-1)[codeword_places(VERSION)], axis=1)[:, 0]
    block = blocks(VERSION, LEVEL)[0]
    return [int(words[place]) for place in block.codewords], block.checks


WORD, CHECKS = sent()


@given(st.data())
def test_two_checks_mend_a_wrong_codeword_and_one_a_lost_one(data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, CHECKS))
    wrong = data.draw(st.integers(0, (CHECKS - lost) // 2))
    places = data.draw(st.permutations(range(len(WORD))))[: lost + wrong]
    received = list(WORD)
    for place in places:
        received[place] ^= data.draw(st.integers(1, 255))
    mended_word = corrected(received, CHECKS, places[:lost], 0)
    assert mended_word is not None
    assert mended_word.tolist() == WORD


@given(st.integers(0, 2**32 - 1), st.integers(0, CHECKS - 6))
def test_noise_does_not_pass_for_text(seed: int, lost: int) -> None:
    received = np.random.default_rng(seed).integers(0, 256, len(WORD)).tolist()
    assert corrected(received, CHECKS, list(range(lost)), 4) is None


def test_modules_that_are_wrong_come_right_and_the_format_is_known() -> None:
    ink, chosen = symbol()
    assert likely_format(ink, VERSION) == chosen
    dice = random.Random(3)
    seen = ink.copy()
    for place in dice.sample(range(codeword_places(VERSION).shape[0]), 12):
        spot = np.unravel_index(codeword_places(VERSION)[place, dice.randrange(8)], ink.shape)
        seen[spot] = 1 - seen[spot]
    symbol_again = mended(seen, np.ones_like(seen), VERSION, chosen)
    assert symbol_again.whole
    assert (symbol_again.modules == ink).all()


def test_a_symbol_with_too_many_wrong_modules_is_not_called_whole() -> None:
    ink, chosen = symbol()
    dice = np.random.default_rng(3)
    noisy = np.where(dice.random(ink.shape) < 0.3, 1 - ink, ink)
    assert not mended(noisy, np.ones_like(noisy), VERSION, chosen).whole
