"""The pieces of a strip as the line reader is shown them.

A sign or two alone, «6.», the number of a row, the class of a driving licence, are misread as often as not: the network
learnt from lines. They are shown beside the next piece, without the paper between, in the size of the line, and as
black.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Gray, Mask
from station.scan.image.percentile import percentiles
from station.scan.text.engine import Word
from station.scan.text.line_crop import BASELINE_ROW, HEIGHT, MARGIN, X_HEIGHT
from station.scan.text.strip_pieces import INK, LETTERS, Columns, ink_of, pieces

ALONE, LARGE_ALONE = 2.0, 3.0
"""In x-heights: what is no wider is a sign or two; and what was larger than its line, bold as such signs are."""

CAPITAL, LARGE = 24, 30
"""Rows of a capital of the line, and of the tallest sign that is one of it: a bracket."""

MIDDLE = BASELINE_ROW - X_HEIGHT // 2
"""A row that every letter crosses, and no mark of the lines above and below."""

WIDEST = 1.5
"""Of its height: how wide a sign is at most."""

BESIDE = 6
"""In x-heights: how much is shown of the piece beside it, which has at least as much."""

SPACE = 2 * X_HEIGHT // 3
"""Columns of paper that are left between the two: a wide space, for bold signs fill a narrow one."""

Span = tuple[int, int]
"""The first column, and the one behind the last."""


@dataclass(frozen=True)
class Piece:
    """Part of a strip, with a margin: the image's first column is `left` there, and what stands outside columns `own`
    of the image belongs to another piece.
    """

    image: Gray
    left: int
    own: Span
    place: Box | None = None
    """Of a sign or two that are shown in another size, where they stand in the strip."""

    def in_strip(self, words: Sequence[Word]) -> list[Word]:
        """Words with boxes in the piece, with boxes in the strip."""
        return [
            replace(word, box=self._within(self.place, word.box) if self.place else self._moved(word.box))
            for word in words
            if self.own[0] <= (word.box[0] + word.box[2]) / 2 < self.own[1]
        ]

    def _within(self, place: Box, box: Box) -> Box:
        """Of two words of a sign, «B 2», each has its share of the place."""
        begin, end = self.own[0] + SPACE // 2, self.own[1] - SPACE // 2
        left, right = np.interp((box[0], box[2]), (begin, end), (place[0], place[2])).round().astype(int).tolist()
        return left, place[1], right, place[3]

    def _moved(self, box: Box) -> Box:
        return box[0] + self.left, box[1], box[2] + self.left, box[3]


@dataclass(frozen=True)
class _Sign:
    """A sign or two in rows of a strip, in the size of its line, and where they stand if they came in another."""

    image: Gray
    place: Box | None = None


def shown_pieces(strip: Gray) -> list[Piece]:
    """The pieces of a strip, left to right."""
    ink = ink_of(strip)
    spans = pieces(ink)
    reaches = [_reach(ink, span) for span in spans]
    (paper,) = percentiles(strip, 80)
    found = []
    for at, (span, own) in enumerate(zip(spans, reaches, strict=True)):
        sign = _sign_in(strip, own, paper)
        beside = (*reaches[at + 1 :], *reaches[:at][::-1])
        company = next((one for one in beside if one[1] - one[0] >= BESIDE * X_HEIGHT), None)
        if sign and (company or sign.place):
            found.append(_in_company(strip, sign, own, company, paper))
        else:
            found.append(_by_itself(strip, span))
    return found


def _reach(ink: Columns, span: Span) -> Span:
    """From the first column with ink to behind the last; nothing where there is none."""
    start, end = span
    inked = np.flatnonzero(ink[start:end])
    return (start + int(inked[0]), start + int(inked[-1]) + 1) if len(inked) else (start, start)


def _by_itself(strip: Gray, span: Span) -> Piece:
    margin = round(MARGIN * X_HEIGHT)
    left, right = max(0, span[0] - margin), min(strip.shape[1], span[1] + margin)
    return Piece(np.ascontiguousarray(strip[:, left:right]), left, (0, right - left))


def _sign_in(strip: Gray, own: Span, paper: float) -> _Sign | None:
    """What stands in these columns of a strip, if it is a sign or two."""
    sign = strip[:, own[0] : own[1]]
    if not 0 < sign.shape[1] <= LARGE_ALONE * X_HEIGHT * HEIGHT / CAPITAL:
        return None
    letters = _letters(sign < paper - INK * (paper - float(strip.min())))
    top, bottom = max(letters, key=lambda one: one[1] - one[0], default=(0, 0))
    # What else has the size of the line tells that it is a capital with its mark, «Ê-đê».
    usual = any(X_HEIGHT <= end - start <= LARGE for start, end in letters)
    if usual or not LARGE < bottom - top < HEIGHT:
        return _Sign(sign) if sign.shape[1] <= ALONE * X_HEIGHT else None
    scale = CAPITAL / (bottom - top)
    wide, high = max(1, round(sign.shape[1] * scale)), round(HEIGHT * scale)
    if wide > LARGE_ALONE * X_HEIGHT:
        return None
    small = cv2.resize(sign, (wide, high), interpolation=cv2.INTER_AREA)
    above = BASELINE_ROW - round(bottom * scale)
    image = np.full((HEIGHT, wide), round(paper), np.uint8)
    image[above : above + high] = small[: HEIGHT - above]
    return _Sign(image, (own[0], top, own[1], bottom))


def _letters(dark: Mask) -> list[Span]:
    """From the first row to behind the last of each mark that crosses the middle, but for those that a line joins."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    ends = ((int(top), int(top + tall)) for _, top, wide, tall, _ in stats[1:] if wide <= WIDEST * tall)
    return [one for one in ends if one[0] <= MIDDLE < one[1]]


def _in_company(strip: Gray, sign: _Sign, own: Span, company: Span | None, paper: float) -> Piece:
    """With the beginning of what comes after, or the end of what came before, if there is any."""
    white = np.full((HEIGHT, SPACE), round(paper), np.uint8)
    parts, begins = [white, sign.image, white], SPACE
    if company:
        parts[1] = _as_black(sign.image, paper, paper - float(strip[LETTERS, company[0] : company[1]].min()))
        if own[0] < company[0]:
            parts += [strip[:, company[0] : company[0] + BESIDE * X_HEIGHT], white]
        else:
            parts = [white, strip[:, company[1] - BESIDE * X_HEIGHT : company[1]], *parts]
            begins = 2 * SPACE + BESIDE * X_HEIGHT
    around = (begins - SPACE // 2, begins + sign.image.shape[1] + SPACE // 2)
    return Piece(np.hstack(parts), own[0] - begins, around, sign.place)


def _as_black(sign: Gray, paper: float, contrast: float) -> Gray:
    """A pale sign beside black ones would look like dirt."""
    factor = contrast / max(1.0, paper - float(sign[LETTERS].min()))
    if factor <= 1:
        return sign
    return np.asarray(np.clip(paper - (paper - sign.astype(np.float32)) * factor, 0, 255), np.uint8)
