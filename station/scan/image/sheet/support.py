"""What speaks for a quadrilateral: steps of colour at its sides, and evenness within."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Lab, Points, Quad
from station.scan.image.sheet.quads import normal

NEAR = 3.0
"""Pixels from a side, inwards and outwards, at which its step is looked for; as far out again there is none."""

STEP, BY_FURTHER_OUT = 6.0, 0.8
"""Difference of colours that is a step, and how large it must be by that of the colours further out."""

SEEN, NEITHER = 0.3, 0.55
"""Share of a side's samples whose outside is seen, below which it lies on the image's own rim; and what support it has
then: nothing speaks for it or against it."""

JUMP, MOST_JUMPS = 10.0, 6
"""A jump of colour between neighbouring samples, and how many of 196 a sheet may have: a shadow, a finger, a seal."""

BEYOND_FRAMES, UNLIKE = 9.0, 6.0
"""Pixels from a side at which colours are compared, and how much they differ between a sheet and a desk."""


def support(lab: Lab, quad: Quad) -> float:
    """How well the sides are borne out, 0 to 1; the weakest counts most."""
    shares = [side_support(lab, start, end) for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True)]
    weakest, *others = sorted(shares)
    return 0.6 * weakest + 0.4 * float(np.mean(others))


def side_support(lab: Lab, start: Points, end: Points) -> float:
    """The share of a side's samples with a step from inside to outside just there, and none further out."""
    height, width = lab.shape[:2]
    along = np.linspace(0.04, 0.96, 50)[:, None]
    points = start + along * (end - start)
    outward = normal(start, end)
    outside = points + NEAR * outward
    seen = (outside[:, 0] > 0) & (outside[:, 0] < width - 1) & (outside[:, 1] > 0) & (outside[:, 1] < height - 1)
    if seen.mean() < SEEN:
        return NEITHER
    inner = sampled(lab, (points - NEAR * outward)[None])[0]
    outer = sampled(lab, outside[None])[0]
    further = sampled(lab, (points + 2 * NEAR * outward)[None])[0]
    step = np.linalg.norm(inner - outer, axis=1)
    return float(np.mean((step > STEP) & (step > BY_FURTHER_OUT * np.linalg.norm(outer - further, axis=1)) & seen))


def contrast(lab: Lab, quad: Quad) -> float:
    """How much the colours well inside and well outside differ, on the side where it is least.

    On both sides of a frame, a rule or a line of print lies the same paper.
    """
    along = np.linspace(0.1, 0.9, 40)[:, None]
    least = np.inf
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        points, outward = start + along * (end - start), normal(start, end)
        inner, outer = (sampled(lab, (points + away * outward)[None])[0] for away in (-BEYOND_FRAMES, BEYOND_FRAMES))
        least = min(least, float(np.linalg.norm(np.median(inner, axis=0) - np.median(outer, axis=0))))
    return least


def jumps_inside(lab: Lab, quad: Quad) -> int:
    """How often the colour jumps on a way round just inside the sides: paper is even, checks and boards are not."""
    along = np.linspace(0.04, 0.96, 50)[:, None]
    jumps = 0
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        inner = sampled(lab, (start + along * (end - start) - 4.0 * normal(start, end))[None])[0]
        jumps += int((np.linalg.norm(np.diff(inner, axis=0), axis=1) > JUMP).sum())
    return jumps


def sampled(lab: Lab, points: Points) -> Lab:
    """Bilinear colours at many points at once."""
    return np.asarray(
        cv2.remap(
            lab,
            points[..., 0].astype(np.float32),
            points[..., 1].astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )
