"""Whether values are written by hand: each word of a hand leans and stands as it likes; print does neither.

The look of single letters tells little: there are typefaces like handwriting, and hands like print. A shaking camera
makes all words uneven; then the labels beside the values, which are print, are as uneven as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.text.line_crop import BASELINE_ROW

INK = 140
"""Levels below which a pixel of a strip is ink."""

PALEST = 200.0
"""Level from which nothing counts for the lean: strokes have soft edges."""

WORD_GAP, NARROWEST = 6, 14
"""Columns without ink between words, and of ink in a word whose lean can be told; an x-height is 17 rows."""

RULE = 60
"""Columns of ink side by side that no letter has."""

LEANS = np.arange(-0.5, 0.501, 0.025)
"""Columns to the right for each row up; italics have 0.2."""

BODY = slice(BASELINE_ROW - 22, BASELINE_ROW + 1)
LETTER = range(10, 34)
REACH = 7
"""Rows of a letter, and how far from the baseline it may end: what ends lower is a descender, higher a mark."""

ENOUGH = 8
"""Words below which nothing is concluded."""

LEVEL = 0.5
"""Rows by which the words of a hand stand off their line on average, at least; most print is told from this alone."""

FARTHEST, MOST = 2.5, 0.2
"""Rows and lean beyond which a word is no more uneven: a blot, or half a word that blur has torn off."""

UNEVEN = 0.0127
"""Mean difference from the usual lean times that from the usual height in rows, each less that of the labels: hands
0.014 and more, print at most 0.007, shaken or not, and 0.0114 where a book bends it."""

SLANTING = 0.065
"""The difference in lean alone that tells a hand where too few words stand on one line with others."""

Words = list[tuple[float, Gray]]


def by_hand(values: Sequence[Sequence[Gray]], labels: Sequence[Gray]) -> bool:
    """Whether values, each on pieces of straightened lines, are written by hand; `labels` are printed beside them."""
    written = [[list(_words(_without_rule(strip))) for strip in value] for value in values]
    standing = _off_their_lines(written)
    few = len(standing) < ENOUGH
    if not few and float(np.mean(standing)) < LEVEL:
        return False
    printed = [[list(_words(_without_rule(strip)))] for strip in labels]
    leans, usual = _off_their_lean(written), _off_their_lean(printed)
    leaning = float(np.mean(leans or 0.0)) - float(np.mean(usual or 0.0))
    if few:
        return min(len(leans), len(usual)) >= ENOUGH and leaning > SLANTING
    off = float(np.mean(standing)) - float(np.mean(_off_their_lines(printed) or 0.0))
    return off > 0 and leaning * off > UNEVEN


def _off_their_lines(values: Sequence[Sequence[Words]]) -> list[float]:
    """How far words stand from the straight line that fits all of their line best."""
    standing: list[float] = []
    for words in (line for value in values for line in value):
        feet = [(at, foot) for at, word in words if (foot := _foot(word)) is not None]
        standing += _from_their_line(feet) if len(feet) > 2 else []
    return [min(distance, FARTHEST) for distance in standing]


def _off_their_lean(values: Sequence[Sequence[Words]]) -> list[float]:
    """How far the words of a value lean from its usual lean: italics stand beside upright print."""
    leaning: list[float] = []
    for lines in values:
        leans = np.array([_lean(word) for words in lines for _, word in words])
        leaning += np.abs(leans - np.median(leans)).tolist() if len(leans) > 1 else []
    return [min(distance, MOST) for distance in leaning]


def _without_rule(strip: Gray) -> Gray:
    """The strip without the line that is written on: it would join all words to one."""
    ink = (strip < INK).astype(np.uint8)
    rule = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, RULE), np.uint8))
    return np.where(cv2.dilate(rule, np.ones((3, 1), np.uint8)) > 0, np.uint8(255), strip)


def _words(strip: Gray) -> Iterator[tuple[float, Gray]]:
    """The middle column of each word and the word, with room to lean."""
    inked = np.flatnonzero((strip < INK).any(axis=0))
    for columns in np.split(inked, np.flatnonzero(np.diff(inked) > WORD_GAP) + 1):
        if len(columns) >= NARROWEST:
            left, right = int(columns[0]), int(columns[-1]) + 1
            yield (left + right) / 2, np.pad(strip[:, left:right], ((0, 0), (12, 12)), constant_values=255)


def _lean(word: Gray) -> float:
    """The shear at which the strokes stand upright: there their edges are sharpest from above."""
    ink = np.maximum(PALEST - word[BODY], 0).astype(np.float32)
    middle = ink.shape[0] / 2
    sharpness = []
    for lean in LEANS.tolist():
        shear = np.array([[1, lean, -lean * middle], [0, 1, 0]], np.float64)
        columns = cv2.warpAffine(ink, shear, ink.shape[::-1]).sum(axis=0)
        sharpness.append(float((np.diff(columns) ** 2).sum()))
    return float(LEANS[int(np.argmax(sharpness))])


def _foot(word: Gray) -> float | None:
    """The row below which most letters of a word end."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((word < INK).astype(np.uint8))
    ends = [top + tall for _, top, _, tall, _ in stats[1:].tolist() if tall in LETTER]
    near = [end for end in ends if abs(end - BASELINE_ROW) <= REACH]
    return float(np.median(near)) if near else None


def _from_their_line(feet: Sequence[tuple[float, float]]) -> list[float]:
    """How far each stands from the straight line that fits all best."""
    x, y = np.array(feet).T
    slope, height = np.polyfit(x, y, 1)
    return [float(distance) for distance in np.abs(y - slope * x - height)]
