"""What every text engine offers, and the words it finds: arrays in, text with boxes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from station.dossier.reading import Box
from station.scan.image.arrays import Gray

FAINTEST = 40
"""Difference of paper and print, of 255, below which there is no print."""


@dataclass(frozen=True)
class Word:
    """One word, NFC, with its box in pixels of the image that was read and the engine's confidence, 0 to 1.

    The confidence ranks words; it is too poor a signal to accept a value on (see `docs/reading.md`). The text of what
    is `handwritten` counts for nothing.
    """

    text: str
    box: Box
    confidence: float
    handwritten: bool = False
    shapes: str = ""
    """For each 3 and 5 of the text what it is by its shape, as `three_or_five` tells it; empty where nobody looked."""


@dataclass(frozen=True)
class Line:
    """The words of one printed line, left to right. On one height there may be several lines (columns, cells)."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        return surrounding(word.box for word in self.words)

    @cached_property
    def confidence(self) -> float:
        """Of the least certain word."""
        return min(word.confidence for word in self.words)


@dataclass(frozen=True)
class PageText:
    """A page's lines in reading order: top to bottom, lines of one height read across."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """NFC; lines of one height stand on one text line."""
        return "\n".join(" ".join(line.text for line in row) for row in self.rows)

    @cached_property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        """The lines grouped by height, each row left to right."""
        rows: list[list[Line]] = []
        for line in self.lines:
            if rows and of_one_height(rows[-1][0].box, line.box):
                rows[-1].append(line)
            else:
                rows.append([line])
        return tuple(tuple(row) for row in rows)

    @property
    def box(self) -> Box:
        """Around all lines; there must be at least one."""
        return surrounding(line.box for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line.words)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> PageText:
        """Put lines, in whatever order an engine found them, into reading order."""
        rows: list[list[Line]] = []
        for line in sorted((line for line in lines if line.words), key=lambda line: _middle(line.box)):
            row = next((row for row in reversed(rows[-3:]) if of_one_height(row[0].box, line.box)), None)
            if row is None:
                rows.append([line])
            else:
                row.append(line)
        return cls(tuple(line for row in rows for line in sorted(row, key=lambda line: line.box[0])))


class TextEngine(Protocol):
    """Reads Vietnamese text. Engines keep their model resident and are used by one thread at a time."""

    def read_page(self, image: Gray) -> PageText:
        """A whole prepared page; an empty page has no lines."""
        ...

    def read_block(self, image: Gray) -> PageText:
        """One uniform block of lines, such as the three lines of an MRZ."""
        ...

    def read_line(self, image: Gray) -> tuple[str, float]:
        """One line's crop: its text (NFC, empty if there is none) and the mean confidence, 0 to 1."""
        ...

    def read_words(self, image: Gray) -> list[Word]:
        """One line's crop: its words, as the engine has them, with boxes in pixels of the crop."""
        ...


class StripReader(Protocol):
    """Reads straight strips of `line_crop.HEIGHT` rows, shown to its network as they are. For one thread at a time."""

    def read_strips(self, strips: Sequence[Gray]) -> list[list[Word]]:
        """The words of each strip, with boxes in its pixels: many strips at once cost less than one by one."""
        ...


def is_blank(image: Gray) -> bool:
    """Whether there is nothing to read: engines make up a letter or two for plain paper."""
    return image.size == 0 or int(image.max()) - int(image.min()) < FAINTEST


def surrounding(boxes: Iterable[Box]) -> Box:
    """The smallest box around one or more boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def of_one_height(one: Box, other: Box) -> bool:
    """Whether two lines stand at one height: they overlap by more than half of the lower one."""
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    return 2 * overlap > min(one[3] - one[1], other[3] - other[1])


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
