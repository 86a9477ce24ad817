"""Where much paper lies between the words of a strip: each piece has a blackness of its own.

It is read by itself, too, unless it is a sign or two (`shown_pieces`).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray
from station.scan.image.percentile import percentiles
from station.scan.text.line_crop import BASELINE_ROW, X_HEIGHT

WIDE = X_HEIGHT
"""Columns of paper between two pieces; between words there are 4 to 8."""

LETTERS = slice(BASELINE_ROW - 2 * X_HEIGHT, BASELINE_ROW + X_HEIGHT // 2)
"""Rows of a strip between which letters stand; beyond them are the neighbours' marks and descenders."""

INK = 0.25
"""Of the contrast: what is filled in may be much paler than what was printed before."""

TALL = 5
"""Rows that a column's ink has at least where a letter stands: a speck, or what is left of a leader, is no piece."""

SPACED_OUT = 2.0
"""In x-heights: pieces that are narrower on average are the letters of one word."""

Columns = npt.NDArray[np.intp]


def ink_of(strip: Gray) -> Columns:
    """How many rows of each column hold ink."""
    rows = strip[LETTERS]
    (paper,) = percentiles(rows, 80)
    return np.asarray((rows < paper - INK * (paper - float(rows.min()))).sum(axis=0))


def pieces(ink: Columns) -> list[tuple[int, int]]:
    """Where each piece begins and ends, by the ink of a strip's columns; the whole strip where it is one."""
    inked = np.flatnonzero(ink)
    gaps = [(int(left), int(right)) for left, right in pairwise(inked.tolist()) if right - left > WIDE]
    found: list[tuple[int, int]] = []
    starts, ends = [0, *(right for _, right in gaps)], [*(left + 1 for left, _ in gaps), len(ink)]
    for start, end in zip(starts, ends, strict=True):
        if found and ink[start:end].max() < TALL:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    narrow = sum(end - start for start, end in found) / len(found) < SPACED_OUT * X_HEIGHT
    return [(0, len(ink))] if narrow and len(found) > 2 else found
