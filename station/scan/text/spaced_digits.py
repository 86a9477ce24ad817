"""Signs written one by one into the boxes of a form, closed up to the number that they are.

Where the ruled lines of the boxes have been found and taken away, the figures still stand a box apart, and engines read
twelve words or none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray
from station.scan.image.percentile import percentiles
from station.scan.text.line_crop import BASELINE_ROW, X_HEIGHT

FEWEST = 8
"""Signs from which it is a number in boxes."""

PITCH = (1.3, 4.5)
"""From sign to sign, in x-heights."""

EVEN = 0.24
"""Of the pitch: how much a sign may stand left or right in its box."""

WIDEST = 1.4
"""Of an x-height: no figure is wider."""

FIGURES = slice(BASELINE_ROW - round(1.65 * X_HEIGHT), BASELINE_ROW + 3)
"""Rows of a strip in which figures stand."""

INK = 0.3
"""Of the contrast: what is darker than that is ink."""

BETWEEN = 4
"""Pixels of paper left between two signs."""


@dataclass(frozen=True)
class ClosedUp:
    """`strip` without the paper between evenly spaced signs, which begin at column `begins` of both strips."""

    strip: Gray
    begins: int


def closed_up(strip: Gray) -> ClosedUp | None:
    """A line that ends with, or is, a row of boxed signs, these closed up; None for any other line."""
    (paper,) = percentiles(strip, 80)
    groups = _groups(strip, paper)
    first = _first_of_row(groups)
    if first is None:
        return None
    figures = strip.copy()
    figures[: FIGURES.start] = figures[FIGURES.stop :] = round(paper)  # what is left of the boxes' frames
    white = np.full((len(strip), BETWEEN), paper, np.uint8)
    pieces = [
        piece for start, end in groups[first:].tolist() for piece in (figures[:, max(0, start - 1) : end + 1], white)
    ]
    begins = max(0, int(groups[first, 0]) - X_HEIGHT // 2)
    margin = np.full((len(strip), X_HEIGHT // 2), paper, np.uint8)
    return ClosedUp(np.hstack([strip[:, :begins], margin, *pieces[:-1], margin]), begins)


def _groups(strip: Gray, paper: float) -> npt.NDArray[np.intp]:
    """Start and end of each stretch of columns with ink, those that nearly touch as one."""
    rows = strip[FIGURES]
    ink = (rows < paper - INK * (paper - float(rows.min()))).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], ink.astype(np.int8), [0]])))
    apart = np.flatnonzero(edges[2::2] - edges[1:-1:2] > BETWEEN)  # the thin top of a nought is lost at times
    if not len(edges):
        return np.empty((0, 2), np.intp)
    return np.column_stack([edges[::2][np.concatenate([[0], apart + 1])], edges[1::2][np.concatenate([apart, [-1]])]])


def _first_of_row(groups: npt.NDArray[np.intp]) -> int | None:
    """The group with which the evenly spaced row begins that the line ends with."""
    if len(groups) < FEWEST:
        return None
    steps = np.diff(groups.mean(axis=1))
    pitch = float(np.median(steps[-FEWEST + 1 :]))
    if not PITCH[0] * X_HEIGHT < pitch < PITCH[1] * X_HEIGHT:
        return None
    uneven = np.flatnonzero(np.abs(steps - pitch) > EVEN * pitch)
    first = int(uneven[-1]) + 1 if len(uneven) else 0
    row = groups[first:]
    return first if len(row) >= FEWEST and int((row[:, 1] - row[:, 0]).max()) <= WIDEST * X_HEIGHT else None
