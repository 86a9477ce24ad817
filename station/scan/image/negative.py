"""White print on black: a scanner set to «negative», a file that says the wrong one of its two colours is white."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Gray
from station.scan.image.percentile import percentiles

SIDE = 600
"""Pixels of the longer side that are enough to tell."""

PATCH = 0.02
"""Share of the longer side below which a bright patch may be print: paper is bright over more than that."""

EVEN = 5
"""Pixels of these over which greys that are made of dots are greys: otherwise a tint is a black net without a patch."""

WHITE = 99.5
"""The percentile that is looked at: the brightest there is, but for specks."""

NO_PAPER = 0.5
"""How bright the brightest patch is by the brightest print on a negative, at most. Of 938 drawn pages and cards none
had less than 0.81; negatives have 0.05 to 0.30."""

DARK = 60
"""Grey below which most of a negative lies, and print does not: a gleam in a dim picture is no print, and where the
lamp was off there is none."""


def positive(image: Colour) -> Colour:
    """The same picture (height × width × 3), black and white exchanged where it is a negative."""
    step = max(1, max(image.shape) // SIDE)
    green = cv2.extractChannel(image[::step], 1)
    size = (max(1, image.shape[1] // step), max(1, image.shape[0] // step))
    gray: Gray = np.asarray(cv2.blur(cv2.resize(green, size, interpolation=cv2.INTER_AREA), (EVEN, EVEN)), np.uint8)
    patch = max(3, round(max(gray.shape) * PATCH))
    patches = cv2.morphologyEx(gray, cv2.MORPH_OPEN, np.ones((patch, patch), np.uint8))
    (usual, brightest), (patch_at_best,) = percentiles(gray, 50, WHITE), percentiles(patches, WHITE)
    negative = usual < DARK < brightest and patch_at_best < NO_PAPER * brightest
    return 255 - image if negative else image
