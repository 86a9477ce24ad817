"""A 3 told from a 5 by its shape alone: between top and waist a 5 has its stroke on the left, a 3 on the right.

Readers that never saw a 3 with a flat top make a 5 of it, all of them, for the bar at its top. How dark each part of a
figure's upper half is goes through a dozen units that were fitted on drawn figures (`tools/training/three_or_five.py`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray
from station.scan.image.percentile import percentiles
from station.scan.text import three_or_five_weights as weights

Shares = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.floating[Any]]

ALIKE = frozenset("35")

UNTOLD = "?"
"""Where the picture cannot tell them apart."""

LINE = slice(4, 35)
"""Rows of the reading network's picture in which figures stand, those that hang below the line too."""

BODY = slice(4, 22)
"""Of these rows those that a gap between two figures is looked for in: no leader and no mark of the line above."""

REACH = 4
"""Columns by which the network may be wrong about where a figure ends."""

ASTRAY = 0.12
"""Rows of ink that a cut may go through for being a column nearer to where the network ends the figure."""

DARK = 0.4
CONTRAST = 30
SPECK, GAP = 3, 2
HIGH, WIDE = (9, 24), 3
"""Pixels that a figure has."""

GRID, UPPER = (8, 12), 7
"""Columns and rows that a figure is shrunk to, and how many of the rows are looked at."""

CERTAIN = 3.0
"""Logarithm of the odds from which it is told."""


class Network(NamedTuple):
    """One layer of units between the shares of ink and the odds."""

    inner: Numbers
    shift: Numbers
    outer: Numbers
    bias: float

    def odds(self, shares: Numbers) -> float:
        """Logarithm of the odds that it is a 3."""
        return float(np.tanh(self.inner @ shares + self.shift) @ self.outer + self.bias)


def _shipped() -> Network:
    inner, shift, outer = (np.array(part) / 100 for part in (weights.INNER, weights.SHIFT, weights.OUTER))
    return Network(inner, shift, outer, weights.BIAS / 100)


NETWORK = _shipped()


def shape_of(picture: Gray, left: int, right: int) -> str:
    """«3», «5» or `UNTOLD` for the figure in about these columns of a picture as the network sees it."""
    figure = upper_half(picture, left, right)
    if figure is None:
        return UNTOLD
    odds = NETWORK.odds(figure.ravel())
    return UNTOLD if abs(odds) < CERTAIN else "3" if odds > 0 else "5"


def upper_half(picture: Gray, left: int, right: int) -> Shares | None:
    """How dark each part of the upper half is, 0 to 1; None where no figure stands alone."""
    start, stop = max(0, left - REACH), min(picture.shape[1], right + REACH + 1)
    rows = np.ascontiguousarray(picture[LINE, start:stop])
    if right - left < WIDE or not rows.size:
        return None
    (paper,) = percentiles(rows, 80)
    contrast = paper - float(rows.min())
    if contrast < CONTRAST:
        return None
    ink = np.clip((paper - rows.astype(np.float32)) / contrast, 0, 1)
    across = ink[BODY].sum(axis=0)
    cuts = [_thinnest(across, edge - start) for edge in (left, right)]
    part = ink[:, cuts[0] : cuts[1] + 1]
    box = _figure(part)
    if box is None:
        return None
    x, y, wide, high = box
    return np.asarray(cv2.resize(part[y : y + high, x : x + wide], GRID, interpolation=cv2.INTER_AREA)[:UPPER])


def _thinnest(across: Shares, at: int) -> int:
    """The column near a figure's end with the least ink."""
    at = min(at, len(across) - 1)
    columns = np.arange(max(0, at - REACH), min(len(across), at + REACH + 1))
    return int(columns[np.argmin(across[columns] + ASTRAY * np.abs(columns - at))])


def _figure(part: Shares) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of the largest piece of ink and of what wear has broken off above or below it."""
    if part.shape[1] < WIDE:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats((part > DARK).astype(np.uint8), connectivity=8)
    pieces = sorted(stats[1:count].tolist(), key=lambda piece: -piece[cv2.CC_STAT_AREA])
    if not pieces:
        return None
    left, top, right, bottom = _edges(pieces[0])
    for piece in pieces[1:]:
        x, y, end, foot = _edges(piece)
        beside = min(right, end) <= max(left, x)
        far = max(y - bottom, top - foot) > GAP
        if piece[cv2.CC_STAT_AREA] < SPECK or beside or far or max(bottom, foot) - min(top, y) > HIGH[1]:
            continue
        left, top, right, bottom = min(left, x), min(top, y), max(right, end), max(bottom, foot)
    if not HIGH[0] <= bottom - top <= HIGH[1] or right - left < WIDE:
        return None
    return left, top, right - left, bottom - top


def _edges(piece: list[int]) -> tuple[int, int, int, int]:
    x, y, wide, high = piece[: cv2.CC_STAT_AREA]
    return x, y, x + wide, y + high
