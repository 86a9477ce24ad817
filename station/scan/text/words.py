"""From an engine's raw words to lines: what is left of dotted leaders goes, runs of boxed digits become one word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from station.dossier.text import exact
from station.scan.image.arrays import Gray, Mask
from station.scan.image.percentile import percentiles
from station.scan.text.engine import Line, Word, surrounding
from station.scan.text.line_crop import SEEN_SCALE, X_HEIGHT
from station.scan.text.strip_pieces import INK, LETTERS

LEADER = re.compile(r"[.…·‥_‧•‗]*(?:[.…·‥_‧•‗]{2,}|…)[.…·‥_‧•‗,:;]*")
"""Two or more dots or underscores in a row are a leader; a single full stop ends a sentence."""

SLACK = round(0.7 * X_HEIGHT)
"""Columns by which the engine may be wrong about where a word begins."""


def lines_of(words: Iterable[tuple[int, Word]]) -> list[Line]:
    """Words that come with their line's number, in the engine's order."""
    lines = []
    for _, group in groupby(words, key=lambda numbered: numbered[0]):
        kept = tuple(_boxed_digits_joined([clean for _, word in group if (clean := without_leader(word))]))
        if kept:
            lines.append(Line(kept))
    return lines


def without_leader(word: Word) -> Word | None:
    """The word in NFC without runs of leader dots at its ends; None if nothing else is left. Handwriting stays."""
    if word.handwritten:
        return word
    text = exact(word.text)
    found = LEADER.search(text)
    if not found:
        return replace(word, text=text) if text else None
    text = exact(LEADER.sub(" ", text)).strip("…· ")
    return replace(word, text=text) if text.strip(".,:;-_") else None


def in_strip(words: Sequence[Word], strip: Gray) -> list[Word]:
    """Words that were read on `line_crop.for_network(strip)`, each with a box around its ink in the strip itself.

    The engine's own boxes are vague: they begin somewhere between two words, and where a leader or a seal joins letters
    they are as long and as high as what is joined.
    """
    if not words:
        return []
    rows = strip[LETTERS]
    (paper,) = percentiles(rows, 80)
    dark = np.asarray(rows < paper - INK * (paper - float(rows.min())))
    inked = np.asarray(dark.any(axis=0))
    sides = _apart([(round(word.box[0] / SEEN_SCALE), round(word.box[2] / SEEN_SCALE)) for word in words])
    cuts = [_gap(inked, (before[1] + after[0]) // 2) for before, after in pairwise(sides)]
    placed = []
    for word, side, start, end in zip(words, sides, [0, *cuts], [*cuts, len(inked)], strict=True):
        first, last = max(start, side[0] - SLACK), min(end, side[1] + SLACK)
        columns = first + np.flatnonzero(inked[first:last])
        left, right = (int(columns[0]), int(columns[-1]) + 1) if len(columns) else (first, max(last, first + 1))
        high = np.flatnonzero(dark[:, left:right].any(axis=1))
        top, bottom = (int(high[0]), int(high[-1]) + 1) if len(high) else (0, len(dark))
        placed.append(replace(word, box=(left, LETTERS.start + top, right, LETTERS.start + bottom)))
    return placed


def _apart(sides: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Left and right ends of words in reading order, where one reaches over the next or begins before the last."""
    kept = list(sides[:1])
    for left, right in sides[1:]:
        before = kept[-1]
        begins = min(before[1], right) if left <= before[0] else left
        kept[-1] = before[0], min(before[1], begins)
        kept.append((begins, max(begins, right)))
    return kept


def _gap(inked: Mask, near: int) -> int:
    """The middle of the widest stretch without ink near a column; that column where all is ink."""
    start = max(0, near - SLACK)
    blank = np.flatnonzero(~inked[start : near + SLACK]) + start
    if not len(blank):
        return near
    widest = max(np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1), key=len)
    return int(widest[len(widest) // 2])


def _boxed_digits_joined(words: list[Word]) -> list[Word]:
    """Digits that stand one by one in the boxes of a form (số định danh cá nhân) are one number."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _is_boxed(runs[-1][-1]) and _is_boxed(word):
            runs[-1].append(word)
        else:
            runs.append([word])
    joined: list[Word] = []
    for run in runs:
        if len(run) >= 4 and _evenly_spaced(run):
            text = "".join(word.text.strip("|[]") for word in run)
            shapes = "".join(word.shapes for word in run)
            box, confidence = surrounding(word.box for word in run), min(word.confidence for word in run)
            joined.append(Word(text, box, confidence, shapes=shapes))
        else:
            joined.extend(run)
    return joined


def _is_boxed(word: Word) -> bool:
    return bool(re.fullmatch(r"[|\[]*\d{1,3}[|\]]*", word.text))


def _evenly_spaced(run: list[Word]) -> bool:
    """Neighbours lie no further apart than a box is wide."""
    height = max(word.box[3] - word.box[1] for word in run)
    return all(right.box[0] - left.box[2] < 2.5 * height for left, right in pairwise(run))
