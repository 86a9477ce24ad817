"""Searching for the ink that looks most like what was seen: squares of nine modules at a time, in all their ways."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from station.scan.codes.blurred.grid import Numbers

SIDE = 3
"""Modules a square: all 512 ways in which nine can be are weighed at once, against all that stands around them."""

APART = 3
"""Modules between squares that are changed together: so far from one another they hardly share a sample."""

PASSES = 12
LEAST_GAIN = 1e-3
"""Beside what one module alone is worth."""

HOT, SWEEPS = 8.0, 24
"""How many times the noise a search begins with, and in how many rounds over all squares it cools to the noise."""

FORBIDDEN = 1e6

Squares = npt.NDArray[np.float32]


class Search:
    """One blurred symbol as a sum of squares: `overlap` is how much two modules on a line share (its inverse distance
    alone counts), `pull` what was seen gathered by module, `fixed` the modules that stay as they are."""

    def __init__(self, overlap: Numbers, pull: Numbers, fixed: npt.NDArray[np.bool_]) -> None:
        self._overlap, self._pull = overlap, pull
        middle = len(overlap) // 2
        near = overlap[middle, middle : middle + SIDE]
        line = near[np.abs(np.subtract.outer(np.arange(SIDE), np.arange(SIDE)))]
        self._within = np.kron(line, line).astype(np.float32)
        self._ways = _ways()
        self._own = np.einsum("ai,ij,aj->a", self._ways, self._within, self._ways, optimize=True).astype(np.float32)
        known = _squares(fixed)
        self._rows, self._columns = np.nonzero(~known.all(axis=-1))
        self._known = known[self._rows, self._columns]

    def misfit(self, ink: Numbers) -> float:
        """What the ink explains less than what was seen, up to what is the same for every ink."""
        return float((ink * (self._overlap @ ink @ self._overlap - 2 * self._pull)).sum())

    def settled(self, ink: Numbers) -> Numbers:
        """The ink, changed square by square as long as that explains more."""
        misfit = self.misfit(ink)
        for _ in range(PASSES):
            squares, linear = self._linear(ink, self._overlap @ ink @ self._overlap - self._pull, slice(None))
            energies = linear @ self._ways.T
            energies += self._own
            best = energies.argmin(axis=1)
            now = (squares * linear).sum(axis=1) + ((squares @ self._within) * squares).sum(axis=1)
            gain = now - energies[np.arange(len(best)), best]
            changed = self._changed(ink, gain, best)
            after = self.misfit(changed)
            if after >= misfit:
                break
            ink, misfit = changed, after
        return ink

    def cooled(self, ink: Numbers, noise: float, dice: np.random.Generator) -> Numbers:
        """The best ink on a walk that begins hot and ends at `noise`: what twice the sum of squares is divided by."""
        best, least = ink, self.misfit(ink)
        pull = self._overlap @ ink @ self._overlap - self._pull
        colours = [
            chosen
            for down in range(SIDE + APART)
            for across in range(SIDE + APART)
            if len(
                chosen := np.flatnonzero(
                    (self._rows % (SIDE + APART) == down) & (self._columns % (SIDE + APART) == across)
                )
            )
        ]
        for heat in noise * np.geomspace(HOT, 1, SWEEPS):
            for colour in dice.permutation(len(colours)):
                chosen = colours[colour]
                squares, linear = self._linear(ink, pull, chosen)
                energies = (linear @ self._ways.T + self._own) / np.float32(-heat)
                energies -= energies.max(axis=1, keepdims=True)
                shares = np.cumsum(np.exp(energies), axis=1)
                way = (shares < dice.random((len(chosen), 1)) * shares[:, -1:]).sum(axis=1)
                change = np.zeros_like(ink)
                moved = self._ways[np.minimum(way, len(self._ways) - 1)] - squares
                for place in range(SIDE * SIDE):
                    change[self._rows[chosen] + place // SIDE, self._columns[chosen] + place % SIDE] = moved[:, place]
                ink = ink + change
                pull = pull + self._overlap @ change @ self._overlap
            if (misfit := self.misfit(ink)) < least:
                best, least = ink, misfit
        return best

    def _linear(self, ink: Numbers, pull: Numbers, chosen: npt.NDArray[np.intp] | slice) -> tuple[Squares, Squares]:
        rows, columns, known = self._rows[chosen], self._columns[chosen], self._known[chosen]
        squares = _squares(ink)[rows, columns].astype(np.float32)
        squares[known] = 0  # counts as what stands around
        linear = 2 * (_squares(pull)[rows, columns].astype(np.float32) - squares @ self._within)
        linear[known] = FORBIDDEN
        return squares, linear

    def _changed(self, ink: Numbers, gain: Squares, best: npt.NDArray[np.intp]) -> Numbers:
        """The squares that gain most, none near another."""
        changed = ink.copy()
        free = np.ones(ink.shape, np.bool_)
        reach = SIDE + APART - 1
        for square in np.argsort(-gain):
            if gain[square] < LEAST_GAIN * self._own[1]:
                break
            row, column = self._rows[square], self._columns[square]
            if free[row, column]:
                part, way = changed[row : row + SIDE, column : column + SIDE], self._ways[best[square]]
                np.copyto(part, way.reshape(SIDE, SIDE), where=~self._known[square].reshape(SIDE, SIDE))
                free[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1] = False
        return changed


def _squares(of: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return sliding_window_view(of, (SIDE, SIDE)).reshape(len(of) - SIDE + 1, len(of) - SIDE + 1, -1)


@functools.cache
def _ways() -> Squares:
    """Every way in which the modules of a square can be ink or paper, one row each."""
    number = np.arange(2 ** (SIDE * SIDE))
    return (number[:, None] >> np.arange(SIDE * SIDE)[None] & 1).astype(np.float32)
