"""Quadrilaterals from straight edges: for a sheet that no threshold tells from what it lies on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import cv2
import numpy as np

from station.scan.image.arrays import Lab, Mask, Points, Quad

WEAK, STRONG = 18, 45
"""Canny's thresholds on each channel: a step of five levels suffices along an edge, eleven to begin one."""

LONG = 0.22
"""Share of the longer side that an edge has at least, and its gaps in pixels."""

GAP = 14
MOST = 7
"""Edges of each direction that are combined, the longest first."""

APART = 0.22
"""Share of the longer side that opposite edges lie apart at least."""

SAME = 5.0
"""Pixels by which the ends of one edge may miss the line of another and be the same."""


def edge_quads(lab: Lab) -> Iterator[Quad]:
    """Every two edges that run across with every two that run up and down."""
    level, upright = edges(lab)
    least = APART * max(lab.shape[:2])
    rows = [_sorted(one, other, 1) for one, other in combinations(level, 2) if _distance(one, other, 1) > least]
    columns = [_sorted(one, other, 0) for one, other in combinations(upright, 2) if _distance(one, other, 0) > least]
    for top, bottom in rows:
        for left, right in columns:
            pairs = ((top, left), (top, right), (bottom, right), (bottom, left))
            yield np.array([_crossing(one, other) for one, other in pairs], np.float64)


def edges(lab: Lab) -> tuple[list[Points], list[Points]]:
    """The longest straight steps of colour, level and upright, each as its two ends."""
    found: Mask = np.zeros(lab.shape[:2], np.uint8)
    for channel in range(3):
        plane = np.ascontiguousarray(lab[:, :, channel]).astype(np.uint8)
        found |= np.asarray(cv2.Canny(plane, WEAK, STRONG, L2gradient=True), np.uint8)
    length = LONG * max(found.shape)
    hits = cv2.HoughLinesP(found, 1, np.pi / 360, round(0.5 * length), minLineLength=length, maxLineGap=GAP)
    if hits is None:
        return [], []
    lines = hits.reshape(-1, 2, 2).astype(np.float64)
    lines = lines[np.argsort(-np.linalg.norm(lines[:, 1] - lines[:, 0], axis=1))]
    level: list[Points] = []
    upright: list[Points] = []
    for line in lines[:150]:
        across, down = np.abs(line[1] - line[0]).tolist()
        kept = level if across > down else upright
        if len(kept) < MOST and not any(_same(line, other) for other in kept):
            kept.append(line)
    return level, upright


def _same(line: Points, other: Points) -> bool:
    along = (other[1] - other[0]) / np.linalg.norm(other[1] - other[0])
    away = (line - other[0]) @ np.array([-along[1], along[0]])
    return bool(np.abs(away).max() < SAME)


def _distance(one: Points, other: Points, axis: int) -> float:
    return abs(float(one[:, axis].mean() - other[:, axis].mean()))


def _sorted(one: Points, other: Points, axis: int) -> tuple[Points, Points]:
    return (one, other) if one[:, axis].mean() < other[:, axis].mean() else (other, one)


def _crossing(one: Points, other: Points) -> Points:
    """Where a level and an upright line meet."""
    first, second = one[1] - one[0], other[1] - other[0]
    across = first[0] * second[1] - first[1] * second[0]
    offset = other[0] - one[0]
    return np.asarray(one[0] + first * (offset[0] * second[1] - offset[1] * second[0]) / (across or 1e-9))
