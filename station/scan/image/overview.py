"""A small, even, grey look at a page: enough to judge it and to tell how it lies, at a fraction of the cost of reading.

Everything is judged at this size, so that one threshold serves every resolution.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image import illumination
from station.scan.image.arrays import Colour, Gray, Labels, Mask, Stats
from station.scan.image.components import labelled
from station.scan.image.shrink import to_side

SIDE = 1754
"""Pixels of the longer side: A4 at 150 dpi, where letters still have their shapes."""

PAPER_SCALE = 4
"""Half of what serves the full size: wider than any stroke of print here, too."""

INK = 200
"""Grey below which a pixel of the evened look is print: a fifth darker than the paper. What shines through from the
other side is paler."""


RULE = 60
"""Pixels from which a straight stroke is a rule: the words written on it would hang together."""


@dataclass(frozen=True)
class Overview:
    """`even` is grey with white paper, `paper` how bright the paper was; one pixel is `scale` of the input's.

    `ink` is what is printed, rules left out; `labels` and `marks` are its connected components.
    """

    even: Gray
    paper: Gray
    scale: float
    ink: Mask
    labels: Labels
    marks: Stats


def overview(image: Colour, scale: float = 1.0) -> Overview:
    """Look at an image, of which one pixel is `scale` of the input's."""
    gray, factor = to_side(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8), SIDE)
    light = illumination.paper(gray, PAPER_SCALE)
    even = np.asarray(cv2.divide(gray, light, scale=255), np.uint8)
    ink = without_rules(np.asarray(cv2.threshold(even, INK - 1, 255, cv2.THRESH_BINARY_INV)[1], np.uint8))
    labels, marks = labelled(ink)
    return Overview(even, light, scale * factor, ink, labels, marks)


def without_rules(ink: Mask) -> Mask:
    """The ink less its long straight strokes, level or upright."""
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, RULE), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((RULE, 1), np.uint8))
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.bitwise_or(level, upright))), np.uint8)
