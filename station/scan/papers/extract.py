"""From a read page to its kind and fields: which paper, where its values are, how far each can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from station.dossier.reading import Box, Doubt, ReadField, Source, Status
from station.dossier.text import folded, same
from station.scan.papers import lost_dots
from station.scan.papers.agreement import Weighed, weigh
from station.scan.papers.classify import Fit, chosen, fits_of
from station.scan.papers.cleaning import clean
from station.scan.papers.description import FieldRule, Grammar, Paper, Papers, Place
from station.scan.papers.fields import Found, arranged, find_values
from station.scan.papers.figures_alike import are_alike, doubted
from station.scan.papers.filled_in import NO_EVIDENCE, Evidence, evidence_of, filled_in
from station.scan.papers.layout import Row, rows_of, text_of
from station.scan.papers.legibility import in_poor_print, legible
from station.scan.papers.normalise import normalised
from station.scan.papers.numbers_in_phrases import number_in, with_numbers
from station.scan.papers.printed_text import printed
from station.scan.papers.reading_order import rows_in_order
from station.scan.papers.signature import name_in, signature_place
from station.scan.text.engine import PageText, surrounding
from station.scan.text.hand import Uneven

Told = Callable[[str], Sequence[ReadField]]
"""What codes and a zone on the page say, if the page is of this kind."""


class SecondReaders(Protocol):
    """Other models than the page's, for single values. Boxes are in pixels of the prepared image."""

    def lines(self, values: Sequence[Sequence[Box]]) -> Sequence[Sequence[str]]:
        """For each value, in boxes on one line each, what each of them reads: all at once, which costs half."""
        ...

    def small_print(self, boxes: Sequence[Box]) -> bool:
        """Whether the print in these boxes is so small on the page that all models misread the same signs of it."""
        ...

    def uneven(self, values: Sequence[Sequence[Sequence[Box]]], labels: Sequence[Sequence[Box]]) -> Uneven:
        """How unevenly the words of values, in boxes line by line, stand and lean beside those of their labels."""
        ...

    def dark_print(self, box: Box) -> Sequence[PageText]:
        """What each reads in the darkest print of a part of the page: without signatures and pale seals."""
        ...


@dataclass(frozen=True)
class Weighing:
    """How one field came about: its rule, where its label stands, what each model read, and the field, if there is one.

    Without `reads` the place is blank or handwritten; one read is enough where a code or zone says the same.
    """

    rule: FieldRule
    label: Row
    reads: tuple[str, ...]
    field: ReadField | None


@dataclass(frozen=True)
class Extracted:
    """What a page's text yields; boxes are in pixels of the prepared image. The rest is how it came about.

    `rows` are the page's words in reading order, `values` the places of fields among them, and `written` those that
    were filled in by hand, of which `evidence` tells.
    """

    kind: str
    kind_confidence: float
    fields: tuple[ReadField, ...]
    rows: tuple[Row, ...]
    paper: Paper | None = None
    values: tuple[Found, ...] = ()
    written: tuple[Found, ...] = ()
    evidence: Evidence = NO_EVIDENCE
    fits: tuple[Fit, ...] = ()
    weighings: tuple[Weighing, ...] = ()

    def text(self, by_hand: Collection[str] = ()) -> str:
        """One line a row, without what was filled in by hand; `by_hand` are keys of fields that turned out to be so."""
        rows: Iterable[Row] = self.rows
        if self.paper:
            written = [*self.written, *(value for value in self.values if value.rule.key in by_hand)]
            rows = printed(self.rows, self.paper, self.values, written)
        return "\n".join(filter(None, map(text_of, rows)))


def extract(
    page: PageText,
    papers: Papers,
    readers: SecondReaders,
    likely: Sequence[str] = (),
    told: Told = lambda _: (),
    fits: tuple[Fit, ...] = (),
) -> Extracted:
    """Kind, fields in printing order, and the text in reading order.

    `likely` are the kinds that a code or zone on the page speaks for: the best of them is taken where the print is too
    poor to tell. What is `told` vouches for values that are read alike: nobody is asked for these a second time. `fits`
    are those of the same page, where they are known already.
    """
    rows = rows_of(page)
    fits = fits or fits_of(rows, papers)
    kind = chosen(fits, likely)
    paper = papers.get(kind.kind)
    if paper is None:
        return Extracted(kind.kind, kind.confidence, (), tuple(rows), fits=fits)
    rows = arranged(rows, paper)
    weighings: list[Weighing] = []
    fields: dict[str, ReadField] = {}
    placed = find_values(rows, paper, kind.title_rows)
    vouched = [field for field in told(kind.kind) if field.status is Status.ACCEPTED]
    top = rows[kind.title_rows.start][0].box[1] if kind.title_rows else 0
    # A copied card lies on a page like any other, and still nobody has filled it in.
    evidence = NO_EVIDENCE if paper.in_order else evidence_of(placed, top, readers.uneven)
    values = filled_in(placed, top, evidence)
    asked = [found for found in values if found.printed.lines and not _is_told(found.printed, vouched, papers)]
    heard = dict(zip(map(id, asked), readers.lines([found.printed.boxes for found in asked]), strict=True))
    numbers: dict[str, ReadField] = {}
    places: dict[str, Found] = {}
    for found in values:
        if found.rule.key in fields:
            continue
        weighings.append(_weighed(found, heard.get(id(found), ()), rows, papers, readers))
        if read := weighings[-1].field:
            key, small = found.rule.key, readers.small_print(found.boxes)
            fields[key] = read
            places[key] = found
            if number := number_in(read, found, weighings[-1].reads, papers, small_print=small):
                numbers[key] = number
                places.setdefault(number.key, found)
    fields = with_numbers(fields, numbers)
    for rule in paper.rules:
        if rule.place is Place.SIGNATURE:
            weighings.append(_signed(rule, rows, papers, readers))
            if read := weighings[-1].field:
                fields[rule.key] = read
    if are_alike(values, (weighing.reads for weighing in weighings)):
        fields = {key: doubted(field, places[key]) if key in places else field for key, field in fields.items()}
    if lost_dots.are_lost(values):
        fields = {
            key: lost_dots.doubted(field, places[key]) if key in places else field for key, field in fields.items()
        }
    if not legible(weighing.reads for weighing in weighings):
        fields = {key: in_poor_print(field, places.get(key), papers.gazetteer) for key, field in fields.items()}
    return Extracted(
        kind.kind,
        round(kind.confidence, 3),
        tuple(fields.values()),
        tuple(rows_in_order(rows, paper, placed)),
        paper,
        tuple(placed),
        tuple(before for before, now in zip(placed, values, strict=True) if now is not before),
        evidence,
        fits,
        tuple(weighings),
    )


def _weighed(
    found: Found, others: Sequence[str], rows: Sequence[Row], papers: Papers, readers: SecondReaders
) -> Weighing:
    if not found.lines:
        return Weighing(found.rule, found.label, (), None)
    printed = found.printed
    if not printed.lines:
        return Weighing(found.rule, found.label, (), _by_hand(found))
    elsewhere = _same_words_elsewhere(printed, rows) if found.rule.grammar is Grammar.NAME else ()
    weighed = weigh(
        printed,
        others,
        papers.lexicons,
        elsewhere,
        gazetteer=papers.gazetteer,
        small_print=readers.small_print(printed.boxes),
    )
    field = _field(printed, weighed) if weighed else None
    if printed is not found:
        field = replace(field, status=Status.REVIEW, doubt=Doubt.HANDWRITTEN) if field else _by_hand(found)
    return Weighing(found.rule, found.label, (printed.text, *others), field)


def _is_told(found: Found, vouched: Sequence[ReadField], papers: Papers) -> bool:
    """Whether the page's own read is what a code or zone vouches for."""
    told = [field.value for field in vouched if field.key == found.rule.key]
    value = normalised(found.rule, found.text, papers.lexicons, papers.gazetteer) if told else None
    return value is not None and any(same(value, other) for other in told)


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


def _signed(rule: FieldRule, rows: Sequence[Row], papers: Papers, readers: SecondReaders) -> Weighing:
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
    weighed = weigh(found, texts[1:], papers.lexicons, small_print=readers.small_print(found.boxes))
    if weighed is None:
        return Weighing(rule, (), texts, None)
    if len(names) < len(reads) and weighed.doubt is None:  # a read that found no name is one that does not agree
        weighed = replace(weighed, status=Status.REVIEW, doubt=Doubt.READS_DIFFER)
    return Weighing(rule, (), texts, _field(found, weighed))


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
        others=weighed.others,
        doubt=weighed.doubt,
    )
