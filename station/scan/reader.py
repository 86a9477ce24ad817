"""One page image to everything that stands on it, in plain order: codes, text, zone, kind, fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from station import paths
from station.dossier.outline import Outline
from station.dossier.reading import Box, PageReading, ReadField, Status
from station.gazetteer import load_gazetteer
from station.scan.codes import qr, zone
from station.scan.codes.qr import FoundCode
from station.scan.codes.zone import Zone
from station.scan.image.arrays import Colour, Gray
from station.scan.image.ink import under_seal
from station.scan.image.load import load
from station.scan.image.prepare import Prepared, box_on_page, prepare, upside_down
from station.scan.papers.cross_checks import checked_in_words
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
from station.scan.text.engine import Line, PageText
from station.scan.text.engines import Engine, open_engine
from station.scan.text.found_text import FoundText
from station.scan.text.line_finder import LineFinder

PAGE_MODEL = "Vietnamese"
SECOND_MODELS = ("vie", "vie_fast")
ZONE_MODEL = "mrz"
INK_IS_DARKER = 140
"""Printed letters are darker than this on a stretched page; pens and seals, once their colour is gone, are not."""

DOUBTFUL = 0.6
"""Mean confidence of a page's words below which it may be upside down; print the right way up has 0.8 and more."""

_QUIET = 0.06


class Reader:
    """Keeps the line finder and four models resident: one per worker process, used by one thread."""

    def __init__(self, models: Path, engine: str = "tesserocr", papers: Papers | None = None) -> None:
        """Raises `ResourceError` where a model or a description of papers is missing or wrong."""
        gazetteer = load_gazetteer(paths.resources() / "units")
        self._papers = replace(papers or load_papers(paths.resources() / "papers"), gazetteer=gazetteer)
        self._finder = LineFinder(models)
        self._page = open_engine(engine, models, PAGE_MODEL)
        self._seconds = tuple(open_engine(engine, models, model) for model in SECOND_MODELS)
        self._zone = open_engine(engine, models, ZONE_MODEL)

    def read(
        self,
        content: bytes,
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,  # noqa: ARG002
        watch: Callable[[Extracted, Callable[[Box], Box]], None] | None = None,
    ) -> PageReading:
        """Read one image. Raises `InputError` for bytes that are no whole image of a bearable size.

        `watch` is shown how kind and fields came about, with what brings a box of theirs to the pixels of the page.
        """
        image = load(content)
        codes = qr.read_codes(image)
        prepared = prepare(image, outline)
        seen = zone.read_zone(prepared.plain, [self._read_zone_line]) if prepared.card else None
        if seen and seen.upside_down:
            prepared = upside_down(prepared)
        lines = self._lines(prepared, codes, seen)
        page = lines.read(self._page)
        if not seen and not prepared.closed_up and page.words and _certainty(page) < DOUBTFUL:
            other = upside_down(prepared)
            turned = self._lines(other, codes, seen)
            again = turned.read(self._page)
            if _certainty(again) > _certainty(page):
                prepared, lines, page = other, turned, again
        proved = seen.mrz if seen else None
        likely = likely_kinds(codes, proved) if prepared.card else ()
        small = any(issue.code == "page.low_resolution" for issue in prepared.quality)
        found = extract(page, self._papers, Seconds(lines, self._seconds), likely, low_resolution=small)
        if watch:
            watch(found, lambda box: box_on_page(prepared, box))
        printed = _doubting_seals(_on_page(found.fields, prepared), image)
        exact = reconciled((*fields_of_codes(codes, found.kind), *_fields_of(seen, prepared)))
        return PageReading(
            kind=found.kind,
            kind_confidence=found.kind_confidence,
            rotation=prepared.rotation,
            quality=(*prepared.quality, *qr.issues(codes), *zone.issues(seen)),
            codes=qr.told(codes),
            mrz=proved.lines if proved else (),
            fields=(*supported(checked_in_words(printed), exact), *exact),
            text="\n".join((found.text, *proved.lines)) if proved else found.text,
        )

    def _read_zone_line(self, image: Gray) -> str:
        return self._zone.read_line(image)[0]

    def _lines(self, prepared: Prepared, codes: Sequence[FoundCode], seen: Zone | None) -> FoundText:
        """Found on the page with its leaders, which the finder knows and whose traces it does not; read without.

        Codes and a zone that has been read are no text for the finder.
        """
        places = _places(prepared, codes)
        if seen and seen.mrz:
            places.append(_within(prepared, seen.box))
        found = self._finder.find(_white(prepared.plain, places), card=prepared.card)
        return FoundText(_white(prepared.gray, places), found.segments)


class Seconds:
    """The second models on the lines of one page."""

    def __init__(self, lines: FoundText, engines: Sequence[Engine]) -> None:
        self._lines = lines
        self._engines = engines

    def lines(self, boxes: Sequence[Box]) -> list[str]:
        strips = [strip for box in boxes if (strip := self._lines.part(box)) is not None]
        return [" ".join(engine.read_line(strip)[0] for strip in strips) for engine in self._engines]

    def dark_print(self, box: Box) -> list[PageText]:
        left, top, right, bottom = max(0, box[0]), max(0, box[1]), box[2], box[3]
        part = self._lines.image[top:bottom, left:right]
        if not part.size:
            return []
        dark = np.clip(part.astype(np.float32) * (255 / INK_IS_DARKER), 0, 255).astype(np.uint8)
        return [moved(engine.read_block(dark), left, top) for engine in self._engines]


def moved(page: PageText, right: int, down: int) -> PageText:
    """The same words where they stand in the whole page."""
    return PageText(
        tuple(
            Line(
                tuple(
                    replace(
                        word,
                        box=(word.box[0] + right, word.box[1] + down, word.box[2] + right, word.box[3] + down),
                    )
                    for word in line.words
                )
            )
            for line in page.lines
        )
    )


def _certainty(page: PageText) -> float:
    return sum(word.confidence for word in page.words) / max(1, len(page.words))


def _places(prepared: Prepared, codes: Sequence[FoundCode]) -> list[Box]:
    """Where the codes stand in the prepared image, with their quiet zones."""
    to_prepared = np.linalg.inv(prepared.to_page)
    places = []
    for code in codes:
        left, top, right, bottom = code.box
        corners = (
            to_prepared
            @ np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]], np.float64).T
        )
        across, down = corners[0] / corners[2], corners[1] / corners[2]
        quiet = _QUIET * max(np.ptp(across), np.ptp(down))
        edges = (across.min() - quiet, down.min() - quiet, across.max() + quiet, down.max() + quiet)
        left, top, right, bottom = (max(0, int(edge)) for edge in edges)
        places.append((left, top, right, bottom))
    return places


def _white(gray: Gray, places: Sequence[Box]) -> Gray:
    """The page with its codes and zone painted white: modules look like letters."""
    if not places:
        return gray
    gray = gray.copy()
    for left, top, right, bottom in places:
        gray[top:bottom, left:right] = 255
    return gray


def _within(prepared: Prepared, box: Box) -> Box:
    height, width = prepared.plain.shape
    return max(0, box[0]), max(0, box[1]), min(width, box[2]), min(height, box[3])


def _fields_of(seen: Zone | None, prepared: Prepared) -> tuple[ReadField, ...]:
    if seen is None or seen.mrz is None:
        return ()
    box = box_on_page(prepared, seen.box)
    return fields_of_zone(seen.mrz, box, name_agreed=seen.name_agreed, other_names=seen.other_names)


def _doubting_seals(fields: Sequence[ReadField], image: Colour) -> tuple[ReadField, ...]:
    """Figures under a seal are for a person, whatever all models agree on: a stroke of it makes a 6 of an 8."""
    return tuple(
        replace(field, status=Status.REVIEW)
        if field.box is not None and any(map(str.isdigit, field.value)) and under_seal(image, field.box)
        else field
        for field in fields
    )


def _on_page(fields: Sequence[ReadField], prepared: Prepared) -> tuple[ReadField, ...]:
    return tuple(
        replace(field, box=box_on_page(prepared, field.box)) if field.box is not None else field for field in fields
    )
