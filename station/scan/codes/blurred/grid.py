"""Where the modules of a symbol lie on an image and how far each spreads; the image as it is seen along that grid."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.codes.symbol_layout import side_of
from station.scan.image.arrays import Gray

Numbers = npt.NDArray[np.float64]

RIM = 2
"""Modules of the quiet zone that are looked at around the symbol."""

WIDEST, NARROWEST = 1.4, 0.3
"""Blur in modules: beyond the first nothing can be told, below the second every decoder reads."""

MOVES = 8
"""Ways in which a grid can move: along two axes, four of stretch, turn and shear, two of leaning."""

_AT = np.linspace(-6, 6, 6001)
_PASSED = np.array([0.5 * (1 + math.erf(x / math.sqrt(2))) for x in _AT.tolist()])


@dataclass(frozen=True)
class Grid:
    """`to_image` maps modules (0 to the side, along columns and rows) to pixels; `sigma` is the blur in modules."""

    version: int
    to_image: Numbers
    sigma: float

    @property
    def side(self) -> int:
        return side_of(self.version)

    @property
    def module(self) -> float:
        """Pixels that a module spans, as many across as down."""
        corners = self.corners()
        across, down = corners[2] - corners[0], corners[3] - corners[1]
        return math.sqrt(abs(across[0] * down[1] - across[1] * down[0]) / 2) / self.side

    def corners(self) -> Numbers:
        """The symbol's four corners in pixels, clockwise from the first finder pattern."""
        side = self.side
        seen = self.to_image @ np.array([[0, side, side, 0], [0, 0, side, side], [1, 1, 1, 1]], np.float64)
        return np.asarray((seen[:2] / seen[2]).T)

    def moved(self, by: Sequence[float] | Numbers, wider: float = 0.0) -> Grid:
        """The grid moved by so many modules at the symbol's edge, for each of `MOVES`, and its blur widened."""
        half = self.side / 2
        move = np.zeros(MOVES)
        move[: len(by)] = np.asarray(by) / half
        inner = np.array(
            [[1 + move[2], move[3], move[0]], [move[4], 1 + move[5], move[1]], [-move[6], -move[7], 1]], np.float64
        )
        outwards = np.array([[half, 0, half], [0, half, half], [0, 0, 1]])
        to_image = self.to_image @ outwards @ inner @ np.linalg.inv(outwards)
        sigma = min(WIDEST, max(NARROWEST, self.sigma + wider))
        return replace(self, to_image=to_image / to_image[2, 2], sigma=sigma)


def sampled(image: Gray | npt.NDArray[np.float32], grid: Grid, samples: int) -> Numbers:
    """The image along the grid, so many samples a module, rim included."""
    length = (grid.side + 2 * RIM) * samples
    step, first = 1 / samples, 0.5 / samples - RIM
    along = np.array([[step, 0, first], [0, step, first], [0, 0, 1]])
    return np.asarray(
        cv2.warpPerspective(
            image,
            grid.to_image @ along,
            (length, length),
            flags=cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float64,
    )


def spread(side: int, sigma: float, samples: int) -> Numbers:
    """How much of each module along one axis is seen at each sample; the whole picture is `spread @ ink @ spread.T`."""
    passed = np.interp(_edges(side, samples) / sigma, _AT, _PASSED)
    return np.asarray(passed[:, :-1] - passed[:, 1:])


def widening(side: int, sigma: float, samples: int) -> Numbers:
    """How `spread` changes with sigma."""
    at = _edges(side, samples) / sigma
    slope = -np.exp(-at * at / 2) / math.sqrt(2 * math.pi) * at / sigma
    return np.asarray(slope[:, :-1] - slope[:, 1:])


@functools.lru_cache(maxsize=16)
def _edges(side: int, samples: int) -> Numbers:
    """From each module's edges to each sample, in modules."""
    at = (np.arange((side + 2 * RIM) * samples) + 0.5) / samples - RIM
    return np.asarray(at[:, None] - np.arange(side + 1)[None])


def slopes(picture: Numbers, samples: int) -> tuple[Numbers, Numbers]:
    """How a picture along the grid changes down and across, a module."""
    down, across = np.gradient(picture, 1 / samples)
    return np.asarray(down), np.asarray(across)


def motions(side: int, slope_across: Numbers, slope_down: Numbers) -> list[Numbers]:
    """What each of `MOVES` changes in a picture along the grid that has these slopes."""
    length = len(slope_across)
    samples = length // (side + 2 * RIM)
    at = ((np.arange(length) + 0.5) / samples - RIM - side / 2) / (side / 2)
    across, down = at[None, :], at[:, None]
    leaning = across * slope_across + down * slope_down
    return [
        slope_across, slope_down, across * slope_across, down * slope_across, across * slope_down, down * slope_down,
        across * leaning, down * leaning,
    ]  # fmt: skip
