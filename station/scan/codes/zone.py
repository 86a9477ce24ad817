"""The zone of a card out of its picture: found by shape, read by several readers, proved by check digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np

from station.dossier.identity_number import birth_year_of, sex_of
from station.dossier.reading import Box, QualityIssue
from station.scan.codes import mrz, ocr_b
from station.scan.codes.mrz import FILLER, WIDTH, Mrz
from station.scan.codes.zone_lines import MARGIN, PITCH, strokes, zones
from station.scan.image.arrays import Gray

LineReader = Callable[[Gray], str]
"""The text of one straight line image, dark on light; spaces do not count."""

Lines = tuple[str, str, str]

ROWS = 3
"""Lines of a zone: a picture with fewer long strokes of print has none."""

MOST_MIXED = 64
"""Ways to combine the readers' differing letters that are tried; beyond, the zone is unreadable."""

FILLERS_SHOWN = 3
"""Fillers behind a name that a reader is shown: as many never stand inside one, and each more costs it time."""


@dataclass(frozen=True)
class Zone:
    """A zone that was seen. `mrz` is None where no reading of it passes all check digits.

    `name_agreed` tells whether two readers read the same third line, which has no check digit; `other_names` are
    the third lines that lost. `box` is in pixels of the image, turned by half first where `upside_down`.
    """

    mrz: Mrz | None
    box: Box
    upside_down: bool = False
    name_agreed: bool = False
    other_names: tuple[str, ...] = ()


def read_zone(gray: Gray, readers: Sequence[LineReader] = ()) -> Zone | None:
    """The zone on a card's picture, dark on light and at most a few degrees from level; None where there is none.

    The built-in reader of OCR-B cells is always heard first. The others are asked for the name alone where its
    reading of the first two lines is proved by check digits and number, and for everything where it is not.
    """
    seen: Zone | None = None
    for upside_down in (False, True):
        upright = np.asarray(cv2.rotate(gray, cv2.ROTATE_180)) if upside_down else gray
        long = strokes(upright)
        if len(long) < ROWS:  # as few as there are from either side: nothing to turn the card for
            break
        for place in zones(upright, long):
            first = read_by(ocr_b.read_line, place.images)
            if not any(map(looks_like_a_zone, (first[0], first[1]))):
                continue
            zone = weighed(place.images, place.box, first, readers, upside_down)
            if zone.mrz:
                return zone
            seen = seen or zone
    return seen


def issues(zone: Zone | None) -> tuple[QualityIssue, ...]:
    """`page.zone_unreadable` where a zone was seen that no reading proves."""
    return (QualityIssue("page.zone_unreadable", 1),) if zone and zone.mrz is None else ()


def read_by(reader: LineReader, images: Sequence[Gray]) -> Lines:
    first, second, third = (mrz.letters(reader(image)) for image in images)
    return first, second, third


def looks_like_a_zone(line: str) -> bool:
    return line.startswith("IDVNM") or line.count(FILLER) >= 5


def weighed(
    images: tuple[Gray, Gray, Gray], box: Box, first: Lines, readers: Sequence[LineReader], upside_down: bool
) -> Zone:
    heard = [first]
    proved = agreed_by_checks(heard)
    if proved is None or not suits_its_number(proved):
        heard += [read_by(reader, images) for reader in readers]
        proved = agreed_by_checks(heard)
        names = [lines[2] for lines in heard]
    else:
        names = [first[2]]
        name = without_fillers(images[2], first[2])
        for reader in readers:
            names.append(mrz.letters(reader(name)))
            if agreed_name(names):
                break
    if proved is None:
        return Zone(None, box, upside_down)
    options = [option for name in names if (option := name_line(name))]
    agreed = agreed_name(names)
    chosen = agreed or next(iter(options), "")
    told = mrz.parse((proved.lines[0], proved.lines[1], chosen)) if chosen else None
    if told is None:
        return Zone(None, box, upside_down)
    others = tuple(dict.fromkeys(option for option in options if option != chosen))
    return Zone(told, box, upside_down, name_agreed=bool(agreed), other_names=others)


def without_fillers(image: Gray, line: str) -> Gray:
    """The picture of a line up to the first few of the fillers that `line` ends with."""
    return image[:, : (MARGIN + len(line.rstrip(FILLER)) + FILLERS_SHOWN) * PITCH]


def agreed_by_checks(heard: Sequence[Lines]) -> Mrz | None:
    """The one reading of lines 1 and 2 that all check digits prove, or None: where two pass, neither is believed.

    Whole lines are tried first; then the readers' letters are mixed where they differ, and nowhere else.
    """
    rows = [options(heard, row) for row in (0, 1)]
    for first, second in (rows, [list(mixed(row)) for row in rows]):
        proved = {
            (one, other): found
            for one, other in product(first, second)
            if (found := mrz.parse((one, other, "A<<A".ljust(WIDTH, FILLER))))
        }
        if proved:
            return next(iter(proved.values())) if len(proved) == 1 else None
    return None


def options(heard: Sequence[Lines], row: int) -> list[str]:
    return list(dict.fromkeys(option for lines in heard for option in mrz.variants(lines[row], row)))


def mixed(lines: Sequence[str]) -> Iterator[str]:
    """All lines that take each letter from one of the readings; none where that would be guessing at large."""
    columns = [sorted(set(column)) for column in zip(*lines, strict=True)]
    if np.prod([len(column) for column in columns], dtype=float) <= MOST_MIXED:
        yield from map("".join, product(*columns))


def suits_its_number(found: Mrz) -> bool:
    """Birth year and sex as the personal number has them: no law says so since 2024, so its lack asks for a second
    reading, and nothing more."""
    number = found.id_number
    return sex_of(number) == found.sex and birth_year_of(number) == found.birth_date.year


def agreed_name(names: Sequence[str]) -> str:
    """The third line that two readers have; empty where none has been read twice."""
    read = [option for name in names if (option := name_line(name))]
    return next((option for option in read if read.count(option) > 1), "")


def name_line(line: str) -> str:
    """A reader's third line, if it can be one."""
    return next((option for option in mrz.variants(line, 2) if mrz.is_name_line(option)), "")
