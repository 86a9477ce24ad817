"""How a blur spreads a point, learnt from print itself: between paper and ink there was nothing before it.

A rough spread sharpens the image; of what comes out only the strongest edges are kept, made as steep as print has
them; and the spread that leads from these to the image as it is, is better than the one before. After Cho and Lee,
Fast Motion Deblurring (SIGGRAPH Asia 2009).
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray
from station.scan.image.deblur import Kernel, transfer

SIDE = 17
"""Pixels of the spreads that are learnt."""

ROUNDS = 3
NOISE = 0.02
"""Power of the grain beside the print's, which bounds how far a rough spread is taken back."""

GROUND = 25.0
"""Pixels over which the paper's light changes."""

EDGES = 0.06
"""Share of the pixels that are edges enough to learn from."""

STEEPER, SMOOTH = 3, (1.0, 2.0)
"""How often edges are made steeper, and within how much of the contrast and how many pixels grain is smoothed first."""

CALM = 0.1
"""How much spreads of all frequencies alike are preferred, beside the edges."""

FAINTEST, SMALLEST = 0.08, 0.1
"""Of the strongest share, what counts as none; and of the whole, what a patch apart from the rest must have."""

Plane = npt.NDArray[Any]
"""float32 or float64, height × width."""


def learnt(gray: Gray, spread: Kernel) -> Kernel:
    """The spread that explains the image, `SIDE` wide, to be begun with one that comes near it."""
    seen = gray.astype(np.float32)
    height, width = seen.shape
    rim = np.outer(np.hanning(height), np.hanning(width)).astype(np.float32) ** 0.25
    seen = (seen - cv2.GaussianBlur(seen, (0, 0), GROUND)) * rim
    waves = np.fft.rfft2(seen)
    slopes = [np.fft.rfft2(slope) for slope in _slopes(seen)]
    for _ in range(ROUNDS):
        passed = transfer(spread, (height, width))
        sharp = np.fft.irfft2(waves * np.conj(passed) / (np.abs(passed) ** 2 + NOISE), s=(height, width))
        edges = [np.fft.rfft2(edge) for edge in _strongest(_steep(sharp.astype(np.float32)))]
        shared = sum(np.conj(edge) * slope for edge, slope in zip(edges, slopes, strict=True))
        power = sum(np.abs(edge) ** 2 for edge in edges)
        spread = _proper(np.fft.irfft2(shared / (power + CALM * np.mean(power)), s=(height, width)))
    return spread


def _slopes(plane: Plane) -> tuple[Plane, Plane]:
    """To the next pixel on the right and below, around the rim."""
    return np.roll(plane, -1, 1) - plane, np.roll(plane, -1, 0) - plane


def _steep(sharp: Plane) -> Plane:
    """Grain smoothed away, and each side of an edge drawn to the level that it comes from."""
    sharp = cv2.bilateralFilter(sharp, 5, SMOOTH[0] * float(sharp.std()), SMOOTH[1])
    for _ in range(STEEPER):
        curved = cv2.Laplacian(cv2.GaussianBlur(sharp, (0, 0), 1.0), cv2.CV_32F)
        across, down = (cv2.Sobel(sharp, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
        sharp = sharp - 0.7 * np.sign(curved) * np.hypot(across, down)
    return np.asarray(sharp)


def _strongest(sharp: Plane) -> tuple[Plane, Plane]:
    across, down = _slopes(sharp)
    steep = np.hypot(across, down)
    edge = steep > np.quantile(steep, 1 - EDGES)
    return across * edge, down * edge


def _proper(spread: Plane) -> Kernel:
    """Cut to size around the middle, without what is too faint or lies apart, of sum 1, centred."""
    half = SIDE // 2
    kernel = np.roll(spread, (half, half), (0, 1))[:SIDE, :SIDE]
    kernel = np.where(kernel < FAINTEST * kernel.max(), 0, kernel)
    _, patches = cv2.connectedComponents((kernel > 0).astype(np.uint8), connectivity=8)
    shares = np.bincount(patches.ravel(), kernel.ravel())
    kernel = np.where(shares[patches] > SMALLEST * kernel.sum(), kernel, 0)
    kernel /= kernel.sum()
    rows, columns = np.mgrid[:SIDE, :SIDE]
    off = round(half - float((kernel * rows).sum())), round(half - float((kernel * columns).sum()))
    return np.asarray(np.roll(kernel, off, (0, 1)), np.float32)
