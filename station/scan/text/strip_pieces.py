"""A strip parted where much paper lies between words: each piece is read by itself, with a blackness of its own.

A sign or two alone, «6.» or the number of a row, are misread as often as not: the network learnt from lines. They are
shown beside the next piece, without the paper between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray
from station.scan.image.percentile import percentiles
from station.scan.text.engine import Word
from station.scan.text.line_crop import BASELINE_ROW, MARGIN, X_HEIGHT

WIDE = X_HEIGHT
"""Columns of paper between two pieces; between words there are 4 to 8."""

LETTERS = slice(BASELINE_ROW - 2 * X_HEIGHT, BASELINE_ROW + X_HEIGHT // 2)
"""Rows of a strip between which letters stand; beyond them are the neighbours' marks and descenders."""

INK = 0.25
"""Of the contrast: what is filled in may be much paler than what was printed before."""

TALL = 5
"""Rows that a column's ink has at least where a letter stands: a speck, or what is left of a leader, is no piece."""

SPACED_OUT = 2.0
"""In x-heights: pieces that are narrower on average are the letters of one word."""


ALONE = 2.0
"""In x-heights: what is no wider is a sign or two."""

BESIDE = 6
"""In x-heights: how much is shown of the piece beside it, which has at least as much."""

BLACK = 0.75
"""Of the contrast of the piece beside it, the least that a sign in company has."""

SPACE = X_HEIGHT // 2
"""Columns of paper that are left between the two: a space."""


Columns = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Piece:
    """Part of a strip, with a margin: the image's first column is `left` there, and what stands outside columns `own`
    of the image belongs to another piece.
    """

    image: Gray
    left: int
    own: tuple[int, int]

    def in_strip(self, words: Sequence[Word]) -> list[Word]:
        """Words with boxes in the piece, with boxes in the strip."""
        return [
            replace(word, box=(word.box[0] + self.left, word.box[1], word.box[2] + self.left, word.box[3]))
            for word in words
            if self.own[0] <= (word.box[0] + word.box[2]) / 2 < self.own[1]
        ]


def parted(strip: Gray) -> list[Piece]:
    """The pieces of a strip, left to right."""
    ink = _ink(strip)
    spans = _spans(ink)
    margin, shown = round(MARGIN * X_HEIGHT), BESIDE * X_HEIGHT
    reaches = [_reach(ink, start, end) for start, end in spans]
    found = []
    for at, (start, end) in enumerate(spans):
        own = reaches[at]
        company = next((one for one in (*reaches[at + 1 :], *reaches[:at][::-1]) if one[1] - one[0] >= shown), None)
        if company and own[1] - own[0] <= ALONE * X_HEIGHT and _as_black(strip, own, company):
            found.append(_in_company(strip, own, company))
        else:
            left, right = max(0, start - margin), min(strip.shape[1], end + margin)
            found.append(Piece(np.ascontiguousarray(strip[:, left:right]), left, (0, right - left)))
    return found


def _reach(ink: Columns, start: int, end: int) -> tuple[int, int]:
    """From the first column with ink to behind the last; nothing where there is none."""
    inked = np.flatnonzero(ink[start:end])
    return (start + int(inked[0]), start + int(inked[-1]) + 1) if len(inked) else (start, start)


def _as_black(strip: Gray, own: tuple[int, int], company: tuple[int, int]) -> bool:
    """Whether a sign is about as black as what would keep it company, beside which a pale one would look like dirt."""
    rows = strip[LETTERS]
    (paper,) = percentiles(rows, 80)
    sign, other = (paper - float(rows[:, left:right].min(initial=255)) for left, right in (own, company))
    return sign >= BLACK * other


def _in_company(strip: Gray, own: tuple[int, int], company: tuple[int, int]) -> Piece:
    """A sign or two with the beginning of what comes after, or the end of what came before."""
    (paper,) = percentiles(strip, 80)
    white = np.full((len(strip), SPACE), round(paper), np.uint8)
    shown = BESIDE * X_HEIGHT
    sign = strip[:, own[0] : own[1]]
    if own[0] < company[0]:
        parts, begins = (white, sign, white, strip[:, company[0] : company[0] + shown], white), SPACE
    else:
        parts, begins = (white, strip[:, company[1] - shown : company[1]], white, sign, white), 2 * SPACE + shown
    around = (begins - SPACE // 2, begins + sign.shape[1] + SPACE // 2)
    return Piece(np.hstack(parts), own[0] - begins, around)


def pieces(strip: Gray) -> list[tuple[int, int]]:
    """Where each piece begins and ends; the whole strip where it is one."""
    return _spans(_ink(strip))


def _ink(strip: Gray) -> Columns:
    """How many rows of each column hold ink."""
    rows = strip[LETTERS]
    (paper,) = percentiles(rows, 80)
    return np.asarray((rows < paper - INK * (paper - float(rows.min()))).sum(axis=0))


def _spans(ink: Columns) -> list[tuple[int, int]]:
    inked = np.flatnonzero(ink)
    gaps = [(int(left), int(right)) for left, right in pairwise(inked.tolist()) if right - left > WIDE]
    found: list[tuple[int, int]] = []
    starts, ends = [0, *(right for _, right in gaps)], [*(left + 1 for left, _ in gaps), len(ink)]
    for start, end in zip(starts, ends, strict=True):
        if found and ink[start:end].max() < TALL:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    narrow = sum(end - start for start, end in found) / len(found) < SPACED_OUT * X_HEIGHT
    return [(0, len(ink))] if narrow and len(found) > 2 else found
