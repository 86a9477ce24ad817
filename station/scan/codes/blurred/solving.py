"""Solving for a blurred symbol's modules: given the grid, which ink, once blurred, looks like what was seen?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from station.scan.codes.blurred.grid import MOVES, Grid, Numbers, motions, sampled, slopes, spread, widening
from station.scan.codes.blurred.light import light
from station.scan.codes.blurred.placing import SATURATED, solved
from station.scan.codes.blurred.search import Search
from station.scan.codes.symbol_layout import UNKNOWN, Modules
from station.scan.image.arrays import Gray

SAMPLES = 3
NOISE = 0.04
STEPS = 120
LOOSE, TIGHT = 1e-4, 1e-1
"""How firmly the free solution is held to the allowed one, at first and at last."""

DRIVEN_FROM, DRIVEN = 0.5, 0.9
"""The part of the steps after which modules are driven to be ink or paper, and how hard at last."""

FURTHEST, WIDEST_STEP = 0.7, 0.1
LEAST_SHOWN = 0.9
"""Of what a module spreads: whoever drowns in glare is left as the relaxed solution has it."""


@dataclass(frozen=True)
class Solution:
    """`ink` is each module's share, mostly 0 or 1; `seen` how much of what a module spreads could be seen at all;
    `misfit` the usual difference from what was seen, beside the contrast; `grid` where it was looked for."""

    ink: Numbers
    seen: Numbers
    misfit: float
    grid: Grid


class Solver:
    """One symbol on one image: every round sets light, modules and grid right by one another."""

    def __init__(self, image: Gray, grid: Grid, known: Modules) -> None:
        self._image = image.astype(np.float32)
        self._grid = grid
        self._stage = 0
        self.known = known
        self._open: Numbers | None = None
        self._ink: Numbers = np.where(known == UNKNOWN, 0.5, known)
        self._dice = np.random.default_rng(0)
        self._misfit = 1.0

    def round(self, cool: bool) -> Solution | None:
        """The next solution, searched for far and wide where it may `cool`; None where the symbol has no contrast."""
        grid, known = self._grid, self.known
        seen = sampled(self._image, grid, SAMPLES)
        one = spread(grid.side, grid.sigma, SAMPLES)
        full = seen >= SATURATED
        expected = one @ self._ink @ one.T
        open_samples = np.where(full, 0.0, 1.0) if self._open is None else self._open
        weight = self._weight(one) * open_samples
        fields = light(seen, expected, weight.reshape(-1), self._stage)
        if fields is None:
            return None
        paper, contrast = fields
        shown = paper - contrast * expected
        square = one**2
        whole = np.outer(square.sum(axis=0), square.sum(axis=0))
        hidden = square.T @ open_samples @ square < LEAST_SHOWN * whole
        gathered = one.T @ one
        own, turns = np.linalg.eigh(gathered)
        for _ in range(2 if full.any() else 1):  # what a saturated sample would have shown comes from the solution
            target = (paper - np.where(full, np.maximum(seen, shown), seen)) / contrast
            pull = one.T @ target @ one
            relaxed = likely_ink(pull, own, turns, known)
            shown = paper - contrast * (one @ relaxed @ one.T)
        search = Search(gathered, pull, hidden | (known != UNKNOWN))
        ink = relaxed
        if cool or self._stage % 2 == 0:  # in turn: a ground with a pattern of its own leads the search astray
            ink = search.settled(np.where(hidden, relaxed, np.round(relaxed)))
        if cool:
            noise = 2 * (self._misfit * SAMPLES / grid.module) ** 2
            ink = search.settled(search.cooled(ink, noise, self._dice))
        self._ink = (relaxed + ink) / 2  # where they differ, neither is to bend light and grid to what it believes
        expected = one @ self._ink @ one.T
        shown = paper - contrast * expected
        unsaturated = np.where(full & (shown > SATURATED - 2), 0.0, 1.0)
        rest = target - expected
        share = (square.T @ unsaturated @ square) / whole
        misfit = float(np.sqrt(((target - one @ ink @ one.T) ** 2).mean()))
        self._open, self._misfit = unsaturated, misfit
        self._grid = self._moved(rest, expected, one, unsaturated)
        self._stage += 1
        return Solution(ink, share, misfit, grid)

    def _weight(self, one: Numbers) -> Numbers:
        square = one**2
        return np.asarray(1 / (square @ (self._ink * (1 - self._ink)) @ square.T + NOISE**2))

    def _moved(self, rest: Numbers, expected: Numbers, one: Numbers, unsaturated: Numbers) -> Grid:
        side, ink = self._grid.side, self._ink
        more = widening(side, self._grid.sigma, SAMPLES)
        down, across = slopes(expected, SAMPLES)
        changes = [-move for move in motions(side, across, down)]
        changes += [more @ ink @ one.T + one @ ink @ more.T, expected]
        at = np.linspace(-1, 1, len(expected))
        changes += [np.ones_like(expected), *np.meshgrid(at, at)]
        weight = (self._weight(one) * unsaturated).reshape(-1)
        step = solved(np.reshape(changes, (len(changes), -1)), rest.reshape(-1), weight)
        by = step[:MOVES] * min(1.0, FURTHEST / max(1e-9, float(np.abs(step[:MOVES]).max())))
        return self._grid.moved(by, float(np.clip(step[MOVES], -WIDEST_STEP, WIDEST_STEP)))


def likely_ink(pull: Numbers, own: Numbers, turns: Numbers, known: Modules) -> Numbers:
    """Least squares with every module between paper and ink and, towards the end, driven to one of them (ADMM).

    `pull` is what was seen, gathered by module; `own` and `turns` are the eigenvalues and vectors of how modules
    along one axis overlap: with them the free solution costs four small products.
    """
    fixed = known != UNKNOWN
    overlap = np.outer(own, own)
    turned = turns.T @ pull @ turns
    allowed = np.where(fixed, known, 0.5)
    debt = np.zeros_like(allowed)
    before = LOOSE
    for step in range(STEPS):
        held = LOOSE * (TIGHT / LOOSE) ** (step / (STEPS - 1))
        debt *= before / held
        before = held
        free = turns @ ((turned + held * (turns.T @ (allowed - debt) @ turns)) / (overlap + held)) @ turns.T
        wanted = free + debt
        allowed = np.clip(wanted, 0, 1)
        drive = 2 * DRIVEN * max(0.0, step / STEPS - DRIVEN_FROM)
        allowed = np.clip(allowed + drive * (allowed - 0.5), 0, 1)
        allowed[fixed] = known[fixed]
        debt = np.clip(wanted - allowed, -2, 2)
    return np.asarray(allowed)
