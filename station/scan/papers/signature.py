"""The name printed under a signature: the last line that is a name, below the words that say who signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from station.dossier.reading import Box
from station.dossier.text import folded
from station.scan.papers.labels import find_labels
from station.scan.papers.layout import Row, box_of, grouped, text_of
from station.scan.text.engine import Word

_CAPITALISED = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-])*")
_POSTS = re.compile(
    r"\b(chu tich|uy ban|nhan dan|ubnd|giam doc|truong phong|truong cong an|thu truong|pho truong|cuc truong|cong an|"
    r"cong chuc|tu phap|ho tich|ghi ro|dong dau|ho ten|nguoi ky|y kien|specimen)\b|^(kt|tm|tl|tuq)\b"
)
"""Whole phrases only: «Trương», «Phong» and «Kỳ» are names too."""

_PUNCTUATION = re.compile(r"[^\w ]+ *")
_NAME_WORDS = range(2, 7)
_DEPTH = 14
_STRAY = "\"'“”‘’.,:;*•"


def signature_place(rows: Sequence[Row], labels: Sequence[str]) -> Box | None:
    """Where the name must stand: below the last words that say who signs, a little wider than these."""
    hits = find_labels(rows, labels)
    if not hits:
        return None
    hit = hits[-1]
    left, top, right, bottom = box_of(rows[hit.row][hit.start : hit.end])
    height = bottom - top
    margin = max((right - left) // 3, 5 * height)
    return max(0, left - margin), top - height // 3, right + margin, bottom + _DEPTH * height


def name_in(rows: Sequence[Row], place: Box, surnames: Iterable[str]) -> Row:
    """The words of the lowest row in a place that ends in a name; empty where there is none."""
    left, top, right, bottom = place
    printed = (word for row in rows for word in row if not word.handwritten)
    inside = [word for word in printed if left <= _middle(word) <= right and top <= word.box[1] <= bottom]
    known = {folded(name) for name in surnames}
    for row in reversed(grouped(inside)):
        if name := _name_at_end(row, known):
            return name
    return ()


def _name_at_end(row: Row, surnames: set[str]) -> Row:
    """The last words of a row, from a family name on, where all are capitalised and none names an office."""
    words = _letters(row)
    if _POSTS.search(_PUNCTUATION.sub(" ", folded(text_of(words)))):
        return ()
    for start in range(len(words) - 1):
        name = words[start:]
        if (
            len(name) in _NAME_WORDS
            and (start == 0 or len(name) > 2)  # two words after others may be the end of a longer name
            and all(
                _CAPITALISED.fullmatch(word.text.strip(_STRAY)) and word.text.strip(_STRAY)[0].isupper()
                for word in name
            )
            and folded(name[0].text.strip(_STRAY)) in surnames
        ):
            return name
    return ()


def _letters(row: Row) -> Row:
    return tuple(word for word in row if any(letter.isalpha() for letter in word.text))


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2
