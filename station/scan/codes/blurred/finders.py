"""Where the three finder patterns of a blurred symbol may be: dark blots in light and dark rings, at a right angle."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray

Points = npt.NDArray[np.float64]

SIZES = tuple(1.25 * 1.2**step for step in range(9))
"""Pixels a module that are looked for."""

BLURS = (0.5, 0.95)
"""In modules."""

REACH = 4.6
"""Modules from a finder's centre that are compared: its seven, the light rim, and the quiet zone's beginning."""

LEAST_LIKE = 0.45
LEAST_CONTRAST = 0.3
"""Share of the strongest contrast on the image that a finder must have."""

MOST = 40
LARGER = 0.45
"""What 2.7 times the size is worth in likeness: three blots alone look like three finders of a small module."""

LEAST_TOGETHER = 1.0
MODULES_BETWEEN = (13, 110)
NEARLY = 0.6
OFF_SQUARE, UNEVEN = 0.2, 0.22


@dataclass(frozen=True)
class Three:
    """Centres of the corner's finder, the one beside it and the one below, and what a module's pixels may be."""

    corner: Points
    beside: Points
    below: Points
    smallest: float
    largest: float


def threes(image: Gray, most: int) -> list[Three]:
    """The likeliest first."""
    points, likeness = _finders(image)
    if len(points) < 3:
        return []
    apart = points[None] - points[:, None]
    length = np.hypot(apart[..., 0], apart[..., 1]) + 1e-9
    across, down = apart[..., 0] / length, apart[..., 1] / length
    lean = np.abs(across[:, :, None] * across[:, None, :] + down[:, :, None] * down[:, None, :])
    turn = across[:, :, None] * down[:, None, :] - down[:, :, None] * across[:, None, :]
    uneven = np.abs(np.log(length[:, :, None] / length[:, None, :]))
    corner, beside, below = np.nonzero((turn > 0) & (lean < OFF_SQUARE) & (uneven < UNEVEN))
    if not len(corner):
        return []
    modules = np.sqrt(length[corner, beside] * length[corner, below])[:, None] / np.array(SIZES)
    possible = (modules > MODULES_BETWEEN[0]) & (modules < MODULES_BETWEEN[1])
    together = likeness[corner] + likeness[beside] + likeness[below]
    together = np.where(possible, together + LARGER * np.log(np.array(SIZES) / SIZES[0]), -9.0)
    worth = together.max(axis=-1) - lean[corner, beside, below] - uneven[corner, beside, below]
    found = []
    for place in np.argsort(-worth, kind="stable")[:most]:
        if worth[place] < LEAST_TOGETHER:
            break
        sizes = [
            size
            for size, one in zip(SIZES, together[place].tolist(), strict=True)
            if one > together[place].max() - NEARLY
        ]
        centres = points[corner[place]], points[beside[place]], points[below[place]]
        found.append(Three(*centres, min(sizes) * 0.95, max(sizes) * 1.3))
    return found


def _finders(image: Gray) -> tuple[Points, npt.NDArray[np.float64]]:
    """Points that look like a finder's centre, the likeliest first, and how like at each of `SIZES`."""
    pale = image.astype(np.float32)
    variance = cv2.blur(pale * pale, (9, 9)) - cv2.blur(pale, (9, 9)) ** 2
    contrast = np.sqrt(np.maximum(variance, 0))
    maps = np.stack([_likeness(pale, size) for size in SIZES])
    best = maps.max(axis=0)
    peaks = (best == cv2.dilate(best, np.ones((5, 5)))) & (best > LEAST_LIKE)
    rows, columns = np.nonzero(peaks & (contrast > LEAST_CONTRAST * np.percentile(contrast, 95)))
    likeliest = np.argsort(-best[rows, columns], kind="stable")[:MOST]
    rows, columns = rows[likeliest], columns[likeliest]
    near = np.stack([cv2.dilate(one, np.ones((5, 5))) for one in maps])
    return np.stack([columns, rows], axis=1).astype(np.float64), near[:, rows, columns].T.astype(np.float64)


def _likeness(pale: npt.NDArray[np.float32], size: float) -> npt.NDArray[np.float32]:
    half = math.ceil(REACH * size)
    around = cv2.copyMakeBorder(pale, half, half, half, half, cv2.BORDER_REPLICATE)
    maps = [cv2.matchTemplate(around, _template(size, blur), cv2.TM_CCOEFF_NORMED) for blur in BLURS]
    return np.asarray(np.maximum(*maps), np.float32)


@functools.lru_cache(maxsize=len(SIZES) * len(BLURS))
def _template(size: float, blur: float) -> npt.NDArray[np.float32]:
    """A finder at no angle in particular: the mean over all turns."""
    fine = 6
    half = math.ceil(REACH * size)
    at = np.arange(-half - 0.5 + 0.5 / fine, half + 0.5, 1 / fine)
    across, down = np.meshgrid(at, at)
    mean = np.zeros(across.shape, np.float32)
    turns = [math.radians(degrees) for degrees in range(0, 90, 15)]
    for turn in turns:
        along = np.abs(math.cos(turn) * across + math.sin(turn) * down)
        beside = np.abs(math.cos(turn) * down - math.sin(turn) * across)
        ring = np.maximum(along, beside) / size
        mean += np.select([ring < 1.5, ring < 2.5, ring < 3.5, ring < 4.5], [1.0, 0.0, 1.0, 0.0], 0.4) / len(turns)
    soft = cv2.GaussianBlur(mean, (0, 0), max(0.5, blur * size) * fine)
    return np.asarray(-cv2.resize(soft, (2 * half + 1,) * 2, interpolation=cv2.INTER_AREA), np.float32)
