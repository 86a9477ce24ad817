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
    assert np.abs(_softly(image, points) - sampled(whole, points)).max() < 0.01
