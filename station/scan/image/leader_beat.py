"""The beat of a leader: where its dots or dashes are due, and what stands among them that is none of it.

A leader's marks come at even steps, of one size, at one height. The dot below a letter that the leader runs through is
out of step with them, or larger, or a little higher: «THỊ» stays «THỊ». Pixels; a run is what stands in one row.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image.arrays import Labels, Mask, Places, Stats
from station.scan.image.components import Components

WINDOW = 12
"""Steps to either side over which the beat is taken: a page is bent, and a pitch never quite known."""

FEWEST = 4
"""Even steps from which a run has a beat."""

EVEN = 0.25
"""Share of a step by which a step may differ from the usual one."""

OFTEN = 0.25
"""Share of a run's gaps that may be shorter than its step: most are longer where print hides marks."""

STEADY = 0.8
"""Mean of the cosine of what a run's marks are out of step, below which it has no beat."""

SOFT = 0.8
"""Pixels of a mark's rim beyond its usual size."""

TOO_MUCH = 0.18
"""Of a mark's usual ink: what it may have too much and be one of the leader's own."""

MOST = 0.9
"""Share of a run's marks that have no more ink than counts as usual: how a dot falls on the pixels changes it."""

LARGE = 1.2
"""Times a mark's usual ink, from which one that spans no two steps is more than the leader's own."""

WIDEST = 3.5
"""Steps that a dot below a letter spans at most, with the marks of the leader that it touches."""


@dataclass(frozen=True)
class Beat:
    """The beat at each mark of the runs that have one; all arrays are as long as `marks`."""

    marks: Labels
    """Numbers of components, those of a run from left to right."""

    run: Labels
    """The run of each, ascending."""

    pitch: Labels
    """From mark to mark."""

    phase: Labels
    """Complex, of length one: where in a step the leader's own marks have their middle."""

    row: Labels
    """Where they have it from above."""

    wide: Labels
    tall: Labels
    ink: Labels
    """Their usual measures and pixels."""

    def due(self, mark: Labels, rows: Places, columns: Places) -> Labels:
        """Which pixels of these marks (numbers in `marks`) lie where the leader has its own."""
        turn = np.exp(2j * np.pi * (columns + 0.5) / self.pitch[mark]) * self.phase[mark].conj()
        off = np.abs(np.angle(turn)) * self.pitch[mark] / (2 * np.pi)
        level = np.abs(rows + 0.5 - self.row[mark])
        return np.asarray((off <= self.wide[mark] / 2 + SOFT) & (level <= self.tall[mark] / 2 + SOFT))


def beat(stats: Stats, marks: Labels, run: Labels) -> Beat:
    """Of marks (numbers of components) and the run of each; those of runs without a beat are left out."""
    count = int(run.max(initial=0)) + 1
    across = stats[marks, cv2.CC_STAT_LEFT] + stats[marks, cv2.CC_STAT_WIDTH] / 2
    order = np.lexsort((across, run))
    marks, run, across = marks[order], run[order], across[order]
    sizes = stats[marks][:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA]].astype(np.float64)
    of_runs = [parted(size, run, count, share) for size, share in zip(sizes.T, (0.5, 0.5, MOST), strict=True)]
    usual = np.stack(of_runs, axis=1)[run]
    single = (np.abs(sizes - usual)[:, :2] <= np.maximum(1.5, 0.35 * usual[:, :2])).all(axis=1)
    pitch = steps(across[single], run[single], count)[run]
    down = stats[marks, cv2.CC_STAT_TOP] + sizes[:, 1] / 2
    has = pitch > 0
    marks, run, across, down, usual, single, pitch = (
        each[has] for each in (marks, run, across, down, usual, single, pitch)
    )
    # Runs stand far apart on one axis, so that one cumulative sum serves them all.
    reach = WINDOW * pitch
    place = across + run * (across.max(initial=0) + 3 * reach.max(initial=0))
    turn = np.exp(2j * np.pi * across / pitch)
    phase = around(turn, single, place, reach)
    own = single & ((turn * phase.conj()).real > 0)
    phase = around(turn, own, place, reach)
    phase /= np.maximum(np.abs(phase), 1e-9)
    in_step = (turn * phase.conj()).real
    steady = np.bincount(run, in_step * single, count) >= STEADY * np.bincount(run, single, count)
    kept = steady[run]
    row = around(down, own, place, reach)
    wide, tall, ink = usual[kept].T
    return Beat(marks[kept], run[kept], pitch[kept], phase[kept], row[kept], wide, tall, ink)


def parted(values: Labels, run: Labels, runs: int, share: float) -> Labels:
    """The value of each run that this share of its values is below; 0 where there are none."""
    order = np.lexsort((values, run))
    count = np.bincount(run, minlength=runs)
    at = np.cumsum(count) - count + (share * count).astype(np.intp)
    found = np.zeros(runs)
    found[count > 0] = values[order][at[count > 0]]
    return found


def steps(across: Labels, run: Labels, runs: int) -> Labels:
    """The step from mark to mark in each run; 0 where there are too few of one length."""
    within = np.diff(run) == 0
    gaps, of = np.diff(across)[within], run[1:][within]
    usual = parted(gaps, of, runs, OFTEN)
    even = np.abs(gaps - usual[of]) < EVEN * usual[of]
    count = np.bincount(of[even], minlength=runs)
    return np.where(count >= FEWEST, np.bincount(of[even], gaps[even], runs) / np.maximum(1, count), 0.0)


def around(values: Labels, chosen: Labels, place: Labels, reach: Labels) -> Labels:
    """The mean of the chosen values within reach of each place; places ascend."""
    total = np.append(0, np.cumsum(np.where(chosen, values, 0)))
    count = np.append(0, np.cumsum(chosen))
    first, last = np.searchsorted(place, place - reach), np.searchsorted(place, place + reach, side="right")
    return np.asarray((total[last] - total[first]) / np.maximum(1, count[last] - count[first]))


def none_of_it(ink: Mask, found: Components, leader: Beat, unit: float) -> Places:
    """Flat indices of the pixels that are a dot below a letter among a leader's marks.

    A mark that has more ink than is due there and print right above it keeps the columns in which that is.
    """
    number = np.full(len(found.stats), -1)
    number[leader.marks] = np.arange(len(leader.marks))
    inside = number[found.of]
    pixels, inside = found.pixels[inside >= 0], inside[inside >= 0]
    rows, columns = np.divmod(pixels, found.shape[1])
    stats = found.stats[leader.marks]
    # Where a dot falls upon one of the leader's own, the two are larger than one.
    large = (stats[:, cv2.CC_STAT_AREA] > LARGE * leader.ink) & (stats[:, cv2.CC_STAT_WIDTH] < leader.pitch)
    more = large[inside] | ~leader.due(inside, rows, columns)
    count = np.bincount(inside[more], minlength=len(stats))
    middle = np.bincount(inside[more], columns[more], len(stats)) / np.maximum(1, count)
    much = (count > TOO_MUCH * leader.ink) & (stats[:, cv2.CC_STAT_WIDTH] < WIDEST * leader.pitch)
    much &= print_above(ink, stats[:, cv2.CC_STAT_TOP], np.round(middle).astype(np.intp), unit)
    # A column of such a mark stays whole where any of it is more than the leader's.
    column = inside * found.shape[1] + columns
    return np.asarray(pixels[much[inside] & np.isin(column, column[more])])


def print_above(ink: Mask, top: Labels, middle: Places, unit: float) -> Labels:
    """Whether there is print right above marks with this first row and middle column."""
    rows = top[:, None, None] - 2 - np.arange(max(2, round(0.4 * unit)))[None, :, None]
    columns = middle[:, None, None] + np.arange(-1, 2)[None, None, :]
    above = ink[np.maximum(rows, 0), np.clip(columns, 0, ink.shape[1] - 1)]
    return np.asarray(above.any(axis=(1, 2)))
