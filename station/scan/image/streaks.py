"""Lines that a scanner draws over everything: a grain of dust on the glass of a feeder, a dirty wire of a copier.

They stand in the scanner's own direction and run off the picture at both ends, over print and margins alike. No rule
of a form does: no printer prints to the edge. So they are looked for before the paper is cut out or levelled.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from station.dossier.reading import Box, QualityIssue
from station.scan.image.arrays import Colour, Gray
from station.scan.image.bands import bands

Light = npt.NDArray[np.float32]
"""How much of the light comes through in each column or row, 0 to 1; 1 where there is no streak."""

WIDEST = 1 / 250
"""Of the picture's shorter side, 0.8 mm on A4 (as far as whole pixels go); what is wider is not known as a streak."""

DARKER = 10
"""Grey levels below what stands beside it, from which on a pixel counts."""

PAPER = 96
"""The grey that has to stand beside it: in the black beside a sheet there is only grain."""

MOST_OF_IT = 0.8
"""Share of the paper along a streak that is darker than what stands beside it."""

LEAST_PAPER = 0.5
"""Share of a streak's length that must be paper, and not print."""

AT_AN_END = 0.9
"""The same of its two ends, which lie in the margins."""

MOST = 0.03
"""Share of the picture that is filled at most: more may be a pattern of what was scanned; it is told if it is black."""

SOFT = 2
"""Pixels on either side of a streak that it may still darken."""

CLEAR = 0.97
"""The light from which on nothing is amiss."""

SEEN_THROUGH = 0.35
"""The light from which on print below a streak is told from it."""

UNLIKE = 40
"""Grey levels by which that which is seen through a streak is something else than what stands on either side."""

COVERED = 1 / 1250
"""Of the picture's shorter side, 0.17 mm on A4: a streak that takes as much light may hide the stem of a letter."""

_BANDS, _DEEP = 17, 12
"""Of so many bands of so many rows is a streak told."""


@dataclass(frozen=True, slots=True)
class Streaks:
    """`upright` has the light of every column of the picture, `level` that of every row."""

    upright: Light
    level: Light

    @property
    def covering(self) -> tuple[Box, ...]:
        """The parts of the picture in which print may lie that nothing is left of."""
        wide, tall = len(self.upright), len(self.level)
        least = COVERED * min(wide, tall)
        upright = tuple((start, 0, end, tall) for start, end in _covering(self.upright, least))
        return upright + tuple((0, start, wide, end) for start, end in _covering(self.level, least))


def streaks_of(image: Colour) -> Streaks:
    """Look for them in a picture (height × width × 3) as it came from the scanner."""
    return Streaks(_light(image, 0), _light(image, 1))


def without_streaks(image: Colour, streaks: Streaks) -> Colour:
    """The same picture with what is seen through its streaks, and the rest filled from what stands beside them."""
    upright = _filled(image, streaks.upright)
    lying = upright.transpose(1, 0, 2)
    filled = _filled(lying, streaks.level)
    return upright if filled is lying else np.ascontiguousarray(filled.transpose(1, 0, 2))


def issues(streaks: Streaks) -> tuple[QualityIssue, ...]:
    """That somebody should wipe the glass, with how many streaks hide something."""
    return (QualityIssue("page.streaks", len(streaks.covering)),) if streaks.covering else ()


def _sample(image: Colour, axis: int, count: int) -> Gray:
    """Bands, one below the other, down which a streak of this axis runs."""
    gray = bands(image, count, _DEEP, axis)
    return gray if axis == 0 else np.ascontiguousarray(gray.T)


def _beside(gray: Gray, reach: int) -> Gray:
    """What stands beside what is darker and narrow."""
    return np.asarray(cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones((1, 2 * (reach // 2) + 3), np.uint8)), np.uint8)


def _dark(gray: Gray, beside: Gray) -> npt.NDArray[np.bool_]:
    """Where paper stands beside what is darker than it."""
    return np.asarray((cv2.subtract(beside, gray) > DARKER) & (beside > PAPER))


def _light(image: Colour, axis: int) -> Light:
    reach = max(2, round(min(image.shape[:2]) * WIDEST))
    ends = _sample(image, axis, 2)
    top, bottom = np.array_split(_dark(ends, _beside(ends, reach)), 2)
    through = np.minimum(top.mean(0), bottom.mean(0)) > AT_AN_END
    through[: reach + SOFT] = through[-reach - SOFT :] = False  # there is nothing on the other side
    light = np.ones(len(through), np.float32)
    if not through.any():  # as on most pages
        return light
    gray = _sample(image, axis, _BANDS)
    beside = _beside(gray, reach)
    paper = beside > PAPER
    share = _dark(gray, beside).sum(0) / np.maximum(paper.sum(0), 1)
    through &= (share > MOST_OF_IT) & (paper.mean(0) > LEAST_PAPER)
    near = np.flatnonzero((np.convolve(through, np.ones(2 * SOFT + 1), "same") > 0) & paper.any(0))
    seen = np.where(paper[:, near], gray[:, near] / np.maximum(beside[:, near], 1.0), np.nan)
    left = np.nanmedian(seen, axis=0)
    light[near[left < CLEAR]] = left[left < CLEAR]
    return light


def _runs(light: Light) -> npt.NDArray[np.intp]:
    """Where streaks begin and end, n × 2."""
    edges = np.flatnonzero(np.diff(light < 1, prepend=False, append=False))
    return edges.reshape(-1, 2)


def _covering(light: Light, least: float) -> list[tuple[int, int]]:
    taken = [(int(start), int(end), light[start:end]) for start, end in _runs(light)]
    return [(start, end) for start, end, of in taken if (1 - of).sum() >= least and of.min() < SEEN_THROUGH]


def _filled(image: Colour, light: Light) -> Colour:
    """Each streak from the columns that bound it, but for print that is seen through it."""
    bad, good = np.flatnonzero(light < 1), np.flatnonzero(light == 1)
    if not 0 < bad.size <= MOST * len(light):
        return image
    after = np.searchsorted(good, bad)
    left, right = good[after - 1], good[after]
    share = ((bad - left) / (right - left)).astype(np.float32)[None, :, None]
    beside = image[:, left] * (1 - share) + image[:, right] * share
    clear = light[bad] > SEEN_THROUGH
    through = np.minimum(image[:, bad] / np.maximum(light[bad], SEEN_THROUGH)[:, None], 255.0)
    unlike = np.abs(through - beside).mean(2, keepdims=True) > UNLIKE
    filled = image.copy()
    filled[:, bad] = np.rint(np.where(unlike & clear[:, None], through, beside))
    return filled
