"""A negative is told by having no bright patch at all, and nothing else is taken for one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.image.arrays import Colour
from station.scan.image.negative import positive
from tests.unit.scan.image.printed import page


def test_white_print_on_black_becomes_black_on_white() -> None:
    assert np.array_equal(positive(255 - page()), page())


def on_black(image: Colour) -> Colour:
    around = np.full((3508, 2480, 3), 8, np.uint8)
    around[300:800, 400:1200] = cv2.resize(image, (800, 500), interpolation=cv2.INTER_AREA)
    return around


def of_dots() -> Colour:
    """A small tinted card in two colours."""
    tinted = np.minimum(cv2.resize(page(), (638, 1011), interpolation=cv2.INTER_AREA), 200)
    level = np.tile(np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * 16 + 8, (253, 160))
    return np.where(tinted > level[:1011, :638, None], 255, 0).astype(np.uint8)


def gleaming() -> Colour:
    """A page in a dim room, and a lamp in its lamination."""
    dim = (page() * 0.4).astype(np.uint8)
    dim[:, 300:315] = 255
    return dim


def lamp_off() -> Colour:
    return np.random.default_rng(1).integers(0, 40, (1700, 1200, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    "image",
    [
        page(),
        (page() * 0.15).astype(np.uint8),  # taken in the dark
        on_black(page()),  # a card below an open lid
        np.full((1700, 1200, 3), 250, np.uint8),
        np.zeros((1700, 1200, 3), np.uint8),
        lamp_off(),
        of_dots(),
        gleaming(),
        np.full((1, 1, 3), 200, np.uint8),
    ],
    ids=["page", "dark", "black lid", "white", "black", "lamp off", "dots", "gleam", "pixel"],
)
def test_what_is_no_negative_stays_as_it_is(image: Colour) -> None:
    assert positive(image) is image
