"""From an engine's raw words to lines: what is left of dotted leaders goes, runs of boxed digits become one word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby, pairwise

from station.dossier.text import exact
from station.scan.text.engine import Line, Word, surrounding

LEADER = re.compile(r"[.…·‥_‧•‗]*(?:[.…·‥_‧•‗]{2,}|…)[.…·‥_‧•‗,:;]*")
"""Two or more dots or underscores in a row are a leader; a single full stop ends a sentence."""


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
        return Word(text, word.box, word.confidence) if text else None
    text = exact(LEADER.sub(" ", text)).strip("…· ")
    return Word(text, word.box, word.confidence) if text.strip(".,:;-_") else None


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
            joined.append(Word(text, surrounding(word.box for word in run), min(word.confidence for word in run)))
        else:
            joined.extend(run)
    return joined


def _is_boxed(word: Word) -> bool:
    return bool(re.fullmatch(r"[|\[]*\d{1,3}[|\]]*", word.text))


def _evenly_spaced(run: list[Word]) -> bool:
    """Neighbours lie no further apart than a box is wide."""
    height = max(word.box[3] - word.box[1] for word in run)
    return all(right.box[0] - left.box[2] < 2.5 * height for left, right in pairwise(run))
