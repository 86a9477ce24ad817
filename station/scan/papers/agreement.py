"""How far a value can be trusted: accepted only where two independent reads agree and the grammar holds.

An engine's own confidence is no ground to accept (right 94 times in 100 at 90 % and more); the agreement of the
page's reading with another model's reading of the value alone is (99.3 in 100).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station.dossier.reading import Box, Status
from station.scan.image.arrays import Gray
from station.scan.papers.fields import Found
from station.scan.papers.normalise import clean, normalised
from station.scan.text.engine import TextEngine

_PAD = 0.28


@dataclass(frozen=True)
class Weighed:
    """A value after all reads were heard."""

    value: str
    printed: str
    confidence: float
    status: Status


def read_again(gray: Gray, boxes: Sequence[Box], engine: TextEngine) -> str:
    """The lines of a value, each cut out with a small margin and read by itself."""
    return " ".join(engine.read_line(_cut(gray, box))[0] for box in boxes)


def weigh(found: Found, others: Sequence[str], lexicons: dict[str, tuple[str, ...]]) -> Weighed | None:
    """Hear the page's read and the other models'; None where no read yields a value of the rule's grammar."""
    heard = [(text, normalised(found.rule, text, lexicons)) for text in (found.text, *others)]
    votes = Counter(value for _, value in heard if value is not None)
    if not votes:
        return None
    page = heard[0][1]
    value = max(votes, key=lambda value: (votes[value], value == page))
    printed = next(text for text, read in heard if read == value)
    agreed = votes[value] == len(heard) and len(heard) > 1
    word = min((word.confidence for word in found.words), default=0.0)
    confidence = (votes[value] / len(heard)) * (0.9 + 0.1 * word)
    status = Status.ACCEPTED if agreed else Status.REVIEW
    return Weighed(value, clean(printed), round(confidence, 3), status)


Reread = Callable[[Sequence[Box]], Sequence[str]]


def _cut(gray: Gray, box: Box) -> Gray:
    left, top, right, bottom = box
    pad = max(3, round(_PAD * (bottom - top)))
    height, width = gray.shape
    return gray[max(0, top - pad) : min(height, bottom + pad), max(0, left - pad) : min(width, right + pad)]
