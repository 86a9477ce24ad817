"""How far the lines of print lean, and whether they run across or up the page, told from an overview."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Labels, Mask, Places
from station.scan.image.components import labelled
from station.scan.image.overview import Overview

WIDEST = 10.0
"""Degrees to either side that are searched; a larger lean is a matter of orientation or of rectification."""

MOST_POINTS = 20_000
FEWEST_POINTS = 200
LARGEST_MARK = 130
WORD = 7
"""Pixels at half the size that letters of a word lie apart at most, and lines at least."""

TALLEST_WORD = 80

Coordinates = npt.NDArray[np.float32]


def lie(look: Overview) -> tuple[bool, float]:
    """Whether the print is turned by a quarter, and the degrees clockwise by which its lines lean down to the right.

    The lean is that of the image once a quarter turn clockwise has put lines across. Found is the angle at which the
    row profile of the ink is most uneven (Postl 1986), first at 0.5°, then finely.
    """
    across, down = ink_points(look)
    half = np.zeros((look.ink.shape[0] // 2 + 1, look.ink.shape[1] // 2 + 1), np.uint8)
    half[down // 2, across // 2] = 255
    upwards = words(np.ascontiguousarray(half.T)) > words(half)
    step = max(1, len(across) // MOST_POINTS)
    across, down = across[::step], down[::step]
    if len(across) < FEWEST_POINTS:
        return upwards, 0.0
    # Turned clockwise by a quarter, what was up the image runs to the right.
    x, y = (-down, across) if upwards else (across, down)
    angle = 0.0
    for reach, fine in ((WIDEST, 0.5), (0.6, 0.1), (0.12, 0.02)):
        angle = _best(x.astype(np.float32), y.astype(np.float32), angle, reach, fine)
    return upwards, float(np.clip(angle, -WIDEST, WIDEST))


def words(ink: Mask) -> int:
    """How long the words are, all together, that the ink joins to when closed across."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, WORD), np.uint8))
    stats = labelled(np.asarray(joined, np.uint8))[1][1:]
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    return int(wide[(tall >= 3) & (tall < TALLEST_WORD / 2) & (wide > 2.5 * tall)].sum())


def print_sized(look: Overview) -> Labels:
    """Which components are letters or words: frames and pictures would outvote them, and desk and scanner edges lie
    at the rim."""
    height, width = look.ink.shape
    margin = max(2, max(height, width) // 60)
    left, top, wide, tall, _ = look.marks.T
    kept = (np.maximum(wide, tall) < LARGEST_MARK) & (left >= margin) & (top >= margin)
    kept &= (left + wide <= width - margin) & (top + tall <= height - margin)
    kept[0] = False
    return np.asarray(kept)


def ink_points(look: Overview) -> tuple[Places, Places]:
    """Coordinates across and down of the ink of letters and words."""
    pixels = np.flatnonzero(look.ink > 0)
    kept = pixels[print_sized(look)[look.labels.ravel()[pixels]]]
    rows, columns = np.divmod(kept, look.ink.shape[1])
    return columns, rows


def _best(across: Coordinates, down: Coordinates, middle: float, reach: float, step: float) -> float:
    """The angle about the middle one whose row profile is most uneven."""
    angles = middle + np.arange(-reach, reach + step / 2, step)
    return float(angles[np.argmax([_unevenness(across, down, float(degrees)) for degrees in angles])])


def _unevenness(across: Coordinates, down: Coordinates, degrees: float) -> float:
    """Squared differences of neighbouring rows of the profile."""
    rows = down - across * np.float32(np.tan(np.radians(degrees)))
    profile = np.bincount((rows - rows.min()).astype(np.int32))
    return float(np.sum(np.diff(profile).astype(np.float64) ** 2))
