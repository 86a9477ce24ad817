"""From the line finder's masks to lines: which pixels belong together, where the baseline runs, how high an x is.

A mask tells for each place how likely it lies between the baseline and the x-height of a line, so a band's thickness,
summed up in a column, is the x-height, and its middle the middle of the letters. All lines are measured at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]

LIKELY = 0.5
SURER = 0.8
"""Where bands of neighbouring lines have run together, they are parted at this probability."""

SWOLLEN = 0.36
"""By so much the bands that the network was shown are thicker than an x-height, half of it above, half below."""

THICKEST = 1.6
"""A band that spreads further than an even one of this many times its thickness is more than one line."""

SHORTEST = 0.7
"""Of an x-height; «I» and «1» alone are not much wider."""

SMALLEST = 1.2
"""Pixels of the mask; thinner bands are grain and hairlines."""

REACH = 1.3
"""Of an x-height; pieces of one line no further apart than this are joined."""

STRAIGHT = 25.0
"""In x-heights; shorter lines are straight, longer ones may bend."""

POINTS_EACH = 8.0
"""A point of a bent baseline each so many x-heights."""


@dataclass(frozen=True)
class Bands:
    """Measured bands, one entry per line; pixels of the mask, pixel `k` covering `k` to `k + 1`."""

    left: Numbers
    right: Numbers
    bends: Numbers
    """Lines × 3: height of the band's middle as a + b u + c u², u = (x - middle) / 100."""

    middle: Numbers
    x_height: Numbers
    confidence: Numbers

    def __len__(self) -> int:
        return len(self.left)

    def middles(self, which: Numbers | int, x: Numbers) -> Numbers:
        """Height of a band's middle at `x`."""
        u = (x - self.middle[which]) / 100
        a, b, c = self.bends[which].T
        return np.asarray(a + b * u + c * u * u)

    def baseline(self, line: int) -> Numbers:
        """Points, n × 2."""
        length = self.right[line] - self.left[line]
        bent = abs(self.bends[line, 2]) * (length / 200) ** 2 > 0.05 * self.x_height[line]
        count = 2 + int(length / (POINTS_EACH * self.x_height[line])) if bent else 2
        x = np.linspace(self.left[line], self.right[line], count)
        slope = self.bends[line, 1] / 100
        return np.stack([x, self.middles(line, x) + self.x_height[line] / 2 * np.hypot(1, slope)], 1)

    def only(self, which: Numbers) -> Bands:
        return Bands(
            self.left[which], self.right[which], self.bends[which], self.middle[which],
            self.x_height[which], self.confidence[which],
        )  # fmt: skip


def bands_of(mask: Numbers) -> Bands:
    """All lines of one mask of probabilities, specks left out, pieces joined."""
    count, labels = cv2.connectedComponents((mask > LIKELY).astype(np.uint8), connectivity=4, ltype=cv2.CV_16U)
    bands = _measured(mask, labels, count)
    merged = _merged(labels, bands)
    if merged.any():
        floor = np.where(np.concatenate([[False], merged]), SURER, LIKELY).astype(np.float32)
        above = mask > floor[labels]
        count, labels = cv2.connectedComponents(above.astype(np.uint8), connectivity=4, ltype=cv2.CV_16U)
        bands = _measured(mask, labels, count)
    joined = _joined(bands)
    if joined is not None:
        numbers = np.concatenate([[0], joined + 1]).astype(np.uint16)
        bands = _measured(mask, numbers[labels], int(joined.max(initial=-1)) + 2)
    lengths = bands.right - bands.left
    keep = (bands.x_height >= SMALLEST) & (lengths >= SHORTEST * bands.x_height) & (bands.confidence > 0)
    return bands.only(keep)


def _measured(mask: Numbers, labels: Numbers, count: int) -> Bands:
    """Moments of every label's columns, and a parabola through the columns' middles."""
    count -= 1
    if count <= 0:
        none = np.zeros(0)
        return Bands(none, none, np.zeros((0, 3)), none, none, none)
    # A band's soft edge lies outside what is likely: one more row above and below belongs to it.
    grown = labels.copy()
    grown[1:] = np.where(grown[1:] == 0, labels[:-1], grown[1:])
    grown[:-1] = np.where(grown[:-1] == 0, labels[1:], grown[:-1])
    rows, columns = np.nonzero(grown)
    line, weight = grown[rows, columns].astype(np.int64) - 1, mask[rows, columns].astype(np.float64)
    width = mask.shape[1]
    place = line * width + columns
    thick = np.bincount(place, weight, count * width).reshape(count, width)
    heights = np.bincount(place, weight * (rows + 0.5), count * width).reshape(count, width)
    sure = mask[rows, columns] > LIKELY
    inner = np.bincount(line[sure], weight[sure], count) / np.maximum(np.bincount(line[sure], minlength=count), 1)
    filled = thick > 0.5
    left = np.argmax(filled, 1).astype(np.float64)
    right = width - np.argmax(filled[:, ::-1], 1).astype(np.float64)
    empty = ~filled.any(1)
    left[empty] = right[empty] = 0.0
    middle = (left + right) / 2
    # The thickness of the columns that are not at an end, where bands are rounded off: their weighted mean.
    solid = np.where(filled, thick, 0.0)
    x_height = (solid**2).sum(1) / np.maximum(solid.sum(1), 1e-9)
    bends = _bends(solid, heights, thick, middle, x_height, right - left)
    slope = bends[:, 1] / 100
    return Bands(
        left,
        right,
        bends,
        middle,
        np.maximum(x_height / np.hypot(1, slope) - SWOLLEN, 0.0),
        np.where(empty, 0.0, inner),
    )


def _bends(
    solid: Numbers, heights: Numbers, thick: Numbers, middle: Numbers, x_height: Numbers, length: Numbers
) -> Numbers:
    """Weighted least squares of all lines at once; short lines lean like the page and do not bend."""
    y = heights / np.maximum(thick, 1e-9)
    u = (np.arange(solid.shape[1]) + 0.5 - middle[:, None]) / 100
    powers = [solid.sum(1)]
    for _ in range(4):
        solid_u = solid * u ** len(powers)
        powers.append(solid_u.sum(1))
    right_side = np.stack([(solid * y).sum(1), (solid * y * u).sum(1), (solid * y * u * u).sum(1)], 1)
    matrix = np.stack([np.stack(powers[k : k + 3], 1) for k in range(3)], 1)
    shape = length / np.maximum(x_height, 1e-9)
    stiff = np.where(shape < STRAIGHT, 1e9, 1e-9)
    matrix[:, 2, 2] += stiff
    matrix[:, 0, 0] += 1e-9
    matrix[:, 1, 1] += 1e-9
    lean = _lean(matrix, right_side, shape)
    # As if a stretch of four x-heights of the page's common slope stood beside each line.
    prior = 4 * x_height**2 * (4 * x_height / 100) ** 2 / 12
    matrix[:, 1, 1] += prior
    right_side[:, 1] += prior * lean
    return np.linalg.solve(matrix, right_side[:, :, None])[:, :, 0]


def _lean(matrix: Numbers, right_side: Numbers, shape: Numbers) -> float:
    """The slope of most of the longer lines."""
    long = shape > 6
    if not long.any():
        return 0.0
    found = np.linalg.solve(matrix[long, :2, :2], right_side[long, :2, None])[:, 1, 0]
    return float(np.median(found))


def _merged(labels: Numbers, bands: Bands) -> Numbers:
    """Which bands are neighbouring lines that have run together: columns with a gap, or one line that is none."""
    count, width = len(bands), labels.shape[1]
    rows, columns = np.nonzero(labels)
    line = labels[rows, columns].astype(np.int64) - 1
    place, y = line * width + columns, rows + 0.5
    filled = np.maximum(np.bincount(place, minlength=count * width), 1)
    first, second = np.bincount(place, y, count * width) / filled, np.bincount(place, y * y, count * width) / filled
    # An even stretch of n pixels has a spread of n²/12; with a gap in it, much more.
    parted = 12 * (second - first**2) > 2 * filled**2
    gaps = parted.reshape(count, width).sum(1) > np.maximum(2, 0.5 * bands.x_height)
    off = y - bands.middles(line, columns + 0.5)
    spread = np.bincount(line, off**2, count) / np.maximum(np.bincount(line, minlength=count), 1)
    return np.asarray(gaps | (12 * spread > (THICKEST * (bands.x_height + SWOLLEN)) ** 2))


def _joined(bands: Bands) -> Numbers | None:
    """A number for each band, the same for pieces of one line; None if nothing is to join."""
    count = len(bands)
    if count < 2:
        return None
    gap = bands.left[None, :] - bands.right[:, None]
    small = np.minimum(bands.x_height[:, None], bands.x_height[None, :])
    large = np.maximum(bands.x_height[:, None], bands.x_height[None, :])
    lengths = bands.right - bands.left
    near = (gap < REACH * small) & (gap > -np.maximum(2 * small, 0.25 * np.minimum(lengths[:, None], lengths[None, :])))
    near &= (
        (large < 1.5 * small)
        & (bands.left[None, :] > bands.left[:, None])
        & (bands.right[None, :] > bands.right[:, None])
    )
    first, second = np.nonzero(near)
    if not len(first):
        return None
    at = (bands.right[first] + bands.left[second]) / 2
    drop = np.abs(bands.middles(first, at) - bands.middles(second, at))
    level = drop < 0.3 * small[first, second]
    numbers = np.arange(count)
    for one, other in zip(first[level], second[level], strict=True):
        numbers[numbers == numbers[other]] = numbers[one]
    if not level.any():
        return None
    return np.unique(numbers, return_inverse=True)[1]
