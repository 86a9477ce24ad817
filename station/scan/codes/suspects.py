"""Where a QR code may be: square patches that are half ink at a fine grain, which neither print nor pictures are.

Print covers a tenth to a quarter of its ground, a QR code half of it, and evenly so. Looking for that at a coarse
scale costs a few milliseconds a page and still works where the code is too small or too soft for a decoder to notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from station.dossier.reading import Box
from station.scan.codes.one_way import keeps_one_way
from station.scan.image.arrays import Gray, Mask
from station.scan.image.components import labelled

COARSE = 900
"""Pixels of the longer side at which patches are looked for."""

WINDOW = 13
"""Pixels of the coarse image over which ink is averaged: several modules of any code that can be read."""

LEAST_CONTRAST = 24
"""Levels of 255: what has less is paper, however soft a code may be."""

CONTRASTS_OF_PAGE = (0.35, 0.12)
"""Shares of the page's own contrast that a patch must have: noise and guilloche have little, and so has a pale code."""

GRAIN, QUIET = 1.75, 10
"""How many times the contrast of the quietest places a patch must have, and the percentile that tells it: in the dark
grain alone has a third of a code's contrast, and is half ink, too. Half of the strongest contrast is asked at most."""

MOST_GRAIN = 48
"""Levels of 255 that suffice for a further look, whatever the quietest places have: where a code nearly fills the
picture they are its own parts in shadow. Grain of cards has 14 to 33 levels."""

INK = (0.3, 0.78)
"""Share of a patch that is ink: a code's, and what blur and glare make of it."""

CORE = 9
"""Coarse pixels that a patch is wide at least, everywhere: lines of print that hang on to it are cut off."""

SMALLEST = 60
"""Pixels of the full image: 21 modules, the fewest that a code has, of three pixels; or 33 of less than two."""

WHOLE = 600
"""Pixels of the longer side of an image that is itself no more than a patch."""

FILL, SOLID = 0.66, 0.7
"""Least share of its turned square that a patch covers, and least share of itself that is no hole: a disc or a frame
has the contrast of ink and paper at its rim alone. Codes have 0.9 and more, under glare, too."""

ASPECT = 1.6
"""Longer side of the turned square by the shorter at most: a code seen far aslant."""

MOST = 6
"""Patches of one image that are told: each is looked into several times."""

MARGIN = 0.22
"""Share of its side that is cut out around a patch: the quiet zone and the modules at the rim."""


def suspects(gray: Gray, shaken: bool = False) -> list[Box]:
    """Boxes, each with room for a quiet zone, the most square first; mostly none on a page without a code.

    Edges that keep to one direction speak against a patch, unless the picture is `shaken`: all edges do so there.
    An image that is no more than a patch is itself the last of them, whatever stands beside a code on it.
    """
    factor = max(1, round(max(gray.shape) / COARSE))
    if min(gray.shape) < WINDOW * factor:
        return []
    mean = reduced(gray, factor)
    darkest, lightest = extremes(gray, factor, mean)
    contrast = cv2.subtract(lightest, darkest)
    white = cv2.subtract(lightest, cv2.blur(mean, (WINDOW, WINDOW))).astype(np.float32)
    ink = white / np.maximum(contrast, 1)
    half_ink = (ink > INK[0]) & (ink < INK[1])
    of_page = float(np.ptp(np.percentile(mean[::4, ::4], (1, 99))))
    quiet = float(np.percentile(contrast[::4, ::4], QUIET))
    floor = min(GRAIN * quiet, float(contrast.max()) / 2)
    floors = [max(LEAST_CONTRAST, floor), max(LEAST_CONTRAST, min(floor, MOST_GRAIN))]
    graded: dict[Box, float] = {}
    for limit in dict.fromkeys(max(least, share * of_page) for least in floors for share in CONTRASTS_OF_PAGE):
        for grade, patch in square_patches(half_ink & (contrast > limit), SMALLEST / factor):
            graded.setdefault(with_margin(patch, factor, gray.shape), grade)
    best = sorted(graded, key=lambda box: -graded[box])[:MOST]
    told = [box for box in best if shaken or not keeps_one_way(cut(gray, box))]
    whole = (0, 0, gray.shape[1], gray.shape[0])
    return [*told, whole] if max(gray.shape) <= WHOLE and whole not in told else told


def square_patches(mask: Mask, smallest: float) -> Iterator[tuple[float, Sequence[int]]]:
    """Connected patches that fill their turned rectangle, with how square they are, as x, y, width, height."""
    whole = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    solid = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((CORE, CORE), np.uint8))
    labels, stats = labelled(solid)
    for label, (left, top, wide, tall, pixels) in enumerate(stats[1:].tolist(), 1):
        if max(wide, tall) < smallest:
            continue
        own = (labels[top : top + tall, left : left + wide] == label).astype(np.uint8)
        [contour], _ = cv2.findContours(own, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        _, (width, height), _ = cv2.minAreaRect(contour)
        area = cv2.contourArea(contour)
        fill = area / max(1.0, width * height)
        aspect = max(width, height) / max(1.0, min(width, height))
        if fill > FILL and aspect < ASPECT and pixels > SOLID * area:
            yield fill / aspect, (left, top, wide, tall)


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


def cut(gray: Gray, box: Box) -> Gray:
    left, top, right, bottom = box
    return gray[top:bottom, left:right]


def with_margin(rect: Sequence[int], factor: int, shape: tuple[int, ...]) -> Box:
    left, top, width, height = (part * factor for part in rect)
    margin = round(MARGIN * max(width, height)) + WINDOW * factor // 2
    return (
        max(0, left - margin), max(0, top - margin),
        min(shape[1], left + width + margin), min(shape[0], top + height + margin),
    )  # fmt: skip
