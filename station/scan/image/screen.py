"""Greys made of black dots: by a scanner that is set to two colours, or by the screen of a printing press.

To the eye they run together. To a reader of lines each is a mark, and a tinted form a page full of them.
"""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour
from station.scan.image.bands import bands

LONE = 60
"""Grey levels by which a lone dot is darker than each of the four pixels around it."""

MOST = 0.004
"""Share of lone dots in a page from which on they are a screen. Of 938 drawn pages and cards none has more than 0.0003
(dots of leaders at 110 dpi: 0.0005); pages of dots have 0.017 to 0.13."""

EYE = 1.0
"""Standard deviation, in pixels, of the blur in which neighbouring dots run together and strokes do not."""

SMALLEST = 200
"""Pixels of the shorter side: a smaller picture may be a code whose modules are single pixels."""

_BANDS, _DEEP = 9, 64


def without_screen(image: Colour) -> Colour:
    """The same picture (height × width × 3), blurred a little where its greys are made of dots."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), EYE), np.uint8) if _lone_dots(image) > MOST else image


def _lone_dots(image: Colour) -> float:
    """Their share of some bands of the picture."""
    if min(image.shape[:2]) < SMALLEST:
        return 0.0
    gray = bands(image, _BANDS, _DEEP)
    across = np.minimum(gray[1:-1, :-2], gray[1:-1, 2:])
    down = np.minimum(gray[:-2, 1:-1], gray[2:, 1:-1])
    return float((cv2.subtract(np.minimum(across, down), gray[1:-1, 1:-1]) > LONE).mean())
