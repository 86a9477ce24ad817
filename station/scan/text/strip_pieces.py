"""A strip parted where much paper lies between words: each piece is read by itself, with a blackness of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from station.scan.image.arrays import Gray
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


def read_in_pieces(strip: Gray, read: Callable[[Gray], list[Word]]) -> list[Word]:
    """All words of a strip, left to right, with boxes in its pixels."""
    margin = round(MARGIN * X_HEIGHT)
    words: list[Word] = []
    for start, end in pieces(strip):
        left = max(0, start - margin)
        for word in read(np.ascontiguousarray(strip[:, left : end + margin])):
            box = word.box
            words.append(replace(word, box=(box[0] + left, box[1], box[2] + left, box[3])))
    return words


def pieces(strip: Gray) -> list[tuple[int, int]]:
    """Where each piece begins and ends; the whole strip where it is one."""
    rows = strip[LETTERS]
    paper = float(np.percentile(rows, 80))
    ink = (rows < paper - INK * (paper - float(rows.min()))).sum(axis=0)
    inked = np.flatnonzero(ink)
    gaps = [(int(left), int(right)) for left, right in pairwise(inked.tolist()) if right - left > WIDE]
    found: list[tuple[int, int]] = []
    starts, ends = [0, *(right for _, right in gaps)], [*(left + 1 for left, _ in gaps), strip.shape[1]]
    for start, end in zip(starts, ends, strict=True):
        if found and ink[start:end].max() < TALL:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    narrow = sum(end - start for start, end in found) / len(found) < SPACED_OUT * X_HEIGHT
    return [(0, strip.shape[1])] if narrow and len(found) > 2 else found
