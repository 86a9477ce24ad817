"""How light the paper and how dark the ink of a symbol is, from place to place: smooth fields fitted to the image."""

from __future__ import annotations

import functools

import numpy as np

from station.scan.codes.blurred.grid import Numbers
from station.scan.codes.blurred.placing import solved

WAVES = ((2, 1), (3, 2), (4, 2), (6, 2))
"""Half waves across the symbol that the paper's light and the contrast may have, more as more of the ink is known."""

CALM = (1e-5, 1e-4)
"""How much a wave of the paper's light and of the contrast is held back, beside the picture."""

CONTRASTS = (0.4, 2.5)
LEAST_CONTRAST = 3.0


def light(seen: Numbers, ink: Numbers, weight: Numbers, stage: int) -> tuple[Numbers, Numbers] | None:
    """Paper and contrast along the grid: what is seen is `paper - contrast * ink`. None where there is no contrast."""
    waves, of_contrast = WAVES[min(stage, len(WAVES) - 1)]
    papers, calm = _fields(len(ink), waves, waves)
    contrasts, calmer = _fields(len(ink), of_contrast, of_contrast - 1)
    rows = np.concatenate([papers, -contrasts * ink.reshape(-1)])
    bulk = float((weight * ink.reshape(-1) ** 2).sum())
    stiff = bulk * np.concatenate([CALM[0] * calm, CALM[1] * calmer])
    shares = solved(rows, seen.reshape(-1), weight, stiff)
    paper = (shares[: len(papers)] @ papers).reshape(ink.shape)
    contrast = (shares[len(papers) :] @ contrasts).reshape(ink.shape)
    usual = float(np.median(contrast))
    if usual <= LEAST_CONTRAST:
        return None
    return paper, np.clip(contrast, CONTRASTS[0] * usual, CONTRASTS[1] * usual)


@functools.lru_cache(maxsize=64)
def _fields(length: int, waves: int, together: int) -> tuple[Numbers, Numbers]:
    """Products of cosines, one row each, and the square of how often each swings."""
    at = (np.arange(length) + 0.5) / length
    cosines = np.cos(np.pi * at[None] * np.arange(waves)[:, None])
    pairs = [(down, across) for down in range(waves) for across in range(waves) if down + across <= together]
    rows = np.stack([np.outer(cosines[down], cosines[across]).reshape(-1) for down, across in pairs])
    return rows, np.array([down * down + across * across for down, across in pairs], np.float64)
