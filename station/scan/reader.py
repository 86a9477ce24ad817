"""One page image to everything that stands on it, in plain order: codes, text, zone, kind, fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from station import paths
from station.dossier.outline import Outline
from station.dossier.reading import Box, Doubt, PageReading, ReadField, Status
from station.gazetteer import load_gazetteer
from station.scan.codes import qr, zone
from station.scan.codes.qr import FoundCode
from station.scan.codes.zone import Zone
from station.scan.covered import places_of, without
from station.scan.doubts import crossed, doubted
from station.scan.image.arrays import Colour, Gray
from station.scan.image.load import load
from station.scan.image.prepare import Prepared, box_on_page, in_colour, prepare, upside_down
from station.scan.image.scanned import as_on_paper
from station.scan.image.shake import shake_of, steadied
from station.scan.image.streaks import issues
from station.scan.papers.classify import Fit
from station.scan.papers.cross_checks import checked_in_words, checked_with_numbers
from station.scan.papers.description import Papers
from station.scan.papers.extract import Extracted, extract
from station.scan.papers.folder import load_papers
from station.scan.papers.machine_readable import (
    fields_of_codes,
    fields_of_zone,
    likely_kinds,
    reconciled,
    supported,
)
from station.scan.second_readers import SecondReaders
from station.scan.text.engine import PageText
from station.scan.text.engines import open_engine
from station.scan.text.found_text import FoundText
from station.scan.text.line_finder import LineFinder
from station.scan.text.line_reader import LineReader
from station.scan.text.value_reader import ValueReader

SECOND_MODELS = ("vie", "vie_fast")
ZONE_MODEL = "mrz"
DOUBTFUL = 0.6
"""Mean confidence of a page's words below which it may be upside down; print the right way up has 0.8 and more."""

STEADY = 0.8
"""The same where a shake was taken back, below which the picture as it came may be the better one."""


class Look(NamedTuple):
    """An image made ready, the zone that was read on it, and its lines of text."""

    image: Colour
    prepared: Prepared
    seen: Zone | None
    lines: FoundText
    page: PageText


class Reader:
    """Keeps all networks and engines resident: one per worker, used by one thread."""

    def __init__(self, models: Path, engine: str = "tesserocr", papers: Papers | None = None) -> None:
        """Raises `ResourceError` where a model or a description of papers is missing or wrong."""
        gazetteer = load_gazetteer(paths.resources() / "units")
        self._papers = replace(papers or load_papers(paths.resources() / "papers"), gazetteer=gazetteer)
        self._finder = LineFinder(models)
        self._page = LineReader(models)
        self._values = tuple(ValueReader(models, model) for model in SECOND_MODELS)
        self._blocks = tuple(open_engine(engine, models, model) for model in SECOND_MODELS)
        self._zone = open_engine(engine, models, ZONE_MODEL)

    def read(
        self,
        content: bytes,
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
        watch: Callable[[Extracted, Callable[[Box], Box]], None] | None = None,
    ) -> PageReading:
        """Read one image. Raises `InputError` for bytes that are no whole image of a bearable size.

        `early` is told the kind and what the first model read before the others are asked; all of it is `review`.
        `watch` is shown how kind and fields came about, with what brings a box of theirs to the pixels of the page.
        """
        image, streaks = as_on_paper(load(content))
        shake = shake_of(image)
        codes = qr.read_codes(image, shake)
        look = self._look(steadied(image, shake) if shake else image, outline, codes)
        if shake and _certainty(look.page) < STEADY:
            look = max(look, self._look(image, outline, codes), key=lambda one: _certainty(one.page))
        image, prepared, seen, lines, page = look
        proved = seen.mrz if seen else None
        likely = likely_kinds(codes, proved) if prepared.card else ()
        fits: tuple[Fit, ...] = ()
        if early:
            first = extract(page, self._papers, SecondReaders(lines, prepared.scale, card=prepared.card), likely)
            early(_at_first(first, lines, prepared))
            fits = first.fits
        readers = SecondReaders(lines, prepared.scale, self._values, self._blocks, card=prepared.card)

        def told(kind: str) -> tuple[ReadField, ...]:
            return reconciled((*fields_of_codes(codes, kind), *_fields_of(seen, prepared)))

        found = extract(page, self._papers, readers, likely, told, fits)
        if watch:
            watch(found, lambda box: box_on_page(prepared, lines.on_image(box)))
        doubts = doubted(found.fields, lambda box: in_colour(image, prepared, lines.on_image(box)))
        printed = crossed(_on_page(doubts, lines, prepared), streaks.covering)
        exact = told(found.kind)
        text = found.text({field.key for field in printed if field.doubt is Doubt.HANDWRITTEN and not field.value})
        return PageReading(
            kind=found.kind,
            kind_confidence=found.kind_confidence,
            rotation=prepared.rotation,
            quality=(*prepared.quality, *issues(streaks), *qr.issues(codes), *zone.issues(seen)),
            codes=qr.told(codes),
            mrz=proved.lines if proved else (),
            fields=(*supported(checked_with_numbers(checked_in_words(printed)), exact), *exact),
            text="\n".join((text, *proved.lines)) if proved else text,
            outline=prepared.outline,
        )

    def _look(self, image: Colour, outline: Outline | None, codes: Sequence[FoundCode]) -> Look:
        """Read by the first model, whichever way up it is surer of it."""
        prepared = prepare(image, outline)
        seen = zone.read_zone(prepared.plain, [self._read_zone_line]) if prepared.card else None
        if seen and seen.upside_down:
            prepared = upside_down(prepared)
        look = self._read(image, prepared, codes, seen)
        if not seen and look.page.words and _certainty(look.page) < DOUBTFUL:
            turned = self._read(image, upside_down(prepared), codes, seen)
            look = max(look, turned, key=lambda one: _certainty(one.page))
        return look

    def _read(self, image: Colour, prepared: Prepared, codes: Sequence[FoundCode], seen: Zone | None) -> Look:
        lines = self._lines(prepared, codes, seen)
        return Look(image, prepared, seen, lines, lines.read(self._page))

    def _read_zone_line(self, image: Gray) -> str:
        return self._zone.read_line(image)[0]

    def _lines(self, prepared: Prepared, codes: Sequence[FoundCode], seen: Zone | None) -> FoundText:
        """Found on the page with its leaders, which the finder knows and whose traces it does not; read without.

        Codes and a zone that has been read are no text for the finder.
        """
        places = places_of(codes, prepared)
        if seen and seen.mrz:
            places.append(seen.box)
        found = self._finder.find(without(prepared.plain, places), card=prepared.card)
        return FoundText(without(prepared.gray, places), found.segments)


def _at_first(found: Extracted, lines: FoundText, prepared: Prepared) -> PageReading:
    fields = tuple(replace(field, status=Status.REVIEW) for field in _on_page(found.fields, lines, prepared))
    return PageReading(found.kind, found.kind_confidence, prepared.rotation, fields=fields)


def _certainty(page: PageText) -> float:
    return sum(word.confidence for word in page.words) / max(1, len(page.words))


def _fields_of(seen: Zone | None, prepared: Prepared) -> tuple[ReadField, ...]:
    if seen is None or seen.mrz is None:
        return ()
    box = box_on_page(prepared, seen.box)
    return fields_of_zone(seen.mrz, box, name_agreed=seen.name_agreed, other_names=seen.other_names)


def _on_page(fields: Sequence[ReadField], lines: FoundText, prepared: Prepared) -> tuple[ReadField, ...]:
    return tuple(
        replace(field, box=box_on_page(prepared, lines.on_image(field.box))) if field.box is not None else field
        for field in fields
    )
