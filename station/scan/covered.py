"""Codes and zones painted white: their modules look like letters, to the line finder and to every engine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from station.dossier.reading import Box
from station.scan.codes.qr import FoundCode
from station.scan.image.arrays import Gray, Matrix
from station.scan.image.prepare import Prepared

QUIET = 0.06
"""Paper around a code that belongs to it, as a share of its side."""


def places_of(codes: Sequence[FoundCode], prepared: Prepared) -> list[Box]:
    """Where the codes stand in the prepared image, with their quiet zones: squares as upright as the print."""
    return [_place_of(code.box, prepared.to_page) for code in codes]


def _place_of(box: Box, to_page: Matrix) -> Box:
    """The level square of which the box is what surrounds it on the page, where it may lie at any angle."""
    left, top, right, bottom = box
    x, y, scale = np.linalg.inv(to_page) @ ((left + right) / 2, (top + bottom) / 2, 1.0)
    x, y = x / scale, y / scale
    middle, across, down = (to_page @ (x + dx, y + dy, 1.0) for dx, dy in ((0, 0), (1, 0), (0, 1)))
    step = sum(float(np.abs(end[:2] / end[2] - middle[:2] / middle[2]).sum()) for end in (across, down))
    half = (right - left + bottom - top) / step * (0.5 + QUIET)
    return int(x - half), int(y - half), int(x + half), int(y + half)


def without(gray: Gray, places: Sequence[Box]) -> Gray:
    """The image with these places white; the image itself where there are none."""
    if not places:
        return gray
    gray = gray.copy()
    for place in places:
        left, top, right, bottom = (max(0, edge) for edge in place)
        gray[top:bottom, left:right] = 255
    return gray
