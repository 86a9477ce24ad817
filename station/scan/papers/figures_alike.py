"""A 3 and a 5 that a typeface makes alike: where the 3 has a flat top, models make a 5 of it, often all of them.

The shape of a figure is a witness of its own (`station.scan.text.three_or_five`). Where it cannot tell, only that the
first model is less sure does, and that on the same page the models differ on another of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from station.dossier.reading import Doubt, ReadField, Status
from station.scan.papers.fields import Found
from station.scan.text.engine import Word
from station.scan.text.three_or_five import ALIKE, UNTOLD

_ALIKE = re.compile("[35]")
_NO_FIGURE = re.compile(r"\D")

SURE = 0.8
"""Confidence of the page's read below which a 3 or a 5 counts for nothing."""

SURER = 0.9
"""The same on a page on which one of them was unsure or the models differed on one."""


@dataclass(frozen=True)
class Shaped:
    """The reads of one value with their threes and fives as the shapes tell them."""

    texts: tuple[str, ...]
    contradicted: bool
    """Whether a shape says otherwise than the page's read."""

    differ: bool
    """Whether one says otherwise than another model's read."""


def with_shapes(found: Found, others: Sequence[str]) -> Shaped:
    """The shape of a 3 or a 5 outvotes the reads: where it contradicts them it is right ten times in eleven.

    A read with more or fewer figures than the page's cannot be laid beside it and stays as it is.
    """
    texts = [found.text, *others]
    shapes = iter(_shapes(found))
    own = [next(shapes) if figure in ALIKE else "" for figure in _figures(texts[0])]
    rows = [_figures(text) for text in texts]
    told: dict[int, str] = {}
    against = [False] * len(texts)
    for at, shape in enumerate(own):
        if shape in ("", UNTOLD):
            continue
        told[at] = shape
        for number, row in enumerate(rows):
            against[number] |= len(row) == len(own) and row[at] in ALIKE and row[at] != shape
    shown = (_with(text, told) if len(row) == len(own) else text for text, row in zip(texts, rows, strict=True))
    return Shaped(tuple(shown), against[0], any(against[1:]))


def unsure(found: Found, value: str, least: float = SURE) -> bool:
    """Whether neither its shape nor the page's read is sure of a 3 or a 5 in this value; other words of it may be as
    worn as they are."""
    return not ALIKE.isdisjoint(value) and _certainty(found) < least


def are_alike(values: Iterable[Found], reads: Iterable[Sequence[str]]) -> bool:
    """Whether anything on a page shows that its typeface makes them alike; `reads` are each value's by all models."""
    in_figures = (_laid_beside(texts) for texts in reads)
    differ = any(set(column) == ALIKE for texts in in_figures for column in zip(*texts, strict=True))
    return differ or any(_certainty(found) < SURE for found in values)


def doubted(field: ReadField, found: Found) -> ReadField:
    """The field as it is on a page that makes them alike."""
    if field.status is not Status.ACCEPTED or not unsure(found, field.value, SURER):
        return field
    return replace(field, status=Status.REVIEW, doubt=Doubt.READS_DIFFER)


def _certainty(found: Found) -> float:
    """Of the least sure word with such a figure whose shape does not confirm it; 1 where there is none."""
    return min((word.confidence for word in found.words if word.shapes != _alike_in(word)), default=1.0)


def _alike_in(word: Word) -> str:
    return "".join(_ALIKE.findall(word.text))


def _shapes(found: Found) -> str:
    """Of each 3 and 5 of a value; untold where nobody looked."""
    each = ((word.shapes, _alike_in(word)) for word in found.words if not word.handwritten)
    return "".join(shapes if len(shapes) == len(read) else UNTOLD * len(read) for shapes, read in each)


def _with(text: str, told: dict[int, str]) -> str:
    """The text with some of its threes and fives replaced; figures are counted from the left."""
    number = iter(range(len(text)))

    def shown(figure: re.Match[str]) -> str:
        at = next(number)
        return told.get(at, figure[0]) if figure[0] in ALIKE else figure[0]

    return re.sub(r"\d", shown, text)


def _figures(text: str) -> str:
    return _NO_FIGURE.sub("", text)


def _laid_beside(texts: Sequence[str]) -> Sequence[str]:
    """The figures of each text where all have as many, else nothing: only then they can be laid side by side."""
    figures = [_figures(text) for text in texts]
    return figures if len(set(map(len, figures))) == 1 else []
