"""Dotted, dashed and solid leaders, underlines and boxes taken off a form without taking letters along.

Tesseract turns leaders into junk letters; removing them was the largest single gain measured (`docs/reading.md`).
Lengths are in units of the print's own letter height, so resolution does not matter.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray, Mask, Points

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
    """Leader dots and dashes: runs of small marks, and single dots that show between the words typed on a leader."""
    left, top, wide, tall = (stats[:, column] for column in range(4))
    small = (tall <= max(3, 0.38 * unit)) & (wide <= 3 * unit)
    small[0] = False
    marks = (small[labels] * 255).astype(np.uint8)
    reach = max(3, round(0.9 * unit)) | 1
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, run_of, run_stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    kinds = np.flatnonzero(small)
    run = np.array(
        [
            # A mark belongs to the run at its own first pixel in its leftmost column.
            run_of[
                top[kind] + int(np.argmax(labels[top[kind] : top[kind] + tall[kind], left[kind]] == kind)), left[kind]
            ]
            for kind in kinds
        ],
        np.int64,
    )
    members = np.bincount(run, minlength=count)
    run_wide, run_tall = run_stats[:, cv2.CC_STAT_WIDTH], run_stats[:, cv2.CC_STAT_HEIGHT]
    long = (run_wide >= 1.6 * unit) & (run_tall <= max(4, 0.55 * unit)) & ((members >= 4) | (run_wide >= 4 * unit))
    long[0] = False
    gone = np.zeros(len(stats), bool)
    gone[kinds] = long[run]
    gone[kinds[~long[run]]] = stray(stats, kinds, run, long, unit)
    return ((gone[labels]) * 255).astype(np.uint8)


def stray(stats: Stats, kinds: Labels, run: Labels, long: Labels, unit: float) -> npt.NDArray[np.bool_]:
    """Which of the marks outside runs are dots of a leader all the same.

    They lie on the height of a run and in step with its dots; a full stop or the dot of an address, out of step,
    stays.
    """
    across = stats[kinds, cv2.CC_STAT_LEFT] + stats[kinds, cv2.CC_STAT_WIDTH] / 2
    down = stats[kinds, cv2.CC_STAT_TOP] + stats[kinds, cv2.CC_STAT_HEIGHT] / 2
    single = stats[kinds, cv2.CC_STAT_WIDTH] <= 0.45 * unit
    runs: list[tuple[float, Points, float]] = []
    order = np.argsort(run, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(run[order])) + 1):
        dotted = group[single[group]]
        if long[run[group[0]]] and len(dotted) >= 3:
            places = np.sort(across[dotted])
            gaps = np.diff(places)
            step = float(np.median(gaps))
            regular = gaps[np.abs(gaps - step) < 0.3 * step]
            if len(regular) >= 2:
                runs.append((float(np.median(down[dotted])), places, float(regular.mean())))
    if not runs:
        return np.zeros(int((~long[run]).sum()), bool)
    steps = np.array([step for _, _, step in runs])
    heights = np.array([height for height, _, _ in runs])
    page_step = float(np.median(steps))
    verdicts = []
    for place, height, alone in zip(across[~long[run]], down[~long[run]], single[~long[run]], strict=True):
        level = np.flatnonzero(np.abs(heights - height) <= max(2.0, 0.13 * unit))
        verdicts.append(bool(alone) and any(in_step(place, runs[index][1], page_step) for index in level))
    return np.array(verdicts, bool)


def in_step(place: float, places: Points, step: float) -> bool:
    """Whether a dot continues a run's spacing, seen from the run's nearer end and within reach of its precision."""
    end = places[0] if abs(place - places[0]) < abs(place - places[-1]) else places[-1]
    steps = abs(place - end) / step
    return bool(abs(steps - round(steps)) < 0.22 + min(0.28, steps * 0.004))


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
