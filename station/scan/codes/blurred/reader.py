"""Reading one blurred symbol from a piece of an image: place grids, solve, mend, and let the decoder say the text."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from station.dossier.reading import Box
from station.scan.codes.blurred.grid import Grid, Numbers
from station.scan.codes.blurred.placing import placed
from station.scan.codes.blurred.solving import Solution, Solver
from station.scan.codes.codewords import likely_format, mended
from station.scan.codes.symbol_layout import Modules, patterns
from station.scan.image.arrays import Gray

ROUNDS, COOL = 80, 4
"""Rounds of solving that one image is worth, and how many of them a cooling one counts as: a symbol that is solved for
to the end takes 36, and to tell that a piece of print is none takes 12."""

LARGEST = 420
"""Pixels of a side: more tell nothing new about a symbol that every decoder fails at."""


@dataclass(frozen=True)
class Stage:
    """How many grids, those that fit best, are solved for in how many rounds, where they fit so well at least; and
    whether far and wide."""

    grids: int
    rounds: int
    misfit: float
    cool: bool


STAGES = (Stage(6, 2, np.inf, False), Stage(2, 8, 0.09, False), Stage(1, 2, 0.05, True))
"""Symbols come to a misfit of 0.01 to 0.04, of which most is the sensor's grain; what is no symbol stays above 0.06."""

BLUREST = 1.3
"""Blur in modules of which more than a few rounds are worth it: what is no symbol fits best with the widest."""

FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
QUIET, MODULE = 4, 4
REMEMBERED = 0.5


@dataclass(frozen=True)
class Symbol:
    """What the decoder made of the symbol as it was solved, and the upright box around it in pixels."""

    payload: bytes
    box: Box


@dataclass
class Allowance:
    """What is left of an image's rounds, for all pieces of it together: nobody waits for a minute for codes."""

    rounds: int = ROUNDS

    def take(self, stage: Stage) -> bool:
        """One more round of this stage; False where nothing is left for it."""
        self.rounds -= COOL if stage.cool else 1
        return self.rounds >= 0


def read_blurred(image: Gray, allowance: Allowance) -> Symbol | None:
    """The one symbol on this piece of an image; None where there is none or it cannot be told.

    The work is bounded: so many grids, so many rounds. What is returned has passed every block's check codewords.
    """
    smaller = min(1.0, LARGEST / max(image.shape))
    if smaller < 1:
        image = np.asarray(cv2.resize(image, None, fx=smaller, fy=smaller, interpolation=cv2.INTER_AREA), np.uint8)
    attempts = [_Attempt(image, grid) for grid in placed(image)[: STAGES[0].grids]]
    for stage in STAGES:
        attempts.sort(key=lambda one: one.misfit)
        for attempt in attempts[: stage.grids]:
            for _ in range(stage.rounds if attempt.worth(stage) else 0):
                if not allowance.take(stage):
                    return None
                if (payload := attempt.proceed(stage.cool)) is not None:
                    return Symbol(payload, _box(attempt.grid, smaller))
    return None


class _Attempt:
    """One grid, solved round by round; blocks that are proved help to solve the rest."""

    def __init__(self, image: Gray, grid: Grid) -> None:
        self.grid = grid
        self.misfit = 0.0
        self._solver = Solver(image, grid, patterns(grid.version))
        self._usual: Numbers | None = None

    def worth(self, stage: Stage) -> bool:
        return self.misfit < stage.misfit and (stage is STAGES[0] or self.grid.sigma < BLUREST)

    def proceed(self, cool: bool) -> bytes | None:
        """One more round; the payload where that solved it."""
        solution = self._solver.round(cool)
        if solution is None:
            self.misfit = np.inf
            return None
        self.grid, self.misfit = solution.grid, solution.misfit
        version = self.grid.version
        chosen = likely_format(solution.ink, version)
        symbol = mended(solution.ink, self._certain(solution), version, chosen)
        if symbol.whole:
            return decoded(symbol.modules)
        self._solver.known = symbol.modules
        return None

    def _certain(self, solution: Solution) -> Numbers:
        """Modules that stay what they are from round to round, and that could be seen, are to be believed."""
        usual = solution.ink if self._usual is None else self._usual
        self._usual = usual + REMEMBERED * (solution.ink - usual)
        return np.asarray(np.abs(self._usual - 0.5) * solution.seen)


def decoded(modules: Modules) -> bytes | None:
    """What the decoder reads from a symbol drawn clean; None where it finds no text."""
    drawn = np.pad(np.where(modules == 1, 0, 255).astype(np.uint8), QUIET, constant_values=255)
    drawn = drawn.repeat(MODULE, axis=0).repeat(MODULE, axis=1)
    for barcode in zxingcpp.read_barcodes(drawn, formats=FORMATS, is_pure=True):
        if barcode.valid and barcode.bytes:
            return bytes(barcode.bytes)
    return None


def _box(grid: Grid, smaller: float) -> Box:
    corners = grid.corners() / smaller
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return round(left), round(top), round(right), round(bottom)
