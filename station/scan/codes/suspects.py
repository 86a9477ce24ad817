"""Where a QR code may be: square patches that are half ink at a fine grain, which neither print nor pictures are.

Print covers a tenth to a quarter of its ground, a QR code half of it, and evenly so. Looking for that at a coarse
scale costs a few milliseconds a page and still works where the code is too small or too soft for a decoder to notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Gray, Mask

COARSE = 900
"""Pixels of the longer side at which patches are looked for."""

WINDOW = 13
"""Pixels of the coarse image over which ink is averaged: several modules of any code that can be read."""

LEAST_CONTRAST = 24
CONTRASTS_OF_PAGE = (0.35, 0.12)
"""Shares of the page's own contrast that a patch must have: noise and guilloche have little, and so has a pale code."""

GRAIN, QUIET = 1.75, 10
"""How many times the contrast of the quietest places a patch must have, and the percentile that tells it: in the dark
grain alone has a third of a code's contrast, and is half ink, too. Half of the strongest always suffices: there may be
no quiet place."""

INK = (0.3, 0.78)
CORE = 9
SMALLEST = 60
"""Pixels of the full image: 21 modules, the fewest that a code has, of three pixels; or 33 of less than two."""

WHOLE = 600
"""Pixels of the longer side of an image that is itself no more than a patch."""

FILL, SOLID = 0.66, 0.7
"""Least share of its turned square that a patch covers, and least share of itself that is no hole: a disc has the
contrast of ink and paper at its rim alone. Codes have 0.9 and more, under glare, too."""

ASPECT = 1.6
MOST = 6
MARGIN = 0.22
"""Share of its side that is cut out around a patch: the quiet zone and the modules at the rim."""


def suspects(gray: Gray) -> list[Box]:
    """Boxes, each with room for a quiet zone, the most square first; mostly none on a page without a code."""
    factor = max(1, round(max(gray.shape) / COARSE))
    mean = reduced(gray, factor)
    if min(mean.shape) < WINDOW:
        return []
    darkest, lightest = extremes(gray, factor, mean)
    contrast = cv2.subtract(lightest, darkest)
    white = cv2.subtract(lightest, cv2.blur(mean, (WINDOW, WINDOW))).astype(np.float32)
    ink = white / np.maximum(contrast, 1)
    half_ink = (ink > INK[0]) & (ink < INK[1])
    of_page = float(np.ptp(np.percentile(mean[::4, ::4], (1, 99))))
    quiet = float(np.percentile(contrast[::4, ::4], QUIET))
    least = max(LEAST_CONTRAST, min(GRAIN * quiet, contrast.max() / 2))
    graded: dict[Box, float] = {}
    for limit in dict.fromkeys(max(least, share * of_page) for share in CONTRASTS_OF_PAGE):
        for grade, patch in square_patches(half_ink & (contrast > limit), SMALLEST / factor):
            graded.setdefault(with_margin(patch, factor, gray.shape), grade)
    best = sorted(graded, key=lambda box: -graded[box])[:MOST]
    return [*best, (0, 0, gray.shape[1], gray.shape[0])] if max(gray.shape) <= WHOLE else best


def square_patches(mask: Mask, smallest: float) -> Iterator[tuple[float, Sequence[int]]]:
    """Connected patches that fill their turned rectangle, with how square they are, as x, y, width, height."""
    whole = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    solid = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((CORE, CORE), np.uint8))
    contours, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        left, top, wide, tall = box = cv2.boundingRect(contour)
        if max(wide, tall) < smallest:
            continue
        _, (width, height), _ = cv2.minAreaRect(contour)
        area = cv2.contourArea(contour)
        fill = area / max(1.0, width * height)
        aspect = max(width, height) / max(1.0, min(width, height))
        holes = cv2.countNonZero(solid[top : top + tall, left : left + wide]) < SOLID * area
        if fill > FILL and aspect < ASPECT and not holes:
            yield fill / aspect, box


def reduced(gray: Gray, factor: int) -> Gray:
    if factor == 1:
        return gray
    size = (gray.shape[1] // factor, gray.shape[0] // factor)
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def extremes(gray: Gray, factor: int, mean: Gray) -> tuple[Gray, Gray]:
    """The darkest and the lightest near each pixel of the coarse image, as fine as half the full resolution."""
    size = (mean.shape[1], mean.shape[0])
    fine = reduced(gray, 2) if factor > 2 else gray
    cell, window = np.ones((max(1, fine.shape[0] // size[1]),) * 2, np.uint8), np.ones((WINDOW, WINDOW), np.uint8)
    darkest = cv2.resize(cv2.erode(fine, cell), size, interpolation=cv2.INTER_NEAREST)
    lightest = cv2.resize(cv2.dilate(fine, cell), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.erode(darkest, window), np.uint8), np.asarray(cv2.dilate(lightest, window), np.uint8)


def with_margin(rect: Sequence[int], factor: int, shape: tuple[int, ...]) -> Box:
    left, top, width, height = (part * factor for part in rect)
    margin = round(MARGIN * max(width, height)) + WINDOW * factor // 2
    return (
        max(0, left - margin), max(0, top - margin),
        min(shape[1], left + width + margin), min(shape[0], top + height + margin),
    )  # fmt: skip
