"""An image as papers are looked for in it: small, and in colours that lie as far apart as the eye sees them."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Lab
from station.scan.image.shrink import to_side

SEARCH_SIDE = 640
"""Pixels of the longer side; all distances in pixels of a search are meant at this size."""


def at_search_size(image: Colour) -> tuple[Colour, float]:
    """The image no larger than that, and how many of its pixels one of the image's is."""
    small, factor = to_side(image, SEARCH_SIDE)
    return small, 1 / factor


def in_lab(image: Colour) -> Lab:
    """L*a*b* as OpenCV has it for 8 bits, 0 to 255 in each channel."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2LAB), np.float32)
