"""How one field comes about: its place weighed, or the signer's name looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.dossier.text import folded
from station.scan.papers.agreement import Weighed, weigh
from station.scan.papers.cleaning import clean
from station.scan.papers.description import FieldRule, Grammar, Papers
from station.scan.papers.fields import Found
from station.scan.papers.layout import Row, rows_of, text_of
from station.scan.papers.second_readers import SecondReaders
from station.scan.papers.signature import name_in, signature_place
from station.scan.text.engine import surrounding


@dataclass(frozen=True)
class Weighing:
    """How one field came about: its rule, where its label stands, what each model read, and the field, if there is one.

    Without `reads` the place is blank or handwritten; one read is enough where a code or zone says the same.
    """

    rule: FieldRule
    label: Row
    reads: tuple[str, ...]
    field: ReadField | None


def weighed(
    found: Found, others: Sequence[str], rows: Sequence[Row], papers: Papers, readers: SecondReaders
) -> Weighing:
    """One place of a value: what the page's read and the `others` of it come to."""
    if not found.lines:
        return Weighing(found.rule, found.label, (), None)
    printed = found.printed
    if not printed.lines:
        return Weighing(found.rule, found.label, (), _by_hand(found))
    elsewhere = _same_words_elsewhere(printed, rows) if found.rule.grammar is Grammar.NAME else ()
    heard = weigh(
        printed,
        others,
        papers.lexicons,
        elsewhere,
        gazetteer=papers.gazetteer,
        small_print=readers.small_print(printed.boxes),
    )
    field = _field(printed, heard) if heard else None
    if printed is not found:
        field = replace(field, status=Status.REVIEW, doubt=Doubt.HANDWRITTEN) if field else _by_hand(found)
    return Weighing(found.rule, found.label, (printed.text, *others), field)


def signed(rule: FieldRule, rows: Sequence[Row], papers: Papers, readers: SecondReaders) -> Weighing:
    """The signer's name: from the page, and from its dark print alone, free of the ink of seal and signature."""
    surnames = papers.lexicons.get("surname", ())
    place = signature_place(rows, (*rule.labels, *papers.lexicons.get("post", ())))
    if place is None:
        return Weighing(rule, (), (), None)
    reads = [rows, *(rows_of(text) for text in readers.dark_print(place))]
    names = [name for read in reads if (name := name_in(read, place, surnames))]
    if not names:
        return Weighing(rule, (), (), None)
    found = Found(rule, (names[0],))
    texts = tuple(text_of(name) for name in names)
    heard = weigh(found, texts[1:], papers.lexicons, small_print=readers.small_print(found.boxes))
    if heard is None:
        return Weighing(rule, (), texts, None)
    if len(names) < len(reads) and heard.doubt is None:  # a read that found no name is one that does not agree
        heard = replace(heard, status=Status.REVIEW, doubt=Doubt.READS_DIFFER)
    return Weighing(rule, (), texts, _field(found, heard))


def _by_hand(found: Found) -> ReadField:
    """A place that was filled in by hand: where it is, and no invented text."""
    return ReadField(
        key=found.rule.key,
        value="",
        printed="",
        confidence=0.0,
        status=Status.REVIEW,
        source=Source.OCR,
        box=surrounding(found.boxes),
        doubt=Doubt.HANDWRITTEN,
    )


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


def _field(found: Found, heard: Weighed) -> ReadField:
    return ReadField(
        key=found.rule.key,
        value=heard.value,
        printed=heard.printed,
        confidence=heard.confidence,
        status=heard.status,
        source=Source.OCR,
        box=surrounding(found.boxes),
        others=heard.others,
        doubt=heard.doubt,
    )
