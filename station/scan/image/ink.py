"""Stamps and signatures fade, print stays: a grey image in which coloured ink is nearly paper."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Gray

CHROMATIC = 45
"""Difference of the strongest and weakest channel from which a pixel is coloured ink, at full brightness."""


def without_coloured_ink(image: Colour) -> Gray:
    """Take the brightest channel where a pixel is coloured, plain grey elsewhere.

    A red stamp is bright in red and a blue signature in blue, so both fade; black print under them is dark in all
    three channels and stays. Red and blue print fades too, but keeps enough contrast to be read.
    """
    blue, green, red = cv2.split(image)
    brightest = cv2.max(cv2.max(blue, green), red)
    weakest = cv2.min(cv2.min(blue, green), red)
    # In shadow all channels shrink together, so colour is judged relative to brightness.
    coloured = cv2.subtract(brightest, weakest).astype(np.uint16) * 255 > CHROMATIC * brightest.astype(np.uint16)
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return np.where(coloured & (brightest > 50), brightest, gray).astype(np.uint8)
