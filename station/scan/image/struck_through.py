"""Dashes of a leader that runs through the words written on it: what of them shows between letters.

Such a dash touches the letters on its sides, so that it is part of theirs and no mark of the leader: «163-đường». It is
told by the leader's own level and beat (`leader_beat.py`). A hyphen is out of step with them, or ends elsewhere; where
it hides a dash of its own length, nobody can tell the two. Pixels.
"""

from __future__ import annotations

import numpy as np

from station.scan.image.arrays import Labels, Mask, Stats
from station.scan.image.leader_beat import SOFT, Beat

DASH = 1.5
"""Times its height that a mark is wide, from which on it is a dash. Dots touch no letters but at the baseline."""

MOSTLY = 0.5
"""Share of a run's marks that are dashes of a leader, from which it is one."""

BEYOND = 60
"""Steps beyond a leader's own marks for which its beat is known: over so many it is off by a pixel or two."""

ALIKE = 0.03
"""Share by which steps of a page's leaders differ that are the same: together they are known better."""

THERE = 0.75
"""Share of a dash that has ink where the leader runs on: it is there below words, too. A bullet far left is none."""

CLEAR = 0.5
"""Letter heights above and below a dash that are white between letters; within one there is its arch or its foot."""

DUE = 0.85
"""Share of a piece that lies where a dash is due: the rest is the foot of a letter that it touches."""

LEAST = 2
"""Pixels of a piece, of which fewer are the rim of a letter."""


def between_letters(ink: Mask, stats: Stats, leader: Beat, gone: Labels, unit: float) -> Mask:
    """The dashes, and pieces of dashes, that have white above and below them, of leaders most of whose marks are gone.

    `gone` tells it of each component: a row of accents may have a beat, too, and is no leader.
    """
    shown = np.zeros_like(ink)
    dashed = (leader.wide >= DASH * leader.tall) & gone[leader.marks]
    if not dashed.any():
        return shown
    usual = float(np.median(leader.pitch[dashed]))
    starts = np.flatnonzero(np.diff(leader.run, prepend=-1))
    for marks in np.split(np.arange(len(leader.marks)), starts[1:]):
        if dashed[marks].mean() > MOSTLY:
            _along(shown, ink, stats, leader, marks, unit, usual)
    return shown


def _along(shown: Mask, ink: Mask, stats: Stats, leader: Beat, marks: Labels, unit: float, usual: float) -> None:
    """Those of one leader, given its marks from left to right, painted into `shown`."""
    left, _, wide, *_ = stats[leader.marks[marks]].T
    middles = left + wide / 2
    pitch, long, thick = (float(each[marks[0]]) for each in (leader.pitch, leader.wide, leader.tall))
    turn = np.exp(2j * np.pi * middles / pitch) * leader.phase[marks].conj()
    due = middles - np.angle(turn) * pitch / (2 * np.pi)
    if abs(pitch - usual) <= ALIKE * usual:
        pitch = usual
    first = max(0, int(middles[0] - BEYOND * pitch))
    columns = np.arange(first, min(ink.shape[1], int(middles[-1] + BEYOND * pitch)))
    nearest = np.searchsorted((middles[1:] + middles[:-1]) / 2, columns)
    level = np.interp(columns, middles, leader.row[marks])
    half, clear = thick / 2 + SOFT, thick / 2 + SOFT + CLEAR * unit
    top = max(0, int(level.min() - clear))
    band = ink[top : int(level.max() + clear) + 1, first : columns[-1] + 1] > 0
    off = np.abs(np.arange(top, top + len(band))[:, None] + 0.5 - level)
    dash = band & (off <= half)
    inked = np.asarray(dash.any(axis=0))
    alone = inked & ~(band & (off > half) & (off <= clear)).any(axis=0)
    out_of_step = np.abs((columns + 0.5 - due[nearest] + pitch / 2) % pitch - pitch / 2)
    away = np.rint((columns + 0.5 - np.clip(columns + 0.5, due[0], due[-1])) / pitch).astype(np.intp)
    alone &= _reached(away, inked, out_of_step <= long / 2 - SOFT)
    piece = np.cumsum(np.diff(alone, prepend=False) & alone) * alone
    length = np.bincount(piece)
    of_leader = (np.bincount(piece, out_of_step <= long / 2 + SOFT) >= DUE * length) & (length >= LEAST)
    of_leader &= length <= long + SOFT  # a hyphen among dashes bridges the white between two of them
    of_leader[0] = False
    shown[top : top + len(band), first : columns[-1] + 1][dash & of_leader[piece]] = 255


def _reached(away: Labels, inked: Labels, due: Labels) -> Labels:
    """Which columns, so many steps away from a leader's marks, it runs to: where a dash is missing it has ended."""
    reached = np.ones(len(away), bool)
    for steps in (away, -away):
        outside = np.maximum(steps, 0)
        missing = np.bincount(outside, due & inked) < THERE * np.bincount(outside, due)
        missing[0] = False
        if missing.any():
            reached &= outside < int(np.argmax(missing))
    return reached
