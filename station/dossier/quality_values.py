"""Two of the four scores, value by value: đúng (does it agree with its source?) and sạch (is it one clear thing?)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from station.dossier.addresses import locate
from station.dossier.addresses import today as written_today
from station.dossier.contradictions import contradictions
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import Finding
from station.dossier.images import twin_of
from station.dossier.reading import Source
from station.dossier.text import exact
from station.dossier.units import NOWHERE, Gazetteer

Scored = tuple[int, tuple[Finding, ...]]
"""0 to 100, and what was lost."""

FULL = 100
PRINT = 95
"""A printed value that reads agree on and nobody has looked at: 99 of 100 such are right (`docs/reading.md`)."""
UNVOUCHED = 50
HARD, SOFT = 10, 3
"""What a contradiction costs the whole dossier: one that is likely wrong, one that is likely innocent."""
HALF = 50
TWICE = 5
"""What a page that is there twice costs."""

LIVED_IN = ("residence", "address")
"""How keys end that say where somebody lives, or has their business."""
_PLACES = frozenset({"birth_place", "place_of_origin", "birth_registration_place"})
_DAYS = frozenset({"birth_date", "issue_date", "id_issue_date", "registered_on", "valid_from", "five_years_from"})
_ENDS = frozenset({"expiry_date", "valid_until"})
_MOMENTS = frozenset({"died_at", "occurred_at"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?")
_YEAR = re.compile(r"\d{4}")
_OPEN_ENDED = "Không thời hạn"
_NAME = re.compile(r"[^\W\d_]+([ '’.\-]+[^\W\d_]+)+")
_GRAMMAR = {
    "id_number": re.compile(r"[0-9]{12}"),
    "old_id_number": re.compile(r"[0-9]{9}([0-9]{3})?"),
    "phone": re.compile(r"0[0-9]{9,10}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "sex": re.compile(r"male|female"),
    "birth_year": _YEAR,
    "full_name": _NAME,
}
_OLD_NUMBER = re.compile(r"[0-9]{9}")


def correctness(dossier: Dossier, today: date, gazetteer: Gazetteer) -> Scored:
    """The mean over all values, less what contradictions cost; 0 where there are no values."""
    entries = [entry for entry in dossier.entries if entry.value]
    if not entries:
        return 0, (Finding("quality.nothing", blocking=False),)
    worth = [_worth(entry) for entry in entries]
    found = contradictions(dossier, today, gazetteer)
    lost = sum(SOFT if one.soft else HARD for one in found)
    unseen = sum(points == PRINT for points in worth)
    told = [*found, *(reason for entry in entries if (reason := _doubt(entry)))]
    if unseen:
        told.append(Finding("quality.print_only", blocking=False, told={"count": str(unseen)}))
    return max(0, sum(worth) // len(worth) - lost), tuple(told)


def _worth(entry: Entry) -> int:
    if entry.disputed or (entry.contradicted and not entry.checked_by):
        return 0
    if entry.checked_by or entry.confirmed:
        return FULL
    if entry.trusted:
        return PRINT if entry.source is Source.OCR else FULL
    return UNVOUCHED


def _doubt(entry: Entry) -> Finding | None:
    """Why a value is worth less than a printed one that reads agree on."""
    if _worth(entry) >= PRINT:
        return None
    code = "disputed" if entry.disputed else "unvouched" if _worth(entry) else "differing"
    return about(entry, code)


def cleanness(dossier: Dossier, gazetteer: Gazetteer) -> Scored:
    """The mean over all values of how clean each is, less what pages cost that are there twice."""
    entries = [entry for entry in dossier.entries if entry.value]
    flaws = [flaw for entry in entries if (flaw := _flaw(entry, gazetteer))]
    mean = (FULL * len(entries) - sum(lost for lost, _ in flaws)) // len(entries) if entries else FULL
    twice = [
        Finding("quality.twice", blocking=False, page_id=page.id, told={"page": str(page.number)})
        for page in dossier.pages
        if twin_of(dossier, page)
    ]
    return max(0, mean - TWICE * len(twice)), (*(reason for _, reason in flaws), *twice)


def _flaw(entry: Entry, gazetteer: Gazetteer) -> tuple[int, Finding] | None:
    """What a value lacks to be normal and clear, and what that costs of its 100 points."""
    for lost, code in _flaws(entry, gazetteer):
        return lost, about(entry, code)
    return None


def _flaws(entry: Entry, gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    key, value = entry.key.rpartition(".")[2], entry.value
    if value != exact(value):
        yield FULL, "not_normal"
    if key in _GRAMMAR and not _GRAMMAR[key].fullmatch(value):
        yield (
            (HALF, "old_number") if key == "id_number" and _OLD_NUMBER.fullmatch(value) else (FULL, "not_as_it_should")
        )
    if key in _DAYS and not _is_day(value):
        yield (HALF, "year_only") if _YEAR.fullmatch(value) else (FULL, "no_date")
    if key in _ENDS and value != _OPEN_ENDED and not _is_day(value):
        yield FULL, "no_date"
    if key in _MOMENTS and not _MOMENT.fullmatch(value):
        yield FULL, "no_date"
    if key in _PLACES or key.endswith(LIVED_IN):
        yield from _unclear_place(value, gazetteer, lived_in=key.endswith(LIVED_IN))


def _unclear_place(value: str, gazetteer: Gazetteer, *, lived_in: bool) -> Iterator[tuple[int, str]]:
    """Where somebody lives is a commune; a birth place may be a hospital in a province."""
    if gazetteer is NOWHERE:
        return
    located = locate(value, gazetteer)
    if located.unknown or not (located.known if lived_in else located.province):
        yield FULL, "place_unknown"
    elif lived_in and len(written_today(value, gazetteer)) > 1:
        yield HALF, "place_split"


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def about(entry: Entry, code: str, **told: str) -> Finding:
    """A reason that speaks of one value."""
    return Finding(
        f"quality.{code}",
        blocking=False,
        entry_id=entry.id,
        page_id=entry.page_id,
        told={"key": entry.key, "value": entry.value, **told},
    )


def mean(points: Iterable[int]) -> int:
    """The whole mean, rounded down; 100 where there is nothing to lose."""
    known = list(points)
    return sum(known) // len(known) if known else FULL
