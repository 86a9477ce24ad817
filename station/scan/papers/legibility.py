"""Whether a page's print is read well enough for agreement to mean anything.

Where the models differ on many words of a page, its typeface or its wear is strange to all of them, and some of the
words on which they do agree are wrong alike: a 3 with a flat top is a 5 to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from station.dossier.reading import Doubt, ReadField, Status
from station.dossier.units import Gazetteer
from station.scan.papers.agreement import is_one_of_few
from station.scan.papers.description import Grammar
from station.scan.papers.dissent import is_sure
from station.scan.papers.fields import Found

LEGIBLE = 0.78
"""Share of words on which all models agree: 0.9 and more on ordinary scans, below 0.76 where they shared errors."""

_WORD = re.compile(r"\w+")
"""What leaders and stray points make between and behind words is no misread print."""

ENOUGH = 12
"""Words below which nothing is concluded."""


def legible(reads: Iterable[Sequence[str]]) -> bool:
    """`reads` are, for each value of a page, what each model read."""
    agreed = words = 0
    for texts in reads:
        if len(texts) < 2:
            continue
        parts = [_WORD.findall(text.casefold()) for text in texts]
        longest = max(map(len, parts))
        words += longest
        if len(set(map(len, parts))) == 1:
            agreed += sum(len(set(column)) == 1 for column in zip(*parts, strict=True))
        else:
            common = set.intersection(*map(set, parts))
            agreed += min(sum(word in common for word in parts[0]), longest)
    return words < ENOUGH or agreed >= LEGIBLE * words


def in_poor_print(field: ReadField, found: Found | None, gazetteer: Gazetteer) -> ReadField:
    """The field as it is on a page that is hardly legible: words of closed lists and known units stay accepted, and
    what else the page's read is sure of, but for names; `found` is its place, if a label or a table has it."""
    grammar = found.rule.grammar if found else Grammar.NAME
    sure = found is not None and grammar is not Grammar.NAME and is_sure(found)
    if field.status is not Status.ACCEPTED or sure or is_one_of_few(grammar, field.value, gazetteer):
        return field
    return replace(field, status=Status.REVIEW, doubt=Doubt.SMALL_PRINT)
