"""From a read page to its kind and fields: which paper, where its values are, how far each can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from station.dossier.reading import Box, ReadField, Source, Status
from station.dossier.text import folded
from station.scan.papers.agreement import Weighed, weigh
from station.scan.papers.classify import classify
from station.scan.papers.description import FieldRule, Grammar, Papers, Place
from station.scan.papers.fields import Found, arranged, find_values
from station.scan.papers.layout import Row, rows_of, text_of
from station.scan.papers.normalise import clean, id_number_in
from station.scan.papers.signature import name_in, signature_place
from station.scan.text.engine import PageText, surrounding


class SecondReaders(Protocol):
    """Other models than the page's, for single values. Boxes are in pixels of the prepared image."""

    def lines(self, boxes: Sequence[Box]) -> Sequence[str]:
        """What each reads in these boxes, one a line."""
        ...

    def dark_print(self, box: Box) -> Sequence[PageText]:
        """What each reads in the darkest print of a part of the page: without signatures and pale seals."""
        ...


@dataclass(frozen=True)
class Extracted:
    """What a page's text yields; boxes are in pixels of the prepared image."""

    kind: str
    kind_confidence: float
    fields: tuple[ReadField, ...]
    text: str


def extract(page: PageText, papers: Papers, readers: SecondReaders, likely: Sequence[str] = ()) -> Extracted:
    """Kind, fields in printing order, and the text in reading order.

    `likely` are the kinds that a code or zone on the page speaks for: the best of them is taken where the print is too
    poor to tell.
    """
    rows = rows_of(page)
    kind = classify(rows, papers, likely)
    paper = papers.get(kind.kind)
    if paper is None:
        return Extracted(kind.kind, kind.confidence, (), _lines(rows))
    rows = arranged(rows, paper)
    fields: dict[str, ReadField] = {}
    for found in find_values(rows, paper, kind.title_rows):
        if found.rule.key in fields:
            continue
        elsewhere = _same_words_elsewhere(found, rows) if found.rule.grammar is Grammar.NAME else ()
        weighed = weigh(found, readers.lines(found.boxes), papers.lexicons, elsewhere)
        if weighed is not None:
            fields[found.rule.key] = _field(found, weighed)
    for rule in paper.rules:
        if rule.place is Place.SIGNATURE and (signed := _signed(rule, rows, papers, readers)):
            fields[rule.key] = signed
    return Extracted(kind.kind, round(kind.confidence, 3), tuple(_with_numbers(fields)), _lines(rows))


def _signed(rule: FieldRule, rows: Sequence[Row], papers: Papers, readers: SecondReaders) -> ReadField | None:
    """The signer's name: from the page, and from its dark print alone, free of the ink of seal and signature."""
    surnames = papers.lexicons.get("surname", ())
    place = signature_place(rows, (*rule.labels, *papers.lexicons.get("post", ())))
    if place is None:
        return None
    reads = [rows, *(rows_of(text) for text in readers.dark_print(place))]
    names = [name for read in reads if (name := name_in(read, place, surnames))]
    if not names:
        return None
    found = Found(rule, (names[0],))
    weighed = weigh(found, [text_of(name) for name in names[1:]], papers.lexicons)
    if weighed is None:
        return None
    # A read that found no name is one that does not agree.
    status = weighed.status if len(names) == len(reads) else Status.REVIEW
    return _field(found, replace(weighed, status=status))


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
