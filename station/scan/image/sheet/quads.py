"""Quadrilaterals: their sides, angles and proportions, and how they lie in the image."""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from station.scan.image.arrays import Points, Quad

SMALLEST_SHARE = 0.12
"""Share of the image that a sheet covers at least."""

RIM = 5.0
"""Pixels at the search size within which a side lies on the image's own rim."""

WHOLE = 0.012
"""A quadrilateral whose corners all lie this near the image's own is the image: a scan, not a photograph."""


def in_order(corners: Points) -> Quad:
    """Clockwise from the corner nearest the top left."""
    middle = corners.mean(axis=0)
    turn = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(turn)]
    return np.asarray(np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0))


def corners_of(left: float, top: float, right: float, bottom: float) -> Quad:
    """The corners of a box."""
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def sides(quad: Quad) -> tuple[float, float]:
    """Mean length across and down."""
    lengths = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2


def proportion(quad: Quad) -> float:
    """Long side by short side, foreshortening ignored."""
    across, down = sides(quad)
    return max(across, down) / max(1e-6, min(across, down))


def plausible(quad: Quad, shape: tuple[int, ...]) -> bool:
    """Convex, large enough, corners near or inside the image, angles between 60° and 120°."""
    height, width = shape[:2]
    if not cv2.isContourConvex(quad.astype(np.float32)):
        return False
    if cv2.contourArea(quad.astype(np.float32)) < SMALLEST_SHARE * height * width:
        return False
    beyond = 0.08 * max(height, width)
    if (quad < -beyond).any() or (quad > np.array([width, height]) + beyond).any():
        return False
    return plausible_angles(quad)


def plausible_angles(quad: Quad) -> bool:
    """Whether the corners are between 60° and 120°."""
    edges = np.roll(quad, -1, axis=0) - quad
    edges /= np.linalg.norm(edges, axis=1, keepdims=True)
    return all(abs(float(one @ other)) < 0.5 for one, other in itertools.pairwise([*edges, edges[0]]))


def on_rim(start: Points, end: Points, shape: tuple[int, ...]) -> bool:
    """Whether a side lies along one of the image's own."""
    ends = np.array([start, end])
    height, width = shape[:2]
    near = (ends < RIM, ends > np.array([width - 1, height - 1]) - RIM)
    return bool(any(each.all(axis=0).any() for each in near))


def touches_corners(quad: Quad, shape: tuple[int, ...]) -> bool:
    """Whether it is the image itself."""
    height, width = shape[:2]
    return bool(np.abs(quad - corners_of(0, 0, width - 1, height - 1)).max() < WHOLE * max(height, width))


def normal(start: Points, end: Points) -> Points:
    """The unit vector that points out of a clockwise quadrilateral."""
    along = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
    return np.array([along[1], -along[0]])


def crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two lines (point, direction) meet."""
    matrix = np.stack([one[1] / np.linalg.norm(one[1]), -other[1] / np.linalg.norm(other[1])], axis=1)
    if abs(np.linalg.det(matrix)) < 0.3:
        return None
    return np.asarray(one[0] + np.linalg.solve(matrix, other[0] - one[0])[0] * matrix[:, 0])
