"""Where a card's machine-readable zone stands: three long lines of one width at one pitch, cut out straight.

Found by shape alone, without a text engine's layout: engines split a line of fillers, or join it with the print above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import cv2
import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Gray, Mask, Matrix, Points
from station.scan.image.components import labelled

SEARCHED = 1000
"""Pixels of the width at which lines are looked for: a letter of a card's zone is then 25 to 30 wide."""

BACKGROUND, DARKER = 61, 22
WORD_GAP = 36
"""Pixels that are bridged between letters: more than one letter's width, for fillers are faint."""

LEAST_WIDTH = 0.42
"""Share of the searched width: a zone takes 0.88 of its card, and a card most of its picture."""

SLIMNESS = 9
LETTERS = 30
PITCH = 32
"""Pixels from letter to letter in the lines that are handed out; letters are then about as high."""

MARGIN = 2
"""Letters of room before and behind a line."""

ROOM = 0.6
"""Letters of that room which are shown; the rest is filled with the colour of the paper."""

PAPER = 80
"""Percentile of a line's brightness that is its paper."""

HEIGHT = 60
"""Pixels of the height of a line that is handed out, the letters in its middle."""

SMALLEST, TALLEST = 250, 1.5
"""Least width in pixels, of letters seven wide; and most height by width of a picture that is a card's."""

LOWEST = 8
"""Strokes that are tried for a zone, from the picture's lower edge up: a zone stands below all other print."""

MOST = 3
"""Places on one picture that are looked at: ruled paper has many lines at one pitch, and no card."""

EVEN = 0.12
ALIKE = 0.05


@dataclass(frozen=True)
class ZoneLines:
    """Three lines cut out straight, `HEIGHT` × (30 + 2 · `MARGIN`) · `PITCH`; `box` surrounds them in the image."""

    images: tuple[Gray, Gray, Gray]
    box: Box


@dataclass(frozen=True)
class Stroke:
    """A long run of print: where its middle line begins and ends, in pixels of the searched image."""

    start: Points
    end: Points

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.end - self.start))

    @property
    def middle(self) -> Points:
        return (self.start + self.end) / 2


def strokes(gray: Gray) -> list[Stroke]:
    """All long runs of print on a picture that may be a card's, the lowest first; `gray` is dark on light."""
    if gray.shape[1] < SMALLEST or gray.shape[0] > TALLEST * gray.shape[1]:
        return []
    scale = SEARCHED / gray.shape[1]
    small = np.asarray(cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return sorted(long_strokes(printed(small)), key=lambda stroke: -stroke.middle[1])


def zones(gray: Gray, found: Sequence[Stroke]) -> Iterator[ZoneLines]:
    """What may be a zone, the lowest first and at most `MOST`; `found` are the strokes of `gray`, which stands
    upright."""
    scale = SEARCHED / gray.shape[1]
    triples = (triple for triple in combinations(found[:LOWEST], 3) if belong_together(*triple[::-1]))
    for lower, middle, upper in islice(triples, MOST):
        images = [straightened(gray, stroke, scale) for stroke in (upper, middle, lower)]
        corners = np.array([[stroke.start, stroke.end] for stroke in (upper, lower)]).reshape(-1, 2) / scale
        half = lower.length / scale / LETTERS * 0.7
        left, top = (corners.min(axis=0) - half).round().astype(int)
        right, bottom = (corners.max(axis=0) + half).round().astype(int)
        yield ZoneLines((images[0], images[1], images[2]), (int(left), int(top), int(right), int(bottom)))


def printed(small: Gray) -> Mask:
    """What is darker than its surroundings, without specks."""
    ground = cv2.blur(small, (BACKGROUND, BACKGROUND)).astype(np.int16)
    ink = (ground - small > DARKER).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((3, 2), np.uint8)), np.uint8)


def long_strokes(ink: Mask) -> Iterator[Stroke]:
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, WORD_GAP), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 2 * WORD_GAP), np.uint8))
    labels, stats = labelled(np.asarray(closed, np.uint8))
    for label in range(1, len(stats)):
        x, y, width, height, _ = stats[label]
        if width < LEAST_WIDTH * SEARCHED or width < SLIMNESS * height:
            continue
        own = (labels[y : y + height, x : x + width] == label) & (ink[y : y + height, x : x + width] > 0)
        rows, columns = np.nonzero(own)
        slope, lift = np.polyfit(columns, rows, 1)
        left, right = float(columns.min()), float(columns.max())
        yield Stroke(np.array([x + left, y + lift + slope * left]), np.array([x + right, y + lift + slope * right]))


def belong_together(upper: Stroke, middle: Stroke, lower: Stroke) -> bool:
    """Equally long, one below the other, at one pitch that suits their length."""
    lengths = [stroke.length for stroke in (upper, middle, lower)]
    if max(lengths) > (1 + ALIKE) * min(lengths):
        return False
    gaps = [middle.middle[1] - upper.middle[1], lower.middle[1] - middle.middle[1]]
    if not 0.035 < min(gaps) / lengths[1] < max(gaps) / lengths[1] < 0.1 or max(gaps) > (1 + EVEN) * min(gaps):
        return False
    starts = [stroke.start[0] for stroke in (upper, middle, lower)]
    return bool(max(starts) - min(starts) < ALIKE * lengths[1])


def straightened(gray: Gray, stroke: Stroke, scale: float) -> Gray:
    """The line turned level and brought to `PITCH`, with room around it."""
    start, along = stroke.start / scale, (stroke.end - stroke.start) / scale
    unit = along / np.linalg.norm(along)
    # From the left edge of the first letter to the right edge of the last there are a little less than 30 pitches.
    step = float(np.linalg.norm(along)) / (LETTERS - 0.35) / PITCH
    across = np.array([-unit[1], unit[0]])
    corner = start - unit * step * (MARGIN + 0.17) * PITCH - across * step * HEIGHT / 2
    back: Matrix = np.array(
        [[unit[0] * step, across[0] * step, corner[0]], [unit[1] * step, across[1] * step, corner[1]]]
    )
    size = ((LETTERS + 2 * MARGIN) * PITCH, HEIGHT)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    line = np.asarray(cv2.warpAffine(gray, back, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    # Beyond the line lies the card's rim, or the table: a text engine would read letters there.
    beyond = round((MARGIN - ROOM) * PITCH)
    line[:, :beyond] = line[:, -beyond:] = round(float(np.percentile(line, PAPER)))
    return line
