"""From a read page to its kind and fields: which paper, where its values are, how far each can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from station.dossier.reading import Box, ReadField, Source
from station.dossier.text import folded
from station.scan.papers.agreement import Weighed, weigh
from station.scan.papers.classify import OTHER, Kind, classify
from station.scan.papers.description import Grammar, Papers
from station.scan.papers.fields import Found, arranged, find_values
from station.scan.papers.layout import Row, rows_of, text_of
from station.scan.papers.normalise import clean, id_number_in
from station.scan.text.engine import PageText, surrounding

Reread = Callable[[Sequence[Box]], Sequence[str]]
"""What other models read in these boxes (one a line), one text each."""

CODE_SPEAKS = 0.9


@dataclass(frozen=True)
class Extracted:
    """What a page's text yields; boxes are in pixels of the prepared image."""

    kind: str
    kind_confidence: float
    fields: tuple[ReadField, ...]
    text: str


def extract(page: PageText, papers: Papers, reread: Reread, likely: str | None = None) -> Extracted:
    """Kind, fields in printing order, and the text in reading order.

    `likely` is the kind that a code on the page speaks for: taken where the print is too poor to tell.
    """
    rows = rows_of(page)
    kind = classify(rows, papers)
    if kind.kind == OTHER and likely is not None:
        kind = Kind(likely, CODE_SPEAKS)
    paper = papers.get(kind.kind)
    if paper is None:
        return Extracted(kind.kind, kind.confidence, (), _lines(rows))
    rows = arranged(rows, paper)
    fields: dict[str, ReadField] = {}
    for found in find_values(rows, paper, kind.title_rows, papers.lexicons.get("post", ())):
        if found.rule.key in fields:
            continue
        elsewhere = _same_words_elsewhere(found, rows) if found.rule.grammar is Grammar.NAME else ()
        weighed = weigh(found, reread(found.boxes), papers.lexicons, elsewhere)
        if weighed is not None:
            fields[found.rule.key] = _field(found, weighed)
    return Extracted(kind.kind, round(kind.confidence, 3), tuple(_with_numbers(fields)), _lines(rows))


def _same_words_elsewhere(found: Found, rows: Sequence[Row]) -> list[str]:
    """The same words, but for marks and case, read at another place: under a signature, in the opening sentence."""
    target = folded(clean(found.text)).split()
    here = {word.box for word in found.words}
    texts = []
    for row in rows:
        for start in range(len(row) - len(target) + 1):
            words = row[start : start + len(target)]
            if words[0].box not in here and [folded(word.text.strip(".,;:")) for word in words] == target:
                texts.append(" ".join(word.text.strip(".,;:") for word in words))
    return texts if len(target) > 1 else []


def _field(found: Found, weighed: Weighed) -> ReadField:
    return ReadField(
        key=found.rule.key,
        value=weighed.value,
        printed=weighed.printed,
        confidence=weighed.confidence,
        status=weighed.status,
        source=Source.OCR,
        box=surrounding(found.boxes),
    )


def _with_numbers(fields: dict[str, ReadField]) -> list[ReadField]:
    """The number inside an identity paper's phrase is a field of its own."""
    numbered: list[ReadField] = []
    for field in fields.values():
        numbered.append(field)
        if field.key.endswith("id_paper"):
            key = field.key.removesuffix("id_paper") + "id_number"
            number = id_number_in(field.value)
            if number and key not in fields:
                numbered.append(replace(field, key=key, value=number, printed=number))
    return numbered


def _lines(rows: Sequence[Row]) -> str:
    return "\n".join(text_of(row) for row in rows)
