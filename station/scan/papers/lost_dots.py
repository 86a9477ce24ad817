"""Dots below letters that a page has lost: to the line that is written on, to a copier, to few pixels.

All models agree on «Lơi» where the dot of «Lợi» is gone. Only the labels tell it, of which it is known how they are
spelt: where one of them has lost a dot, a value may have, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from station.dossier.reading import Doubt, ReadField, Status
from station.dossier.text import folded
from station.scan.papers.description import Grammar
from station.scan.papers.fields import Found

_WORD = re.compile(r"[^\W\d_]+")
_DOT = "\u0323"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FREE = frozenset((Grammar.NAME, Grammar.TEXT, Grammar.ADDRESS))
"""What no list knows: a closed word gets its marks from its list."""


def are_lost(values: Iterable[Found]) -> bool:
    """Whether a label on the page was read without a dot that it has."""
    return any(
        _DOT in _marks(meant) and _DOT not in _marks(read) for found in values for meant, read in _spelt_and_read(found)
    )


def doubted(field: ReadField, found: Found) -> ReadField:
    """The field as it is on a page that loses dots: for a person where a word of it has no tone, or lost it."""
    if field.status is not Status.ACCEPTED or found.rule.grammar not in _FREE:
        return field
    if all(_TONES.intersection(_marks(word)) for word in _WORD.findall(field.value)):
        return field
    return replace(field, status=Status.REVIEW, doubt=Doubt.READS_DIFFER)


def _spelt_and_read(found: Found) -> Iterator[tuple[str, str]]:
    """The words of the label as they are spelt and as they were read, where these are the same but for marks."""
    read = [word for part in found.label for word in _WORD.findall(part.text)]
    for phrase in found.rule.labels:
        meant = _WORD.findall(phrase)
        here = read[-len(meant) :]
        if [folded(word) for word in here] == [folded(word) for word in meant]:
            yield from zip(meant, here, strict=True)
            return


def _marks(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if unicodedata.combining(sign))
