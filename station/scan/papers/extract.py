"""From a read page to its kind and fields: which paper, where its values are, how far each can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from station.dossier.reading import ReadField, Status
from station.dossier.text import same
from station.scan.papers.classify import Fit, chosen, fits_of
from station.scan.papers.description import Paper, Papers, Place
from station.scan.papers.fields import Found, arranged, find_values
from station.scan.papers.filled_in import NO_EVIDENCE, Evidence, evidence_of, filled_in
from station.scan.papers.layout import Row, rows_of, text_of
from station.scan.papers.normalise import normalised
from station.scan.papers.numbers_in_phrases import number_in, with_numbers
from station.scan.papers.page_doubts import doubted_by_page
from station.scan.papers.printed_text import printed
from station.scan.papers.reading_order import rows_in_order
from station.scan.papers.second_readers import SecondReaders
from station.scan.papers.weighing import Weighing, signed, weighed
from station.scan.text.engine import PageText

Told = Callable[[str], Sequence[ReadField]]
"""What codes and a zone on the page say, if the page is of this kind."""


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
    placed = find_values(rows, paper, kind.title_rows)
    top = rows[kind.title_rows.start][0].box[1] if kind.title_rows else 0
    # A copied card lies on a page like any other, and still nobody has filled it in.
    evidence = NO_EVIDENCE if paper.in_order else evidence_of(placed, top, readers.uneven)
    values = filled_in(placed, top, evidence)
    vouched = [field for field in told(kind.kind) if field.status is Status.ACCEPTED]
    heard = _heard(values, vouched, papers, readers)
    found = _all_weighed(values, heard, rows, papers, readers)
    signatures = [signed(rule, rows, papers, readers) for rule in paper.rules if rule.place is Place.SIGNATURE]
    weighings = (*found.weighings, *signatures)
    fields = found.fields | {one.rule.key: one.field for one in signatures if one.field}
    reads = [weighing.reads for weighing in weighings]
    fields = doubted_by_page(fields, found.places, values, reads, papers.gazetteer)
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
        weighings,
    )


def _heard(
    values: Sequence[Found], vouched: Sequence[ReadField], papers: Papers, readers: SecondReaders
) -> Mapping[int, Sequence[str]]:
    """What the other models read of each place, by its identity, where nothing vouches for the page's own read."""
    asked = [found for found in values if found.printed.lines and not _is_told(found.printed, vouched, papers)]
    return dict(zip(map(id, asked), readers.lines([found.printed.boxes for found in asked]), strict=True))


def _is_told(found: Found, vouched: Sequence[ReadField], papers: Papers) -> bool:
    """Whether the page's own read is what a code or zone vouches for."""
    told = [field.value for field in vouched if field.key == found.rule.key]
    value = normalised(found.rule, found.text, papers.lexicons, papers.gazetteer) if told else None
    return value is not None and any(same(value, other) for other in told)


@dataclass(frozen=True)
class _Values:
    """The fields of a page in printing order, where each stands, and how they came about."""

    fields: dict[str, ReadField]
    places: dict[str, Found]
    weighings: tuple[Weighing, ...]


def _all_weighed(
    values: Sequence[Found],
    heard: Mapping[int, Sequence[str]],
    rows: Sequence[Row],
    papers: Papers,
    readers: SecondReaders,
) -> _Values:
    """Of each key the first place that has a value; numbers in phrases behind these."""
    weighings: list[Weighing] = []
    fields: dict[str, ReadField] = {}
    numbers: dict[str, ReadField] = {}
    places: dict[str, Found] = {}
    for found in values:
        key = found.rule.key
        if key in fields:
            continue
        weighing = weighed(found, heard.get(id(found), ()), rows, papers, readers)
        weighings.append(weighing)
        if weighing.field is None:
            continue
        fields[key], places[key] = weighing.field, found
        small = readers.small_print(found.boxes)
        if number := number_in(weighing.field, found, weighing.reads, papers, small_print=small):
            numbers[key] = number
            places.setdefault(number.key, found)
    return _Values(with_numbers(fields, numbers), places, tuple(weighings))
