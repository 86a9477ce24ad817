"""A drawn page of print, which the tests of what scanners do spoil."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour


def page(tint: int = 248) -> Colour:
    image = np.full((1700, 1200, 3), tint, np.uint8)
    for line in range(40):
        place = (100, 120 + 38 * line)
        cv2.putText(image, "MAU SPECIMEN 0011223344 LINE", place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 3)
    return image
