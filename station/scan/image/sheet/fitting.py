"""A rough quadrilateral moved to the edges of colour nearby."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Lab, Quad
from station.scan.image.searched import SEARCH_SIDE, in_lab
from station.scan.image.sheet.quads import crossing, normal
from station.scan.image.sheet.support import sampled
from station.scan.image.shrink import to_side

REFINED_SIDE = 2000
"""Pixels of the longer side at which corners are told to half a pixel: finer than any use of them."""


def fit(lab: Lab, quad: Quad, reach: float = 8.0) -> Quad | None:
    """Move each side to the strongest colour step within `reach` pixels of it, and intersect the sides anew."""
    lines = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = np.linspace(0.06, 0.94, 60)[:, None]
        points = start + along * (end - start)
        outward = normal(start, end)
        offsets = np.arange(-reach, reach + 0.5, 0.5)
        profile = sampled(lab, points[:, None, :] + offsets[None, :, None] * outward)
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


def refined(image: Colour, quad: Quad) -> Quad:
    """Fit once more at a larger size, within the error of the reduced image."""
    large, factor = to_side(image, REFINED_SIDE)
    reach = max(2.0, max(large.shape) / SEARCH_SIDE * 2.5)  # a step needs five samples, however small the image
    lab = in_lab(cv2.GaussianBlur(large, (0, 0), 1.5))
    rough = (quad + 0.5) / factor - 0.5
    again = fit(lab, rough, reach)
    if again is None or np.abs(again - rough).max() > 2 * reach:
        return quad
    return (again + 0.5) * factor - 0.5
