"""A code is covered and nothing beside it, at whatever angle the card lies."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from station.scan.codes.qr import FoundCode
from station.scan.covered import places_of
from station.scan.image.prepare import Prepared


@pytest.mark.parametrize("angle", [0.0, 3.0, 45.0, 157.6])
def test_a_code_on_a_card_at_any_angle_is_covered_with_its_quiet_zone(angle: float) -> None:
    to_page = np.vstack([cv2.getRotationMatrix2D((600, 400), angle, 0.8), [0, 0, 1]])
    corners = np.array([[900, 500, 1], [1100, 500, 1], [1100, 700, 1], [900, 700, 1]], np.float64).T
    across, down = (to_page @ corners)[:2]
    box = round(across.min()), round(down.min()), round(across.max()), round(down.max())
    gray = np.zeros((797, 1264), np.uint8)
    prepared = Prepared(gray, gray, True, 0, (), to_page)
    [place] = places_of([FoundCode("QRCode", b"x", "x", box)], prepared)
    assert place == pytest.approx((888, 488, 1112, 712), abs=3)
