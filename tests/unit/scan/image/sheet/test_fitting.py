"""A side is looked at in boxes around its pieces; the colours there are those of the whole image, blurred."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.image.searched import in_lab
from station.scan.image.sheet.fitting import SOFT, _softly
from station.scan.image.sheet.support import sampled


@pytest.mark.parametrize("end", [(290.0, 170.0), (330.0, -20.0)], ids=["inside", "out of the image"])
def test_colours_along_a_side_are_those_of_the_whole_image(end: tuple[float, float]) -> None:
    image = np.random.default_rng(1).integers(0, 256, (200, 300, 3), np.uint8)
    along = np.linspace((10.0, 20.0), end, 60)[:, None]
    points = along + np.arange(-8, 8.5, 0.5)[None, :, None] * np.array([-0.45, 0.89])
    whole = in_lab(cv2.GaussianBlur(image, (0, 0), SOFT))
    assert np.abs(_softly(image, 1.0, points) - sampled(whole, points)).max() < 0.01


@pytest.mark.parametrize("factor", [1.5, 1.77, 2.4])
def test_of_a_larger_image_they_are_those_of_the_whole_made_smaller(factor: float) -> None:
    grains = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    image = cv2.resize(grains, (900, 600), interpolation=cv2.INTER_CUBIC)  # soft enough not to tell phases apart
    points = np.linspace((30.0, 40.0), (330.0, 190.0), 60)[:, None] + np.arange(-8, 8.5, 0.5)[None, :, None]
    small = cv2.resize(image, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    whole = in_lab(cv2.GaussianBlur(small, (0, 0), SOFT))
    assert np.abs(_softly(image, factor, points) - sampled(whole, points)).mean() < 0.5
