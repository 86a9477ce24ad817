"""Forms that somebody filled in with a pen: then nothing behind a label below the title is print.

One judgement for the whole page, from all that speaks for a hand or against it; nothing alone is enough. A reader of
print does not know a hand, nor words that a camera has shaken; a curled page sets words askew, too; a signature is
handwriting on a printed page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from station.dossier.reading import Box
from station.scan.papers.fields import Found
from station.scan.text.hand import Uneven

AS_WELL = 0.97
"""How sure the reader of print must be of values, beside how sure it is of their labels, to make any other look
needless: three printed pages in four are, and the best-read of 95 hands had 0.92."""

FEW = 4
"""Words, or values, that tell as much as knowing nothing does."""

LOST, LEANING, STANDING, SEEN, USUAL = 7.0, 80.0, 3.2, 8.7, -4.5
"""What each kind of `Evidence` weighs, and what is so before any is known, in natural logarithms of the odds; from
`python -m tools.training.hand_or_print`."""

LEAST = 0.01
"""The least that labels count as."""

Measure = Callable[[Sequence[Sequence[Sequence[Box]]], Sequence[Sequence[Box]]], Uneven]
"""How unevenly words stand and lean: for each value on each of its lines the boxes of its words, and those of each
label."""


@dataclass(frozen=True)
class Evidence:
    """What tells a form that was filled in by hand; each is about 0 where it is print or nothing is known.

    `lost` is the share of its labels' surety that the reader of print has not of the values, `seen` the share of
    values in which the line finder sees handwriting.
    """

    lost: float = 0.0
    leaning: float = 0.0
    standing: float = 0.0
    seen: float = 0.0

    @property
    def by_hand(self) -> bool:
        terms = (self.lost * LOST, self.leaning * LEANING, self.standing * STANDING, self.seen * SEEN)
        return sum(terms) + USUAL > 0


NO_EVIDENCE = Evidence()


def evidence_of(values: Sequence[Found], top: int, measure: Measure) -> Evidence:
    """What the values below the title tell; `top` is where it stands: above it a number may be printed or stamped.

    Words are measured last, which costs most, and not at all where the reader knows the values as well as their labels.
    """
    filled = _filled(values, top)
    words = [[[word for word in line if not word.handwritten] for line in value.lines] for value in filled]
    read = [word.confidence for value in words for line in value for word in line]
    labels = [word.confidence for value in filled for word in value.label]
    seen = sum(any(word.handwritten for word in value.words) for value in filled) / (len(filled) + FEW)
    known = fmean(read) / max(fmean(labels), LEAST) if read else AS_WELL
    if known >= AS_WELL:
        return Evidence(seen=seen)
    uneven = measure(
        [[[word.box for word in line] for line in value] for value in words],
        [[word.box for word in value.label] for value in filled],
    )
    return Evidence((1 - known) * len(read) / (len(read) + FEW), uneven.leaning, uneven.standing, seen)


def filled_in(values: Sequence[Found], top: int, evidence: Evidence) -> list[Found]:
    """`values`, all words of what was filled in below the title marked as handwriting if the evidence is for a hand."""
    if not evidence.by_hand:
        return list(values)
    written = {id(value) for value in (*_filled(values, top), *(value for value in values if _in_table(value, top)))}
    return [_handwritten(value) if id(value) in written else value for value in values]


def _filled(values: Sequence[Found], top: int) -> list[Found]:
    return [value for value in values if value.label and value.lines and value.label[0].box[1] >= top]


def _in_table(value: Found, top: int) -> bool:
    """A cell has no label of its own; who fills a form in by hand fills its table in, too."""
    return "[" in value.rule.key and bool(value.lines) and value.boxes[0][1] >= top


def _handwritten(value: Found) -> Found:
    return replace(value, lines=tuple(tuple(replace(word, handwritten=True) for word in row) for row in value.lines))
