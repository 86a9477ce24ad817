"""Dotted, dashed and solid leaders, underlines and boxes taken off a form without taking letters along.

Tesseract turns leaders into junk letters; removing them was the largest single gain measured (`docs/reading.md`).
Lengths are in units of the print's own letter height, so resolution does not matter.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray, Mask

INK = 185
"""Grey below which a pixel is ink once the page is even and stretched; leader dots are fainter than letters."""

Labels: TypeAlias = npt.NDArray[Any]
Stats: TypeAlias = npt.NDArray[Any]


def without_leaders(gray: Gray) -> Gray:
    """An even, upright page with leaders and ruled lines painted paper-white."""
    ink = ((gray < INK) * 255).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    unit = letter_height(stats)
    if unit is None:
        return gray
    gone = dots(labels, stats, unit)
    gone |= rules(ink, unit)
    gone |= boxes(labels, stats, unit)
    # One pixel around what goes, for the soft rim, but never into ink that stays.
    rim = cv2.dilate(gone, np.ones((3, 3), np.uint8))
    kept = cv2.bitwise_and(ink, cv2.bitwise_not(gone))
    rim = cv2.bitwise_and(rim, cv2.bitwise_not(cv2.dilate(kept, np.ones((3, 3), np.uint8))))
    cleaned = gray.copy()
    cleaned[(gone | rim) > 0] = 255
    return cleaned


def print_height(gray: Gray) -> float | None:
    """The height of the page's letters in pixels, from an even and stretched page."""
    ink = ((gray < INK) * 255).astype(np.uint8)
    return letter_height(cv2.connectedComponentsWithStats(ink, connectivity=8)[2])


def letter_height(stats: Stats) -> float | None:
    """The median height of letter-like components in pixels, or None where hardly anything is printed."""
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = height[(height >= 8) & (height <= 90) & (width <= 3 * height) & (width * 6 >= height)]
    return float(np.median(letters)) if len(letters) >= 20 else None


def dots(labels: Labels, stats: Stats, unit: float) -> Mask:
    """Runs of at least four small marks on one height, near each other; also dashes in a row."""
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = (height <= max(3, 0.38 * unit)) & (width <= 3 * unit)
    small[0] = False
    marks = (small[labels] * 255).astype(np.uint8)
    reach = max(3, round(0.9 * unit)) | 1
    runs = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, run_of, run_stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    # How many marks each run joins: every mark belongs to the run at its own first pixel.
    kinds = np.flatnonzero(small)
    tops = stats[kinds, cv2.CC_STAT_TOP]
    heights = stats[kinds, cv2.CC_STAT_HEIGHT]
    lefts = stats[kinds, cv2.CC_STAT_LEFT]
    members = np.zeros(count, np.int32)
    inks = np.zeros(count, np.int64)
    for kind, top, tall, left in zip(kinds, tops, heights, lefts, strict=True):
        column = labels[top : top + tall, left]
        run = run_of[top + int(np.argmax(column == kind)), left]
        members[run] += 1
        inks[run] += stats[kind, cv2.CC_STAT_WIDTH]
    wide, tall_run = run_stats[:, cv2.CC_STAT_WIDTH], run_stats[:, cv2.CC_STAT_HEIGHT]
    leader = (wide >= 1.6 * unit) & (tall_run <= max(4, 0.55 * unit)) & ((members >= 4) | (wide >= 4 * unit))
    leader[0] = False
    return cv2.bitwise_and(marks, (leader[run_of] * 255).astype(np.uint8)).astype(np.uint8)


def rules(ink: Mask, unit: float) -> Mask:
    """Thin horizontal lines of three letter heights or more, open where a stroke of print crosses them."""
    length = max(24, round(3 * unit))
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    thin = stats[:, cv2.CC_STAT_HEIGHT] <= max(6, 0.4 * unit)
    thin[0] = False
    lines = (thin[labels] * 255).astype(np.uint8)
    return without_crossings(lines, ink, vertical=True)


def boxes(labels: Labels, stats: Stats, unit: float) -> Mask:
    """The ruling of tables and of boxes for single digits: long straight strokes of large components."""
    large = (stats[:, cv2.CC_STAT_WIDTH] > 5 * unit) & (stats[:, cv2.CC_STAT_HEIGHT] > 1.5 * unit)
    large[0] = False
    frame = (large[labels] * 255).astype(np.uint8)
    if not frame.any():
        return frame
    length = max(16, round(1.8 * unit))
    upright = cv2.morphologyEx(frame, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    flat = cv2.morphologyEx(frame, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return cv2.bitwise_or(upright, without_crossings(flat, frame, vertical=True)).astype(np.uint8)


def without_crossings(lines: Mask, ink: Mask, *, vertical: bool) -> Mask:
    """The lines less those pixels where ink goes on both above and below them (or left and right)."""
    shape = (5, 1) if vertical else (1, 5)
    beside = cv2.bitwise_and(ink, cv2.bitwise_not(lines))
    ones = np.ones(shape, np.uint8)
    above = cv2.dilate(beside, ones, anchor=(0, 4) if vertical else (4, 0), iterations=2)
    below = cv2.dilate(beside, ones, anchor=(0, 0), iterations=2)
    crossed = cv2.bitwise_and(above, below)
    return cv2.bitwise_and(lines, cv2.bitwise_not(crossed)).astype(np.uint8)
