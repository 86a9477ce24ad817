"""The search for a blurred symbol's ink finds what every other ink explains less, and leaves alone what is known."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest

from station.scan.codes.blurred.grid import spread
from station.scan.codes.blurred.search import Search

SIDE, SAMPLES = 21, 3
Numbers = npt.NDArray[np.float64]


def blurred(sigma: float, seed: int) -> tuple[Numbers, Numbers, Numbers]:
    """Ink by chance, how its modules overlap, and what of each is gathered from its blurred picture with grain."""
    dice = np.random.default_rng(seed)
    ink = dice.integers(0, 2, (SIDE, SIDE)).astype(np.float64)
    one = spread(SIDE, sigma, SAMPLES)
    picture = one @ ink @ one.T
    picture += dice.normal(0, 0.003, picture.shape)
    return ink, one.T @ one, one.T @ picture @ one


@pytest.mark.parametrize("cool", [False, True])
def test_no_other_ink_explains_more_where_all_can_be_tried(cool: bool) -> None:
    ink, overlap, pull = blurred(0.9, 1)
    unknown = np.zeros(ink.shape, np.bool_)
    unknown[9:11, 8:13] = True
    search = Search(overlap, pull, ~unknown)
    begun = np.where(unknown, 0.0, ink)
    found = search.cooled(begun, 1e-4, np.random.default_rng(0)) if cool else search.settled(begun)
    least = np.inf
    for ways in itertools.product((0.0, 1.0), repeat=int(unknown.sum())):
        tried = ink.copy()
        tried[unknown] = ways
        least = min(least, search.misfit(tried))
    assert search.misfit(found) == pytest.approx(least, abs=1e-9)


def test_most_of_a_rough_guess_comes_right() -> None:
    ink, overlap, pull = blurred(0.7, 2)
    wrong = np.random.default_rng(3).random(ink.shape) < 0.15
    begun = np.where(wrong, 1 - ink, ink)
    search = Search(overlap, pull, np.zeros(ink.shape, np.bool_))
    found = search.settled(begun)
    assert (found != ink).sum() < wrong.sum() / 4
    assert search.misfit(found) < search.misfit(begun)


def test_what_is_fixed_stays_even_where_it_is_neither_ink_nor_paper() -> None:
    ink, overlap, pull = blurred(0.8, 4)
    fixed = np.zeros(ink.shape, np.bool_)
    fixed[5:9, 5:9] = True
    begun = np.where(fixed, 0.3, 1 - ink)
    search = Search(overlap, pull, fixed)
    settled = search.settled(begun)
    for found in (settled, search.cooled(settled, 1e-4, np.random.default_rng(0))):
        assert (found[fixed] == 0.3).all()
        assert set(np.unique(found[~fixed])) == {0.0, 1.0}


def test_the_same_dice_walk_the_same_way() -> None:
    _, overlap, pull = blurred(1.0, 5)
    search = Search(overlap, pull, np.zeros(pull.shape, np.bool_))
    first, second = (search.cooled(np.zeros_like(pull), 1e-3, np.random.default_rng(7)) for _ in range(2))
    assert (first == second).all()
