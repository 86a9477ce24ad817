"""How far the lines of print lean, and whether they run across or up the image."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray

WIDEST = 10.0
"""Degrees to either side that are searched; a larger lean is a matter of orientation or of rectification."""

MOST_POINTS = 40_000
MEASURED_SIDE = 1200
LARGEST_MARK = 90


def skew(gray: Gray) -> tuple[float, float]:
    """Degrees clockwise by which horizontal lines lean down to the right, and how sharply lines stand out there.

    Finds the angle at which the row profile of the ink is most uneven (Postl 1986), first at 0.5°, then finely.
    """
    across, down = ink_points(gray)
    return _lean(across, down)


def lines_run_upwards(gray: Gray) -> bool:
    """Whether the print is turned by a quarter: its column profile is clearly more uneven than its row profile."""
    across, down = ink_points(gray)
    return _lean(down, across)[1] > 1.3 * _lean(across, down)[1]


def ink_points(gray: Gray) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Coordinates of ink at reduced scale, in units of one pixel there; a fixed sample of them when they are many."""
    scale = min(1.0, MEASURED_SIDE / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 25)
    margin = max(2, max(small.shape) // 60)  # scanner edges and desk remains lie at the rim
    # Frames, rules and pictures would outvote the print: only marks of letter and word size count.
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    print_sized = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) < LARGEST_MARK
    print_sized[0] = False
    rows, columns = np.nonzero(print_sized[labels][margin:-margin, margin:-margin])
    step = max(1, len(rows) // MOST_POINTS)
    return columns[::step].astype(np.float32), rows[::step].astype(np.float32)


def _lean(across: npt.NDArray[np.float32], down: npt.NDArray[np.float32]) -> tuple[float, float]:
    if len(across) < 200:
        return 0.0, 0.0
    angle = 0.0
    sharpness = 0.0
    for reach, step in ((WIDEST, 0.5), (0.6, 0.1), (0.12, 0.02)):
        angles = angle + np.arange(-reach, reach + step / 2, step)
        scores = np.array([_unevenness(across, down, float(degrees)) for degrees in angles])
        best = int(np.argmax(scores))
        angle = float(np.clip(angles[best], -WIDEST, WIDEST))
        sharpness = float(scores[best])
    return angle, sharpness


def _unevenness(across: npt.NDArray[np.float32], down: npt.NDArray[np.float32], degrees: float) -> float:
    """Squared differences of neighbouring rows of the profile, relative to the squared number of points."""
    slope = np.tan(np.radians(degrees))
    rows = down - across * np.float32(slope)
    profile = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.sum(np.diff(profile) ** 2) / len(across) ** 2)
