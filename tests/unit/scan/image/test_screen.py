"""Greys that are made of dots run together; pages of print alone stay as sharp as they came."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from station.scan.image.arrays import Colour
from station.scan.image.screen import without_screen
from tests.unit.scan.image.printed import page

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * 16 + 8


def scattered(image: Colour) -> Colour:
    return np.asarray(Image.fromarray(image).convert("1").convert("RGB"), np.uint8)


def ordered(image: Colour) -> Colour:
    level = np.tile(BAYER, (image.shape[0] // 4, image.shape[1] // 4))[..., None]
    return np.where(image > level, 255, 0).astype(np.uint8)


@pytest.mark.parametrize("dots", [scattered, ordered])
def test_the_dots_of_a_tinted_paper_run_together(dots: Callable[[Colour], Colour]) -> None:
    seen = without_screen(dots(page(214)))
    paper = seen[20:85, 100:1100].astype(int)
    assert paper.std() < 40
    assert abs(paper.mean() - 214) < 12
    assert seen[90:1600].min() < 60  # print is black still


@pytest.mark.parametrize(
    "image",
    [page(), page(214), np.where(page() > 128, 255, 0).astype(np.uint8), np.full((2, 2, 3), 9, np.uint8)],
    ids=["white", "tinted", "two colours", "pixels"],
)
def test_print_on_paper_stays_as_it_is(image: Colour) -> None:
    assert without_screen(image) is image
