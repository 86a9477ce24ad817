"""Rough quadrilaterals from what differs from the rim in brightness or colour, and from the best sides of several."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from station.scan.image.arrays import Gray, Lab, Mask, Points, Quad
from station.scan.image.sheet.quads import SMALLEST_SHARE, crossing, in_order, normal
from station.scan.image.sheet.support import side_support

LARGEST_SHARE = 0.97
"""Share of the image above which a mask tells no sheet from what it lies on."""


def candidates(lab: Lab) -> Iterator[Quad]:
    """Rough quadrilaterals from masks of what differs from the rim."""
    for mask in _masks(lab):
        if not SMALLEST_SHARE < cv2.countNonZero(mask) / mask.size < LARGEST_SHARE:
            continue
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
        outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:2]:
            if cv2.contourArea(outline) < SMALLEST_SHARE * mask.size:
                continue
            if (quad := _four_corners(outline)) is not None:
                yield quad


def recombined(lab: Lab, quads: list[Quad]) -> Iterator[Quad]:
    """Quadrilaterals from the best sides of all: a shadow across the sheet may leave no candidate whole."""
    pools: list[list[tuple[Points, Points]]] = []
    for side in range(4):
        lines: list[tuple[float, Points, Points]] = []
        for quad in quads:
            start, end = quad[side], quad[(side + 1) % 4]
            if any(abs(normal(a, b) @ ((start + end) / 2 - a)) < 4 for _, a, b in lines):
                continue
            lines.append((side_support(lab, start, end), start, end))
        best = sorted(lines, key=lambda line: -line[0])[:3]
        pools.append([(start, end - start) for _, start, end in best])
    for combination in itertools.product(*pools):
        corners = [crossing(combination[side - 1], combination[side]) for side in range(4)]
        if all(corner is not None for corner in corners):
            yield np.array(corners, np.float64)


def _masks(lab: Lab) -> Iterator[Mask]:
    """Where the image is brighter than several thresholds, or differs in colour from the rim."""
    height, width = lab.shape[:2]
    light, *colours = channels = cv2.split(lab)
    rim = np.zeros((height, width), bool)
    rim[:4], rim[-4:], rim[:, :4], rim[:, -4:] = True, True, True, True
    # Chroma per lightness changes little under a shadow; the offset keeps noise in the dark small.
    tint = [(channel - 128.0) / (light + 30.0) * 128.0 for channel in colours]
    for planes in (tint, channels):
        levels = np.clip(_from_rim(planes, rim) * 2, 0, 255).astype(np.uint8)
        otsu, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)
        noise = float(np.percentile(levels[rim], 97))
        for threshold in (otsu, 0.6 * otsu, 0.35 * otsu, noise + 2):
            yield _above(levels, threshold)
    lightness = light.astype(np.uint8)
    otsu, _ = cv2.threshold(lightness, 0, 255, cv2.THRESH_OTSU)
    outside = float(np.median(lightness[rim]))
    inside = float(np.percentile(lightness[::4, ::4], 85))
    for threshold in (otsu, 0.8 * otsu, 1.15 * otsu, 0.5 * (outside + inside), 0.75 * outside + 0.25 * inside):
        yield _above(lightness, threshold)


def _above(levels: Gray, threshold: float) -> Mask:
    return np.asarray(cv2.threshold(levels, threshold, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _from_rim(planes: Sequence[Lab], rim: Mask) -> Lab:
    """How far each pixel's colour, channel by channel, is from the rim's."""
    return np.asarray(np.sqrt(sum((plane - float(np.median(plane[rim]))) ** 2 for plane in planes)), np.float32)


def _four_corners(outline: Points) -> Quad | None:
    """The quadrilateral that the convex hull comes down to."""
    hull = cv2.convexHull(outline)
    length = cv2.arcLength(hull, closed=True)
    for tolerance in (0.015, 0.025, 0.04, 0.06):
        corners = cv2.approxPolyDP(hull, tolerance * length, closed=True)
        if len(corners) == 4:
            return in_order(corners.reshape(4, 2).astype(np.float64))
    return None
