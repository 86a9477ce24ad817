"""How unevenly words stand and lean beside their labels: each word of a hand as it likes, print not at all.

The look of single letters tells little: there are typefaces like handwriting, and hands like print. A shaking camera
makes all words uneven; then the labels beside the values, which are print, are as uneven as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.text.line_crop import BASELINE_ROW, MARGIN, X_HEIGHT

INK = 140
"""Levels below which a pixel of a strip is ink."""

PALEST = 200.0
"""Level from which nothing counts for the lean: strokes have soft edges."""

NARROWEST = 14
"""Columns of a word whose lean can be told; an x-height is 17 rows."""

RULE = 60
"""Columns of ink side by side that no letter has."""

LEANS = np.arange(-0.5, 0.501, 0.025)
"""Columns to the right for each row up; italics have 0.2."""

BODY = slice(BASELINE_ROW - 22, BASELINE_ROW + 1)
ROOM = 12
"""Columns on each side into which a word may lean."""

FINE = 2
"""Steps of a column in which rows are moved: whole ones would blur no stroke where they stand and all that lean, and
every tenth word would stand upright."""

LETTER = range(10, 34)
REACH = 7
"""Rows of a letter, and how far from the baseline it may end: what ends lower is a descender, higher a mark."""

FARTHEST, MOST = 2.5, 0.2
"""Rows and lean beyond which a word is no more uneven: a blot, or half a word that blur has torn off."""

FEW = 4
"""Words that tell as much as knowing nothing does: many are believed, one or two hardly."""

Word = tuple[float, Gray]
"""Where a word's middle is along its line, in any unit, and the straight strip on which it stands."""


@dataclass(frozen=True)
class Uneven:
    """How much more values lean (columns a row) and stand off their lines (rows) than their labels do; 0 is nothing
    known. Hands lean 0.05 to 0.1 more and stand 0.1 to 1.5 rows more, print up to 0.03 and 0.7."""

    leaning: float = 0.0
    standing: float = 0.0


def uneven(values: Sequence[Sequence[Sequence[Word]]], labels: Sequence[Sequence[Word]]) -> Uneven:
    """Measure the words of values, each on one or more lines, beside the words of their labels."""
    written = [[_cleaned(line) for line in value] for value in values]
    printed = [[_cleaned(label)] for label in labels]
    return Uneven(
        _beyond(_off_their_lean(written), _off_their_lean(printed)),
        _beyond(_off_their_lines(written), _off_their_lines(printed)),
    )


def _beyond(values: Sequence[float], labels: Sequence[float]) -> float:
    """The difference of the means, held back where few words tell it; values less uneven than labels tell nothing."""
    few = min(len(values), len(labels))
    return max(0.0, float(np.mean(values) - np.mean(labels))) * few / (few + FEW) if few else 0.0


def _off_their_lines(values: Sequence[Sequence[Sequence[Word]]]) -> list[float]:
    """How far words stand from the straight line that fits all of their line best."""
    standing: list[float] = []
    for words in (line for value in values for line in value):
        feet = [(at, foot) for at, word in words if (foot := _foot(word)) is not None]
        standing += _from_their_line(feet) if len(feet) > 2 else []
    return [min(distance, FARTHEST) for distance in standing]


def _off_their_lean(values: Sequence[Sequence[Sequence[Word]]]) -> list[float]:
    """How far the words of a value lean from its usual lean: italics stand beside upright print."""
    leaning: list[float] = []
    for lines in values:
        words = (word for words in lines for _, word in words)
        leans = np.array([lean for word in words if (lean := _lean(word)) is not None])
        leaning += np.abs(leans - np.median(leans)).tolist() if len(leans) > 1 else []
    return [min(distance, MOST) for distance in leaning]


def _cleaned(words: Sequence[Word]) -> list[Word]:
    """The words that are wide enough, without what stands beside them and without the line that is written on."""
    beside = round(MARGIN * X_HEIGHT)
    alone = [(at, _without_rule(strip)[:, beside:-beside]) for at, strip in words]
    return [(at, _with_room(word)) for at, word in alone if word.shape[1] >= NARROWEST]


def _with_room(word: Gray) -> Gray:
    return np.pad(word, ((0, 0), (ROOM, ROOM)), constant_values=255)


def _without_rule(strip: Gray) -> Gray:
    ink = (strip < INK).astype(np.uint8)
    rule = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, RULE), np.uint8))
    return np.where(cv2.dilate(rule, np.ones((3, 1), np.uint8)) > 0, np.uint8(255), strip)


def _lean(word: Gray) -> float | None:
    """The shear at which the strokes stand upright: there their edges are sharpest from above. None without ink."""
    ink = cv2.resize(np.maximum(PALEST - word[BODY], 0).astype(np.float32), None, fx=FINE, fy=1)
    if not ink.any():
        return None
    middle = ink.shape[0] / 2
    sharpness = []
    for lean in (FINE * LEANS).tolist():
        shear = np.array([[1, lean, -lean * middle], [0, 1, 0]], np.float64)
        columns = cv2.warpAffine(ink, shear, ink.shape[::-1], flags=cv2.INTER_NEAREST).sum(axis=0)
        sharpness.append(float(((columns[FINE:] - columns[:-FINE]) ** 2).sum()))
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
