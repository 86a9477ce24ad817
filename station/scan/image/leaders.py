"""Dotted and dashed leaders, rules of tables and boxes taken off a form without taking letters along.

A reader of print makes letters of dots (`docs/measured-reading.md` says what taking them off is worth). Solid lines
that are written on stay: taken off, they take along the dots that touch them (decision 0121).
Lengths are in units of the print's own letter height, so resolution does not matter.
"""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Gray, Labels, Mask, Places, Stats
from station.scan.image.components import Components, labelled
from station.scan.image.leader_beat import beat, none_of_it, parted
from station.scan.image.steps import ALL, Step
from station.scan.image.struck_through import between_letters

INK = 170
"""Grey below which a pixel is ink once the page is even and stretched; leader dots are fainter than letters."""

FAINT, PIECES = 210, 0.12
"""Grey below which it is faint ink, and share of a run's marks from which pieces of letters make it no leader: leaders
have 0.1 at most."""

FEWEST = 20
"""Letters from which anything is printed."""

SPECK = 0.5
"""Share of the height in the middle of all heights laid end to end, below which the usual mark is no letter: noise has
0.35 at most, print 0.55 at least."""

LINK = 16
"""Steps of a leader that two of its dots may lie apart: a long word."""

ROW = 4
"""Letter heights that parts of one leader lie apart at most, where words stand on it."""

IN_STEP = 0.2
"""Share of a step by which a dot may be out of place."""

LEVEL = 4.0
"""Letter heights that the longest level rule of a frame has at least."""

THICK = 0.4
"""Letter heights from which a straight stroke is no ruled line."""

REACH = 12
"""Pixels around a ruled line in which what is left of it may lie."""

COMMA = 1.6
"""How many times as high as the usual mark of its run, and a pixel more, a mark is that is a comma and no dot of it."""

NARROWED = 4
"""How much narrower the image is in which runs of dots are looked for."""


def without_leaders(gray: Gray, steps: frozenset[Step] = ALL) -> Gray:
    """An even, upright page with dotted and dashed leaders, tables' rules and boxes painted white."""
    ink = np.asarray(cv2.threshold(gray, INK - 1, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    found = Components.of_mask(ink)
    unit = letter_height(found.stats)
    if unit is None or Step.LEADERS not in steps:
        return gray
    lines = boxes(found, unit)
    gone = cv2.bitwise_or(dots(gray, ink, found, unit), lines)
    kept = cv2.bitwise_and(ink, cv2.bitwise_not(gone))
    gone = cv2.bitwise_or(gone, splinters(kept, lines, unit))
    # One pixel around what goes, for the soft rim, but never into ink that stays.
    kept = cv2.bitwise_and(kept, cv2.bitwise_not(gone))
    rim = cv2.bitwise_and(
        cv2.dilate(gone, np.ones((5, 5), np.uint8)), cv2.bitwise_not(cv2.dilate(kept, np.ones((3, 3), np.uint8)))
    )
    return np.asarray(cv2.max(gray, cv2.bitwise_or(gone, rim)), np.uint8)


def splinters(kept: Mask, lines: Mask, unit: float) -> Mask:
    """What is left along a ruled line that is not quite straight: slivers that lie almost wholly beside it."""
    if not lines.any():
        return lines
    near = rows_near(lines, 2 * REACH)
    beside = np.asarray(cv2.dilate(lines[near], np.ones((9, 9), np.uint8)), np.uint8)
    # Slivers reach no further; a letter's foot that is cut off here lies outside by more than a sliver may.
    around = cv2.dilate(beside, np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8))
    found = Components.of_mask(np.asarray(cv2.bitwise_and(kept[near], around), np.uint8))
    wide, tall, area = (found.stats[:, column] for column in (2, 3, 4))
    sliver = (np.minimum(wide, tall) <= max(4, 0.25 * unit)) & (found.counted_in(beside) >= 0.85 * area)
    sliver[0] = False
    splinter = np.zeros_like(lines)
    splinter[near] = found.mask(sliver)
    return splinter


def letter_height(stats: Stats) -> float | None:
    """The median height of letter-like components in pixels, or None where hardly anything is printed.

    The specks of a faded or dark page may outnumber its letters: taken for print, they made frames of letters, and
    words went with the rules of tables. But letters are the taller part: the heights of all, laid end to end, are half
    theirs. By area a title would be the print, and small print below it dots.
    """
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = np.sort(height[(height >= 8) & (height <= 90) & (width <= 3 * height) & (width * 6 >= height)])
    if len(letters) < FEWEST:
        return None
    total = np.cumsum(letters)
    least = SPECK * letters[np.searchsorted(total, total[-1] / 2)]
    if np.median(letters) < least:
        letters = letters[letters >= least]
    return float(np.median(letters)) if len(letters) >= FEWEST else None


def dots(gray: Gray, ink: Mask, found: Components, unit: float) -> Mask:
    """Leader dots and dashes: runs of small marks, and single dots that show between the words typed on a leader.

    Dots below letters among them stay (decision 0134).
    """
    stats = found.stats
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = (tall <= max(3, 0.38 * unit)) & (wide <= 3 * unit)
    small[0] = False
    kinds = np.flatnonzero(small)
    marks, firsts = found.mask(small), found.first_pixels()[kinds]
    run, run_stats = runs(marks, firsts, max(3, round(0.9 * unit)) | 1)
    members = np.bincount(run, minlength=len(run_stats))
    run_wide, run_tall = run_stats[:, cv2.CC_STAT_WIDTH] * NARROWED, run_stats[:, cv2.CC_STAT_HEIGHT]
    long = (run_wide >= 1.6 * unit) & (run_tall <= max(4, 0.55 * unit)) & ((members >= 4) | (run_wide >= 4 * unit))
    broken = np.bincount(run, weights=pieces_of_letters(gray, stats[kinds], unit), minlength=len(run_stats))
    long &= broken <= PIECES * members
    long[0] = False
    gone = np.zeros(len(stats), bool)
    usual = parted(tall[kinds], run, len(run_stats), 0.5)[run]
    comma = (tall[kinds] > COMMA * usual + 1) & (wide[kinds] <= 0.45 * unit)
    gone[kinds] = long[run] & ~comma
    gone[kinds[~long[run]]] = stray(ink, stats, kinds, run, long, unit)
    mask = found.mask(gone)
    row, _ = runs(marks, firsts, round(ROW * unit) | 1)
    leader = beat(stats, kinds, row)
    mask.ravel()[none_of_it(ink, found, leader, unit)] = 0
    return np.asarray(cv2.bitwise_or(mask, between_letters(ink, stats, leader, gone, unit)), np.uint8)


def pieces_of_letters(gray: Gray, marks: Stats, unit: float) -> Labels:
    """Which marks go on above and below in fainter ink: strokes of pale print, of which only pieces are ink."""
    left, top, wide, tall = (marks[:, column] for column in range(4))
    beyond = max(2, round(0.2 * unit))
    columns = np.stack([left, left + wide // 2, left + wide - 1])
    above, below = np.maximum(top - beyond, 0), np.minimum(top + tall - 1 + beyond, len(gray) - 1)
    return np.asarray((gray[above, columns] < FAINT).any(axis=0) & (gray[below, columns] < FAINT).any(axis=0))


def runs(marks: Mask, firsts: Places, reach: int) -> tuple[Labels, Stats]:
    """Marks joined along the line in an image `NARROWED` times narrower.

    The run at each mark's own first pixel (`firsts`, flat), and what OpenCV counts of the runs.
    """
    height, width = marks.shape
    narrow = cv2.resize(marks, (max(1, width // NARROWED), height), interpolation=cv2.INTER_AREA)
    narrow = cv2.threshold(narrow, 0, 255, cv2.THRESH_BINARY)[1]
    joined = cv2.morphologyEx(narrow, cv2.MORPH_CLOSE, np.ones((1, max(3, reach // NARROWED) | 1), np.uint8))
    run_of, stats = labelled(np.asarray(joined, np.uint8))
    rows, columns = np.divmod(firsts, width)
    return run_of[rows, columns * run_of.shape[1] // width], stats


def stray(ink: Mask, stats: Stats, kinds: Labels, run: Labels, long: Labels, unit: float) -> Labels:
    """Which of the marks outside runs are dots of a leader all the same: those chained to a run, or to one another.

    Two marks are linked when they lie on one height, a word apart at most, and in step with the leader's spacing.
    Full stops, the dot of an address and «1.» before a label are out of step or too far away, and stay.
    """
    across = stats[kinds, cv2.CC_STAT_LEFT] + stats[kinds, cv2.CC_STAT_WIDTH] / 2
    down = stats[kinds, cv2.CC_STAT_TOP] + stats[kinds, cv2.CC_STAT_HEIGHT] / 2
    single = stats[kinds, cv2.CC_STAT_WIDTH] <= 0.45 * unit
    outside = ~long[run]
    step = spacing(across, run, single & ~outside)
    if step is None:
        return np.zeros(int(outside.sum()), bool)
    single &= alike(stats[kinds], single & ~outside) & ~(outside & above_print(ink, stats[kinds], unit))
    ends = np.zeros(len(kinds), bool)
    for order in (np.lexsort((across, run)), np.lexsort((-across, run))):
        ends[order[np.flatnonzero(np.diff(run[order], prepend=-1))]] = True
    nodes = np.flatnonzero(single & (outside | ends))
    nodes = nodes[np.argsort(across[nodes])]
    group = {int(node): {int(node)} for node in nodes}
    reach = np.searchsorted(across[nodes], across[nodes] + LINK * step)
    for first, last in enumerate(reach):
        here = nodes[first]
        others = nodes[first + 1 : last]
        steps = (across[others] - across[here]) / step
        linked = (np.abs(down[others] - down[here]) <= max(2.0, 0.13 * unit)) & (
            np.abs(steps - np.round(steps)) < IN_STEP
        )
        for other in others[linked]:
            # The smaller joins the larger: on a noisy picture thousands of specks make one chain.
            smaller, larger = sorted((group[int(here)], group[int(other)]), key=len)
            if smaller is not larger:
                larger |= smaller
                group |= dict.fromkeys(smaller, larger)
    leader = {node for node, chain in group.items() if len(chain) >= 6 or any(long[run[m]] for m in chain)}
    return np.array([int(index) in leader for index in np.flatnonzero(outside)], bool)


def alike(marks: Stats, dotted: Labels) -> Labels:
    """Which marks have the size of the leaders' own dots: not commas, accents or larger full stops."""
    sizes = marks[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    usual = np.median(sizes[dotted], axis=0)
    return np.asarray((np.abs(sizes - usual) <= np.maximum(1.5, 0.35 * usual)).all(axis=1))


def above_print(ink: Mask, marks: Stats, unit: float) -> Labels:
    """Which marks have print just below them: the dot of an i, not that of a leader."""
    left, top, wide, tall = (marks[:, column, None, None] for column in range(4))
    height, width = ink.shape
    rows = top + tall + 1 + np.arange(max(3, round(0.5 * unit)) - 1)[None, :, None]
    columns = left + np.minimum(np.arange(round(0.45 * unit) + 1)[None, None, :], wide - 1)
    below = ink[np.minimum(rows, height - 1), np.minimum(columns, width - 1)]
    return np.asarray(below.any(axis=(1, 2)))


def spacing(across: Labels, run: Labels, dotted: Labels) -> float | None:
    """The distance from dot to dot in the page's leaders, or None where they are not dotted."""
    places = np.flatnonzero(dotted)
    places = places[np.lexsort((across[places], run[places]))]
    gaps = np.diff(across[places])[np.diff(run[places]) == 0]
    if len(gaps) < 6:
        return None
    middle = float(np.median(gaps))
    regular = gaps[np.abs(gaps - middle) < 0.25 * middle]
    return float(regular.mean()) if regular.size else None


def rows_near(lines: Mask, margin: int) -> Labels:
    """Which rows of a page hold lines, or lie so near that they matter to them: most do not, and need no work."""
    held = lines.max(axis=1, keepdims=True)
    return np.asarray(cv2.dilate(held, np.ones((2 * margin + 1, 1), np.uint8)).ravel() > 0)


def thin(lines: Mask, thick: tuple[int, int]) -> Mask:
    """The lines less those in which a bar as thick as this (rows, columns) finds room."""
    bars = cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones(thick, np.uint8))
    return cv2.bitwise_and(lines, cv2.bitwise_not(bars)).astype(np.uint8)


def boxes(found: Components, unit: float) -> Mask:
    """The ruling of tables and of boxes for single digits: long straight strokes of large components.

    A line that is written on stays: taking it off would take along what stands on it, above all the dot of «ạ».
    """
    large = (found.stats[:, cv2.CC_STAT_WIDTH] > 5 * unit) & (found.stats[:, cv2.CC_STAT_HEIGHT] > 1.5 * unit)
    large[0] = False
    frame = found.mask(large)
    # A frame has a long level rule; the letters of a heading may touch, but their serifs make none. And it has upright
    # ones, which a line with the letters that touch it has not.
    level = cv2.morphologyEx(frame, cv2.MORPH_OPEN, np.ones((1, max(24, round(LEVEL * unit))), np.uint8))
    length = max(16, round(1.8 * unit))
    # A rule is thin; the strokes of a bold heading whose letters touch are not.
    thick = max(7, round(THICK * unit))
    upright = thin(cv2.morphologyEx(frame, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)), (1, thick))
    large &= (found.counted_in(level) > 0) & (found.counted_in(upright) > 0)
    if not large.any():
        return np.zeros_like(frame)
    frame = found.mask(large)
    flat = thin(cv2.morphologyEx(frame, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), (thick, 1))
    ruling = cv2.bitwise_or(cv2.bitwise_and(upright, frame), without_crossings(flat, frame))
    return cv2.bitwise_and(cv2.dilate(ruling, np.ones((3, 3), np.uint8)), frame)


def without_crossings(lines: Mask, ink: Mask) -> Mask:
    """Level lines less those pixels where ink goes on both above and below them."""
    beside = cv2.bitwise_and(ink, cv2.bitwise_not(lines))
    ones = np.ones((5, 1), np.uint8)
    above = cv2.dilate(beside, ones, anchor=(0, 4), iterations=2)
    below = cv2.dilate(beside, ones, anchor=(0, 0), iterations=2)
    crossed = cv2.bitwise_and(above, below)
    return cv2.bitwise_and(lines, cv2.bitwise_not(crossed)).astype(np.uint8)
