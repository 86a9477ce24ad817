"""Which of the found lines are none: how sure the network is, and how strong the ink is beside the page's other lines.

What shines through from the other side, the rest of a stamp whose colour has been taken out, or a dark spot look like
letters and are none: the first two are pale, the last has no paper between its strokes. A lone digit of a table, of
which the network is no surer than of these, is as black as its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from station.scan.image.arrays import Gray
from station.scan.image.percentile import percentiles
from station.scan.text.line_crop import Segment

LEAST = 0.57
"""Confidence below which nothing is a line."""

SURE = 0.85
LIKELY = 0.7
PALEST, PALE, FULL = 0.2, 0.4, 0.7
"""Strength beside the usual: less is none; less needs `SURE`; less needs `LIKELY`."""

PRINT = 0.75
"""Of the strongest lines' strength: the usual one is no less, though the waves of a patterned paper outnumber them."""

SOLID = 0.9
"""Of a piece of a line so much is dark at most."""

SAMPLES = 6
"""Pixels looked at for an x-height."""

WIDTH = 12
"""In x-heights: how much of a line's middle is looked at."""


def believed(segments: Sequence[Segment], image: Gray) -> list[Segment]:
    """The lines that are there; pixels of `image`."""
    looks = [_look(segment, image) for segment in segments]
    known = [
        strength
        for segment, (strength, _) in zip(segments, looks, strict=True)
        if segment.confidence >= SURE and not segment.handwritten
    ]
    usual = max(float(np.median(known)), PRINT * float(np.percentile(known, 90))) if known else 0.0
    return [
        segment
        for segment, (strength, dark) in zip(segments, looks, strict=True)
        if segment.confidence >= _needed(segment, strength, usual) and (segment.handwritten or dark < SOLID)
    ]


def _needed(segment: Segment, strength: float, usual: float) -> float:
    if segment.handwritten or not usual:  # pens differ in strength; and nothing to compare with
        return LIKELY
    if strength < PALEST * usual:
        return 1.0
    return SURE if strength < PALE * usual else LIKELY if strength < FULL * usual else LEAST


def _look(segment: Segment, image: Gray) -> tuple[float, float]:
    """How much darker than the paper the ink is in the line's middle, in grey levels; and how much of it is dark."""
    x = (segment.left + segment.right) / 2
    points = np.array(segment.baseline)
    base, half = (
        float(np.interp(x, points[:, 0], points[:, 1])),
        min(segment.right - segment.left, WIDTH * segment.x_height) / 2,
    )
    step = max(1, int(segment.x_height / SAMPLES))
    top, bottom = max(0, round(base - 1.4 * segment.x_height)), max(0, round(base + 0.1 * segment.x_height))
    piece = image[top : bottom + 1 : step, max(0, round(x - half)) : max(0, round(x + half)) + 1 : step]
    if not piece.size:
        return 0.0, 1.0
    ink, paper = percentiles(piece, 4, 96)
    return paper - ink, float((piece < 100).mean())
