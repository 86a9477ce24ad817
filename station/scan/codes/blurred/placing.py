"""Laying a grid on a symbol by what the standard fixes of it: which version, which place, how much blur."""

from __future__ import annotations

import functools
import math

import numpy as np

from station.scan.codes.blurred.finders import Three, threes
from station.scan.codes.blurred.grid import MOVES, Grid, Numbers, motions, sampled, slopes, spread, widening
from station.scan.codes.symbol_layout import LARGEST, UNKNOWN, patterns, side_of
from station.scan.image.arrays import Gray

SAMPLES = 2
NOISE = 0.06
"""Of a sample beside the contrast; bounds how much a sample that is surely known weighs."""

THREES, STARTS, PLACED, OF_VERSION = 12, 24, 6, 3
"""How many triples of finders are looked at; how many grids are fitted roughly, on a quarter of the samples, before
they are compared: aslant the true one explains less at first than many a wrong one; how many of them well, and how many
of one version."""

ROUGH_STEPS, STEPS = 5, 4
"""Steps in which a grid is fitted, roughly and then well."""

LEAST_MODULE = 1.1
"""Pixels of a module: of smaller ones a symbol's patterns cannot be told."""

FIRST_BLUR = 0.8
"""Blur in modules that a grid starts with: about as much as defeats every decoder."""

FIRST_THREES, HOPELESS = 3, 0.09
LEAST_ROUGHLY, NEARLY = 0.25, 0.35
LEAST_LIKE = 0.38
"""Shares of the picture that a grid must explain: the first ones at all, before and after it is fitted. Symbols under a
lamp's glare have 0.45, others 0.8 and more; print, photos and seals 0.1, and seldom 0.4."""

SAME = 1.0
"""Modules by which two grids of one version differ less at every corner where they are one."""

STIFF = 100.0
"""Added to the sum of weighted squares that tells each of the two ways of leaning: few samples do."""

FURTHEST = 1.0
"""Modules that a grid is moved by at most in one step, at its edge."""

SATURATED = 252
"""Levels of 255 from which on a sample only tells that it drowned in light."""


def placed(image: Gray) -> list[Grid]:
    """Grids that explain the image, the best first; mostly none where there is no symbol."""
    starts = _distinct(_rough(image), STARTS, STARTS)
    likely = _distinct(_fitted_to(image, starts, ROUGH_STEPS, 1), PLACED, OF_VERSION)
    found = _fitted_to(image, likely, STEPS, SAMPLES)
    return [grid for like, grid in sorted(found, key=_likeness) if like > LEAST_LIKE]


def _fitted_to(image: Gray, grids: list[Grid], steps: int, samples: int) -> list[tuple[float, Grid]]:
    """The grids moved to where they fit best, each with how much it explains then."""
    fitted = (refined(image, grid, steps, samples) for grid in grids)
    return [(explained(image, grid, samples), grid) for grid in fitted]


def _likeness(graded: tuple[float, Grid]) -> float:
    """Sorts those that explain most to the front."""
    return -graded[0]


def _distinct(graded: list[tuple[float, Grid]], most: int, of_version: int) -> list[Grid]:
    """So many that lie apart, so many of one version, the best first."""
    kept: list[Grid] = []
    for _, grid in sorted(graded, key=_likeness):
        alike = [one for one in kept if one.version == grid.version]
        if len(kept) < most and len(alike) < of_version and not any(_near(one, grid) for one in alike):
            kept.append(grid)
    return kept


def explained(image: Gray, grid: Grid, samples: int) -> float:
    """How much of what the known modules should show is seen: 1 where all is as it should be."""
    seen = sampled(image, grid, samples).reshape(-1)
    ink, doubt = _expected(grid.version, round(grid.sigma, 2), samples)
    weight = 1 / (doubt.reshape(-1) + NOISE**2)
    light = _light(len(ink))
    rest, _, contrast = _fitted(np.stack([*light, -ink.reshape(-1)]), seen, weight)
    if contrast <= 0:
        return 0.0
    plain, _, _ = _fitted(light, seen, weight)
    return 1 - float((weight * rest * rest).sum() / max(1e-9, float((weight * plain * plain).sum())))


def refined(image: Gray, grid: Grid, steps: int, samples: int) -> Grid:
    """Move the grid and its blur to where the known modules fit best."""
    side = grid.side
    for _ in range(steps):
        seen = sampled(image, grid, samples)
        sigma = round(grid.sigma, 2)
        ink, doubt = _expected(grid.version, sigma, samples)
        weight = ((seen < SATURATED) / (doubt + NOISE**2)).reshape(-1)
        light = _light(len(ink))
        rest, _, contrast = _fitted(np.stack([*light, -ink.reshape(-1)]), seen.reshape(-1), weight)
        known = _known(grid.version)
        one, more = spread(side, sigma, samples), widening(side, sigma, samples)
        down, across = slopes(ink, samples)
        changes = [-move for move in motions(side, across, down)]
        changes += [more @ known @ one.T + one @ known @ more.T, ink]
        rows = np.concatenate([np.reshape(changes, (len(changes), -1)), light])
        stiff = np.zeros(len(rows))
        stiff[MOVES - 2 : MOVES] = STIFF
        step = solved(rows, -rest / max(contrast, 1.0), weight, stiff)
        by = step[:MOVES] * min(1.0, FURTHEST / max(1e-9, float(np.abs(step[:MOVES]).max())))
        grid = grid.moved(by, min(0.15, max(-0.15, float(step[MOVES]))))
    return grid


def solved(rows: Numbers, target: Numbers, weight: Numbers, stiff: Numbers | float = 0.0) -> Numbers:
    """Least squares: how much of each row makes the target; none of any where no sample has weight, as in glare."""
    if not weight.any():
        return np.zeros(len(rows))
    heavy = rows * weight
    normal = heavy @ rows.T
    normal[np.diag_indices(len(normal))] += stiff + 1e-9 * np.trace(normal) / len(normal)
    return np.asarray(np.linalg.solve(normal, heavy @ target))


def _fitted(rows: Numbers, seen: Numbers, weight: Numbers) -> tuple[Numbers, Numbers, float]:
    """What is left of what was seen, the share of each row, and that of the last alone."""
    shares = solved(rows, seen, weight)
    return seen - shares @ rows, shares, float(shares[-1])


def _rough(image: Gray) -> list[tuple[float, Grid]]:
    """Grids straight through three finders, with how much they explain; none where that is nowhere enough."""
    found: list[tuple[float, Grid]] = []
    for number, three in enumerate(threes(image, THREES)):
        if number == FIRST_THREES and max((like for like, _ in found), default=0.0) < HOPELESS:
            return []
        length = math.sqrt(math.dist(three.corner, three.beside) * math.dist(three.corner, three.below))
        for version in range(1, LARGEST + 1):
            module = length / (side_of(version) - 7)
            if max(LEAST_MODULE, three.smallest) < module < three.largest:
                grid = _laid_on(three, version)
                found.append((explained(image, grid, 1), grid))
    best = max((like for like, _ in found), default=0.0)
    return [one for one in found if one[0] > max(LEAST_ROUGHLY, best - NEARLY)]


def _laid_on(three: Three, version: int) -> Grid:
    """Straight through three centres; how it leans is not known yet."""
    between = side_of(version) - 7
    across, down = (three.beside - three.corner) / between, (three.below - three.corner) / between
    origin = three.corner - 3.5 * (across + down)
    to_image = np.array([[across[0], down[0], origin[0]], [across[1], down[1], origin[1]], [0, 0, 1]])
    return Grid(version, to_image, FIRST_BLUR)


def _near(one: Grid, other: Grid) -> bool:
    module = math.dist(one.corners()[0], one.corners()[1]) / one.side
    return float(np.abs(one.corners() - other.corners()).max()) < SAME * module


@functools.lru_cache(maxsize=LARGEST)
def _known(version: int) -> Numbers:
    known = patterns(version)
    return np.where(known == UNKNOWN, 0.5, known)


@functools.lru_cache(maxsize=64)
def _expected(version: int, sigma: float, samples: int) -> tuple[Numbers, Numbers]:
    """The ink that is seen along the grid while only the patterns are known, and its variance."""
    one = spread(side_of(version), sigma, samples)
    open_modules = (patterns(version) == UNKNOWN) * 0.25
    return one @ _known(version) @ one.T, (one**2) @ open_modules @ (one**2).T


@functools.lru_cache(maxsize=32)
def _light(length: int) -> Numbers:
    """Even light, and light that grows across and down; one row each."""
    at = np.linspace(-1, 1, length)
    across, down = np.meshgrid(at, at)
    return np.stack([np.ones_like(across), across, down]).reshape(3, -1)
