"""A rough quadrilateral moved to the edges of colour nearby."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Lab, Points, Quad
from station.scan.image.searched import SEARCH_SIDE, in_lab
from station.scan.image.sheet.quads import crossing, normal
from station.scan.image.sheet.support import sampled
from station.scan.image.shrink import to_side

REFINED_SIDE = 2000
"""Pixels of the longer side at which corners are told to half a pixel: finer than any use of them."""

SOFT, BESIDE = 1.5, 8
"""Blur of the larger image in pixels, and how many more around what is looked at bear on it."""

PIECES = 6
"""Of a side, which are looked at in a box each: the shorter a line that leans, the less else its box holds."""


def fit(lab: Lab, quad: Quad, reach: float = 8.0) -> Quad | None:
    """Move each side to the strongest colour step within `reach` pixels of it, and intersect the sides anew."""
    return _fitted(partial(sampled, lab), quad, reach)


def refined(image: Colour, quad: Quad) -> Quad:
    """Fit once more at a larger size, within the error of the reduced image."""
    large, factor = to_side(image, REFINED_SIDE)
    reach = max(2.0, max(large.shape) / SEARCH_SIDE * 2.5)  # a step needs five samples, however small the image
    rough = (quad + 0.5) / factor - 0.5
    again = _fitted(partial(_softly, large), rough, reach)
    if again is None or np.abs(again - rough).max() > 2 * reach:
        return quad
    return (again + 0.5) * factor - 0.5


def _fitted(colours: Callable[[Points], Lab], quad: Quad, reach: float) -> Quad | None:
    lines = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = np.linspace(0.06, 0.94, 60)[:, None]
        points = start + along * (end - start)
        outward = normal(start, end)
        offsets = np.arange(-reach, reach + 0.5, 0.5)
        profile = colours(points[:, None, :] + offsets[None, :, None] * outward)
        step = np.linalg.norm(profile[:, 4:] - profile[:, :-4], axis=2)
        # The outermost strong step: print near the edge must not draw the side inwards.
        strong = step >= 0.7 * step.max(axis=1, keepdims=True)
        outermost = step.shape[1] - 1 - np.argmax(strong[:, ::-1], axis=1)
        found = points + (offsets[outermost + 2])[:, None] * outward
        line = cv2.fitLine(found.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((line[2:].astype(np.float64), line[:2].astype(np.float64)))
    corners = [crossing(lines[side - 1], lines[side]) for side in range(4)]
    if any(corner is None for corner in corners):
        return None
    return np.array(corners, np.float64)


def _softly(image: Colour, points: Points) -> Lab:
    """Colours of the blurred image at points along a line, rows × columns × 2; blurred is only what is around them."""
    return np.concatenate([_softly_there(image, piece) for piece in np.array_split(points, PIECES)])


def _softly_there(image: Colour, points: Points) -> Lab:
    last = np.array([image.shape[1] - 1, image.shape[0] - 1])
    within = np.clip(points, 0, last)
    left, top = first = np.maximum(np.floor(within.min(axis=(0, 1))) - BESIDE, 0).astype(int)
    right, bottom = np.ceil(within.max(axis=(0, 1))).astype(int) + BESIDE
    part = image[top : bottom + 1, left : right + 1]
    return sampled(in_lab(cv2.GaussianBlur(part, (0, 0), SOFT)), points - first)
