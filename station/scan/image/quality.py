"""What spoils an image for reading or for the record, told from an overview of it.

Where the thresholds come from: series of one page and one card made ever more blurred, smaller and darker, and read
(`bench/gate.py --series`, docs/decisions/0062-page-gate.md).
"""

from __future__ import annotations

import cv2
import numpy as np

from station.dossier.reading import QualityIssue
from station.scan.image.arrays import Gray, Stats
from station.scan.image.overview import INK, Overview

SKEWED = 1.0
"""Degrees of lean from which a person is told; it is levelled all the same."""

DARK, IN_SHADOW = 55.0, 30
"""Brightness, 0 to 255, below which paper is too dark, and the percentile of the page's paper that is looked at."""

LETTERS_LOW = 10.5
"""Pixels of the input that letters are high, below which every tenth word is lost."""

EDGE_SOFT = 3.75
"""Pixels of the overview that print takes from paper to ink. Sharp scans take 2.0 to 2.4 and cards in a photograph up
to 3.7; beyond, reading falls off steeply."""

DOWN = 1.2
"""How much softer the edges of level strokes look, which are thinner: on steady pictures they take up to 4.4."""

FEWEST_LETTERS = 20
RIM = 0.015
"""Share of the longer side along the edges, where scanners draw lines and shadows."""

HOLE = (0.01, 0.03)
"""Share of the longer side that a punched hole is wide: 5 to 8 mm on A4, less its soft rim."""

HOLES_WITHIN = 0.09
"""Share of the longer side from the edge within which holes are punched."""

FEWEST_CUT = 3
"""Letters at one edge from which print runs out of the image."""

BLANK = 0.0003
"""Share of a page that is inked, below which it is blank. A page number alone takes 0.0001."""


def issues(look: Overview, skew: float = 0.0, *, whole: bool = True) -> tuple[QualityIssue, ...]:
    """Judge a page by its overview and its lean in degrees; `whole` where nothing was cut off around it."""
    found: list[QualityIssue] = []
    cut = cut_marks(look) if whole else 0
    if cut >= FEWEST_CUT:
        found.append(QualityIssue("page.cut_edge", cut))
    if abs(skew) >= SKEWED:
        found.append(QualityIssue("page.skewed", round(skew, 1)))
    letters = letter_marks(look.marks)
    # Where there is print, the paper under it counts, and not the desk around the sheet.
    printed = len(letters) >= FEWEST_LETTERS
    paper = look.paper[letters[:, 1], letters[:, 0]] if printed else look.paper[::8, ::8]
    brightness = float(np.percentile(paper, IN_SHADOW))
    if brightness < DARK:
        found.append(QualityIssue("page.dark", round(brightness)))
    if not printed:
        inked = inked_share(look)
        if inked < BLANK:
            found.append(QualityIssue("page.blank", round(inked, 5)))
        return tuple(found)
    letter = letter_height(letters) * look.scale
    if letter < LETTERS_LOW:
        found.append(QualityIssue("page.low_resolution", round(letter, 1)))
    # An image that was enlarged has no softer edges for that.
    softness = edge_width(look.even) * min(1.0, look.scale)
    if softness > EDGE_SOFT:
        found.append(QualityIssue("page.blurred", round(softness, 1)))
    return tuple(found)


def letter_marks(marks: Stats) -> Stats:
    """The components that have a letter's size and shape in an overview."""
    wide, tall = marks[1:, cv2.CC_STAT_WIDTH], marks[1:, cv2.CC_STAT_HEIGHT]
    return marks[1:][(tall >= 4) & (tall <= 60) & (wide <= 3 * tall) & (6 * wide >= tall)]


def letter_height(letters: Stats) -> float:
    """The median height in pixels of what letters there are, the many dots of leaders and marks left out."""
    tall = np.sort(letters[:, cv2.CC_STAT_HEIGHT])
    by_ink = np.cumsum(letters[np.argsort(letters[:, cv2.CC_STAT_HEIGHT]), cv2.CC_STAT_AREA])
    usual = tall[int(np.searchsorted(by_ink, by_ink[-1] / 2))]
    return float(np.median(tall[tall >= 0.3 * usual]))


def letters_by_side(look: Overview) -> float:
    """How high letters are by the longer side of the page; 0 where there are too few to tell."""
    letters = letter_marks(look.marks)
    return letter_height(letters) / max(look.even.shape) if len(letters) >= FEWEST_LETTERS else 0.0


def cut_marks(look: Overview) -> int:
    """How many letters the image's edges cut through, on the side where it is most of them.

    What touches an edge is cut print only where print goes on from it: scanners draw lines and shadows there. Marks
    along three sides or all round are no print, but the grain of a desk.
    """
    height, width = look.even.shape
    letters = letter_marks(look.marks)
    left, top, wide, tall, area = letters.T
    solid = area > 0.2 * wide * tall
    usual = letter_height(letters) if len(letters) >= FEWEST_LETTERS else 0.0
    if not usual:
        return 0
    like = solid & (tall > 0.4 * usual) & (tall < 2.2 * usual)
    counts = []
    bright = np.median(look.paper[::8, ::8])
    rims = (look.paper[:, 0], look.paper[:, -1], look.paper[0], look.paper[-1])
    nears = (left, width - left - wide, top, height - top - tall)
    for rim, near, along in zip(rims, nears, (top, top, left, left), strict=True):
        if np.median(rim) < 0.6 * bright:  # the lid or the desk beside the page
            continue
        # The next letter of a cut word stands within two letters of the edge, at the same height.
        inside = np.sort(along[like & (near > 1) & (near < 2.5 * usual)])
        places = along[like & (near <= 1)]
        if not inside.size:
            continue
        after = np.searchsorted(inside, places)
        to_after = np.abs(inside[np.minimum(after, len(inside) - 1)] - places)
        counts.append(int((np.minimum(to_after, np.abs(inside[after - 1] - places)) < 0.8 * usual).sum()))
    if sum(count >= FEWEST_CUT for count in counts) >= 3:
        return 0
    return max(counts, default=0)


def inked_share(look: Overview) -> float:
    """How much of the page is inked, rims and punched holes left out."""
    height, width = look.even.shape
    side = max(height, width)
    left, top, wide, tall, area = look.marks[1:].T
    right, bottom = left + wide, top + tall
    rim = max(2.0, RIM * side)
    at_rim = (left < rim) | (top < rim) | (right > width - rim) | (bottom > height - rim)
    near = np.minimum.reduce([left, top, width - right, height - bottom]) < HOLES_WITHIN * side
    round_mark = (np.minimum(wide, tall) > 0.8 * np.maximum(wide, tall)) & (area > 0.6 * wide * tall)
    hole = near & round_mark & (wide > HOLE[0] * side) & (wide < HOLE[1] * side)
    speck = area < 6
    return float(area[~(at_rim | hole | speck)].sum() / (height * width))


def edge_width(even: Gray) -> float:
    """How many pixels print takes from paper to ink, across or down, where a hand may have shaken: its contrast over
    the steepest slopes."""
    inked = even[even < INK]
    if inked.size < 100:
        return 0.0
    contrast = 255.0 - float(np.percentile(inked, 10))
    return max(contrast / _steepest(even, 1, 0), contrast / _steepest(even, 0, 1) / DOWN)


def _steepest(even: Gray, across: int, down: int) -> float:
    """Grey levels a pixel; without end where there are hardly any slopes."""
    steps = np.abs(cv2.Sobel(even, cv2.CV_16S, across, down, ksize=3))
    strong = steps[steps > 48]
    return float(np.percentile(strong, 95)) / 8.0 if strong.size >= 100 else np.inf
