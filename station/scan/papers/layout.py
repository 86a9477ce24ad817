"""The rows of a page as labels and values stand in them: one height, left to right, columns kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz import fuzz

from station.dossier.reading import Box
from station.dossier.text import folded
from station.scan.papers.syllables import is_syllable
from station.scan.text.engine import PageText, Word, of_one_height, surrounding

Row: TypeAlias = tuple[Word, ...]

_GLUED_COLON = re.compile(r"[^\W\d_]{2,}:(?=[/|,.;:_'\"]{0,3}[^\W_])")
_GLUED_DOT = re.compile(r"(?P<before>[^\W_]+)[,;:]?\.(?=[^\W_])(?<!\d\.(?=\d))")
ABBREVIATIONS = frozenset(("TP", "Tp", "TX", "TT", "Q", "P", "H", "X", "T", "KT", "TM", "TL", "TUQ", "BS", "ThS", "No"))
"""Words whose full stop belongs to them; any other dot inside a line is what a leader left there."""

_STRAY = re.compile(r"[|\[\]{}~^`´'\"“”‘’„=_<>\\¬•*·.,]+")
_NO_LETTER = re.compile(r"[\W_]+")


_MARK = "mauspecimen"
_MARK_READ = 72.0
"""Likeness from which two or three words are the pale mark, badly read."""

_SIGNS = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE_END = re.compile(r"(?:\s+[-–—_.…·~]+)+$|[.…]{2,}$")
_LINE_START = re.compile(r"^(?:[-–—_.…·~]+\s+)+")
_DOUBTFUL = 0.12
_UNDER_PEN = 0.3
"""Share of a word's box that lies where somebody wrote by hand."""

_READ, _NEXT = 0.5, 1.5
"""Confidence of a neighbour that was read, and heights between it and the next word of its line."""

WIDE_GAP = 3.2
"""Line heights between two words beyond which they belong to different things."""

HANDWRITING = "\ufffc"
"""Stands in a row where something is written by hand: a place without a text."""


def rows_of(page: PageText) -> list[Row]:
    """One tuple of words a height: stray marks dropped, what dots and colons glue together cut apart."""
    pens = [word.box for word in page.words if word.handwritten]
    rows = [
        tuple(
            piece for line in row for word in _without_noise(_without_mark(line.words), pens) for piece in _pieces(word)
        )
        for row in page.rows
    ]
    return [row for row in rows if row]


def _without_mark(words: Row) -> Row:
    """A specimen's mark is printed across the paper like a watermark; it is no part of the text."""
    for at in range(len(words)):
        for end in (at + 1, at + 2, at + 3):
            if fuzz.ratio(_SIGNS.sub("", folded(text_of(words[at:end]))), _MARK) >= _MARK_READ:
                return (*words[:at], *_without_mark(words[end:]))
    return words


def _without_noise(words: Row, pens: Sequence[Box]) -> Row:
    """Without what engines make of pictures and of strokes beside those that `pens` wrote, a signature's.

    Between two words that were read a badly read word is a word, and so is one behind the colon of a label.
    """
    return tuple(
        word
        for at, word in enumerate(words)
        if not _is_noise(word, pens)
        or (_reads_on(words[at - 1 : at], word) and _reads_on(words[at + 1 : at + 2], word))
        or _is_asked_for(words[max(0, at - 1) : at], word, pens)
    )


def _is_asked_for(before: Row, word: Word, pens: Sequence[Box]) -> bool:
    """Whether a badly read word stands where a label asks for one: «Giới tính: Nax»."""
    asked = _reads_on(before, word) and before[0].text.endswith(":")
    return asked and bool(_LETTERS.fullmatch(word.text)) and not _under_pens(word, pens)


def _reads_on(neighbour: Row, word: Word) -> bool:
    return sum(map(str.isalnum, word.text)) > 1 and any(
        other.confidence > _READ
        and max(other.box[0] - word.box[2], word.box[0] - other.box[2]) < _NEXT * (other.box[3] - other.box[1])
        for other in neighbour
    )


def text_of(words: Iterable[Word]) -> str:
    """What is printed; handwriting has no text."""
    return " ".join(word.text for word in words if not word.handwritten)


def joined_lines(lines: Sequence[str]) -> str:
    """The lines of one value as one text, without the dots and dashes that leaders leave where one line ends and the
    next begins."""
    ended = [*(_LINE_END.sub("", line) for line in lines[:-1]), *lines[-1:]]
    return " ".join([*ended[:1], *(_LINE_START.sub("", line) for line in ended[1:])])


def box_of(words: Iterable[Word]) -> Box:
    return surrounding(word.box for word in words)


def height_of(words: Sequence[Word]) -> float:
    """The median height of the words that have letters, in pixels; 1 if there are none."""
    heights = sorted(word.box[3] - word.box[1] for word in words if not _NO_LETTER.fullmatch(word.text))
    return float(heights[len(heights) // 2]) if heights else 1.0


def side_by_side(rows: Sequence[Row], first: int, last: int, boundary: float) -> list[Row]:
    """Read rows `first` to `last` (exclusive) column by column: all that is left of `boundary`, then the rest."""
    words = [word for row in rows[first:last] for word in row]
    left = [word for word in words if (word.box[0] + word.box[2]) / 2 < boundary]
    right = [word for word in words if (word.box[0] + word.box[2]) / 2 >= boundary]
    return [*rows[:first], *grouped(left), *grouped(right), *rows[last:]]


def grouped(words: Iterable[Word]) -> list[Row]:
    """Words in any order, put into rows of one height, top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box[1] + word.box[3]):
        row = next((row for row in reversed(rows[-3:]) if of_one_height(row[-1].box, word.box)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [tuple(sorted(row, key=lambda word: word.box[0])) for row in rows]


def until_gap(words: Row, height: float) -> Row:
    """The words up to the first wide gap."""
    for at in range(1, len(words)):
        if words[at].box[0] - words[at - 1].box[2] > WIDE_GAP * height:
            return words[:at]
    return words


def apart(row: Row) -> list[Row]:
    """The row cut at its wide gaps."""
    pieces: list[Row] = []
    height = height_of(row)
    while row:
        pieces.append(until_gap(row, height))
        row = row[len(pieces[-1]) :]
    return pieces


def _pieces(word: Word) -> tuple[Word, ...]:
    """«sinh:05/03/1999» at the colon; «Khóm.8,.Xã» at the dots that a leader left under the line."""
    if word.handwritten:
        return (replace(word, text=HANDWRITING),)
    if _STRAY.fullmatch(word.text):
        return ()
    cuts = [match.end() for match in _GLUED_COLON.finditer(word.text)]
    if "@" not in word.text:
        cuts += [
            match.end()
            for match in _GLUED_DOT.finditer(word.text)
            if match["before"] not in ABBREVIATIONS and not in_code(match)
        ]
    left, top, right, bottom = word.box
    pieces = []
    for start, end in pairwise([0, *sorted(set(cuts)), len(word.text)]):
        text = word.text[start:end].lstrip(".")
        if end < len(word.text) and text.endswith("."):
            text = text.rstrip(".")
        if text:
            box = (_at(left, right, start, word.text), top, _at(left, right, end, word.text), bottom)
            pieces.append(replace(word, text=text, box=box))
    return tuple(pieces)


def in_code(match: re.Match[str]) -> bool:
    """Whether a dot stands inside a reference such as «00318.GCS.40012.26»: figures and capitals around it."""
    follows = re.match(r"\d+|[A-Z]{2,}", match.string[match.end() :])
    before = match["before"]
    if follows is None:
        return False
    return before.isdigit() or (follows[0].isdigit() and bool(re.fullmatch(r"[A-Z]{2,}", before)))


def _is_noise(word: Word, pens: Sequence[Box]) -> bool:
    """What engines make of portraits, guilloche and fingerprints: doubtful, no syllable in it and no number.

    Of a pen's strokes they are surer: there it is enough that no syllable is in it.
    """
    if word.handwritten or _NUMBER.search(word.text):
        return False
    if any(len(part) > 1 and is_syllable(part) for part in _LETTERS.findall(word.text)):
        return False
    return word.confidence < _DOUBTFUL or _under_pens(word, pens)


def _under_pens(word: Word, pens: Sequence[Box]) -> bool:
    return sum(_shared(word.box, pen) for pen in pens) >= _UNDER_PEN


def _shared(box: Box, other: Box) -> float:
    """Share of a box that lies in another one."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return max(0, across) * max(0, down) / max(1, (box[2] - box[0]) * (box[3] - box[1]))


def _at(left: int, right: int, place: int, text: str) -> int:
    return left + (right - left) * place // len(text)
