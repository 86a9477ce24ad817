"""Forms that somebody filled in with a pen: then nothing behind a label below the title is print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import fmean

from station.dossier.reading import Box
from station.scan.papers.fields import Found
from station.scan.papers.layout import box_of

MANY = 0.3
"""Share of values in which the finder sees handwriting: strokes of a signature touch 0.14 of a printed page's."""

ENOUGH = 4
"""Values below which such a share says nothing."""

HARDLY = 0.58
"""How sure the reader of print is of the values, beside how sure it is of their labels: print has 0.69 and more,
shaken or copied; hands that it cannot read have 0.37 to 0.62."""

AS_WELL = 1.0
"""The same from which values are print, however their words stand on a curled page: hands that a reader of print reads
best have 0.98."""

WORDS = 8
"""Words of values below which this says nothing."""

USUAL, LEAST = 0.9, 0.01
"""What print has where nobody can say, and the least that labels count as."""

ByHand = Callable[[Sequence[Sequence[Box]], Sequence[Box]], bool]
"""Whether values in boxes on lines are written by hand; the other boxes are those of their labels."""


def filled_in(values: Sequence[Found], top: int, by_hand: ByHand) -> list[Found]:
    """`values`, all words of what was filled in marked as handwriting if any of it is.

    `top` is where the title stands: above it a number may be printed or stamped.
    """
    filled = [value for value in values if value.label and value.lines and value.label[0].box[1] >= top]
    labels = [box_of(value.label) for value in filled]
    known = _known(filled)
    if not (
        known < HARDLY
        or _mostly_handwritten(filled)
        or (known < AS_WELL and by_hand([value.printed.boxes for value in filled], labels))
    ):
        return list(values)
    written = {id(value) for value in (*filled, *(value for value in values if _in_table(value, top)))}
    return [_handwritten(value) if id(value) in written else value for value in values]


def _in_table(value: Found, top: int) -> bool:
    """A cell has no label of its own; who fills a form in by hand fills its table in, too."""
    return "[" in value.rule.key and bool(value.lines) and value.boxes[0][1] >= top


def _mostly_handwritten(filled: Sequence[Found]) -> bool:
    seen = sum(any(word.handwritten for word in value.words) for value in filled)
    return len(filled) >= ENOUGH and seen >= MANY * len(filled)


def _known(filled: Sequence[Found]) -> float:
    """How sure the reader is of the values beside how sure of their labels; what print has where there are few words.

    Labels and values went through the same machine: a reader of print that knows the labels does not know a hand.
    """
    values = [word.confidence for value in filled for word in value.words if not word.handwritten]
    labels = [word.confidence for value in filled for word in value.label]
    return fmean(values) / max(fmean(labels), LEAST) if len(values) >= WORDS else USUAL


def _handwritten(value: Found) -> Found:
    return replace(value, lines=tuple(tuple(replace(word, handwritten=True) for word in row) for row in value.lines))
