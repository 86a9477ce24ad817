"""Which way up a page lies: by the direction of its lines, and by what rises above them and hangs below."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.image.deskew import lines_run_upwards, skew

CLEAR = 0.25
"""Asymmetry from which a page counts as certainly upside down; below it the page is left as it lies."""

FEWEST_WORDS = 4

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def rotation(gray: Gray) -> int:
    """Degrees clockwise (0, 90, 180, 270) by which an even grey page must be turned to stand upright."""
    quarter = 90 if lines_run_upwards(gray) else 0
    standing = turned(gray, quarter)
    return quarter + 180 if rising(standing) < -CLEAR else quarter


def turned(gray: Gray, degrees: int) -> Gray:
    """Turn clockwise by a multiple of 90°."""
    return np.asarray(cv2.rotate(gray, TURNS[degrees]), np.uint8) if degrees else gray


def rising(gray: Gray) -> float:
    """How many more words rise above the bodies of their letters than hang below them, -1 to 1 of all that do either.

    Vietnamese rises: capitals, ascenders and nearly all marks stand above; only g, p, q, y and the dot hang below.
    """
    scale = min(1.0, 1600 / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    angle, _ = skew(small)
    height, width = small.shape
    level = cv2.warpAffine(
        small, cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), (width, height), borderValue=255.0
    )
    ink = (cv2.adaptiveThreshold(level, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 25) > 0).astype(
        np.uint8
    )
    # Words: letters joined to blobs of one line; each votes with its own profile.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 13), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    up = down = 0
    for left, top, wide, tall, _area in stats[1:count]:
        if not (9 <= tall <= 60 and wide >= 2.5 * tall):
            continue
        profile = ink[top : top + tall, left : left + wide].sum(axis=1).astype(np.float64)
        body = np.flatnonzero(profile > 0.5 * np.percentile(profile, 90))
        above, below = profile[: body[0]].sum(), profile[body[-1] + 1 :].sum()
        # Each word has one vote, or three long lines of a machine-readable zone would outweigh a card's print.
        up += above > 1.4 * below + 4
        down += below > 1.4 * above + 4
    return (up - down) / (up + down) if up + down >= FEWEST_WORDS else 0.0
