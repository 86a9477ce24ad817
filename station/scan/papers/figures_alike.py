"""A 3 and a 5 that a typeface makes alike: where the 3 has a flat top, all models make a 5 of it, and agree.

Only that the first model is less sure tells it, and that on the same page the models differ on another of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from station.dossier.reading import Doubt, ReadField, Status
from station.scan.papers.fields import Found

_ALIKE = frozenset("35")
_NO_FIGURE = re.compile(r"\D")

SURE = 0.8
"""Confidence of the page's read below which a 3 or a 5 counts for nothing."""

SURER = 0.9
"""The same on a page on which one of them was unsure or the models differed on one."""


def unsure(found: Found, value: str, least: float = SURE) -> bool:
    """Whether the page's read is unsure of a 3 or a 5 in this value; other words of it may be as worn as they are."""
    return not _ALIKE.isdisjoint(value) and _certainty(found) < least


def are_alike(values: Iterable[Found], reads: Iterable[Sequence[str]]) -> bool:
    """Whether anything on a page shows that its typeface makes them alike; `reads` are each value's by all models."""
    in_figures = (_figures(texts) for texts in reads)
    differ = any(set(column) == _ALIKE for texts in in_figures for column in zip(*texts, strict=True))
    return differ or any(0.0 < _certainty(found) < SURE for found in values)


def doubted(field: ReadField, found: Found) -> ReadField:
    """The field as it is on a page that makes them alike."""
    if field.status is not Status.ACCEPTED or not unsure(found, field.value, SURER):
        return field
    return replace(field, status=Status.REVIEW, doubt=Doubt.READS_DIFFER)


def _certainty(found: Found) -> float:
    """Of the least sure word with such a figure; 0 where there is none."""
    return min((word.confidence for word in found.words if not _ALIKE.isdisjoint(word.text)), default=0.0)


def _figures(texts: Sequence[str]) -> Sequence[str]:
    """The figures of each text where all have as many, else nothing: only then they can be laid side by side."""
    figures = [_NO_FIGURE.sub("", text) for text in texts]
    return figures if len(set(map(len, figures))) == 1 else []
