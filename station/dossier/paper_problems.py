"""What is wrong with a paper that was handed over: expired, without a signature, somebody else's, too few of it.

What the machine has read and nobody vouches for makes a doubt, never more; what the officer has seen settles it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import papers
from station.dossier.kinds import PaperKinds, Receiving
from station.dossier.papers import Paper
from station.dossier.procedure import RequiredPaper
from station.dossier.text import folded

POWER_OF_ATTORNEY = "power_of_attorney"
_PRINCIPAL = "principal."


class Trouble(StrEnum):
    """A key under `[checklist.trouble]`."""

    BACK_MISSING = "back_missing"
    FRONT_MISSING = "front_missing"
    WRONG_KIND = "wrong_kind"
    EXPIRED = "expired"
    UNDATED = "undated"  # it holds for some months only, and the day they count from is not known
    UNSIGNED = "unsigned"
    SIGNATURE_UNSEEN = "signature_unseen"
    OTHER_PERSON = "other_person"
    TOO_FEW = "too_few"
    UNCOUNTED = "uncounted"


@dataclass(frozen=True, slots=True)
class Problem:
    """One trouble with the paper that begins with a page. `certain`: nothing more is to be looked at.

    `told` fills the sentence: days as YYYY-MM-DD, kinds as their keys.
    """

    trouble: Trouble
    certain: bool
    page_id: str | None = None
    told: dict[str, str] = field(default_factory=dict)


def problems_of(dossier: Dossier, paper: Paper, kinds: PaperKinds, today: date) -> tuple[Problem, ...]:
    """What is wrong with one paper by itself."""
    rules = [kinds.receiving(kind) for kind in sorted(paper.kinds)]
    entries = tuple(entry for page in paper.pages for entry in dossier.entries_of(page.id))
    found = [problem for rule in rules for problem in _validity(paper, entries, rule, today)]
    found += [problem for rule in rules for problem in _signature(paper, entries, rule)]
    return tuple(found)


def somebody_elses(dossier: Dossier, received: tuple[Paper, ...], kinds: PaperKinds) -> Problem | None:
    """None of these papers is the person's at the counter, nor that of anybody who sent them."""
    told: Problem | None = None
    for paper in received:
        about = kinds.receiving(paper.kind).about
        people = [entry for page in paper.pages for entry in dossier.entries_of(page.id) if _identifies(entry, about)]
        if not people or not all(entry.trusted and entry.value for entry in people) or _known(dossier, people):
            return None
        named = next((entry for entry in people if entry.key.endswith("full_name")), None)
        if named is None or not dossier.person_name:
            return None
        names = {"name": named.value, "person": dossier.person_name, "page": str(paper.pages[0].number)}
        told = told or Problem(Trouble.OTHER_PERSON, certain=False, page_id=paper.id, told=names)
    return told


def too_few(dossier: Dossier, wanted: RequiredPaper, received: tuple[Paper, ...]) -> Problem | None:
    """Where several are asked for, the officer counts: the scanner sees one of them."""
    needed, counted = wanted.originals + wanted.copies, dossier.counted.get(wanted.key)
    if needed <= 1:
        return None
    if counted is None:
        seen = len(received) >= needed or wanted.key in dossier.presented
        return None if seen else Problem(Trouble.UNCOUNTED, certain=False, told={"needed": str(needed)})
    told = {"needed": str(needed), "counted": str(counted)}
    return Problem(Trouble.TOO_FEW, certain=True, told=told) if counted < needed else None


def holds_until(first: date, months: int) -> date:
    """The last day of a period of months: the day of the same number, or the month's last (Civil Code, article 148)."""
    year, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + year, month + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def _validity(paper: Paper, entries: tuple[Entry, ...], rule: Receiving, today: date) -> Iterator[Problem]:
    page = {"page": str(paper.pages[0].number)}
    if rule.valid_until and (entry := _dated(entries, rule.valid_until)):
        last = date.fromisoformat(entry.value)
        if last < today:
            told = {**page, "until": last.isoformat()}
            yield Problem(Trouble.EXPIRED, certain=entry.trusted, page_id=entry.page_id, told=told)
    if rule.valid_months:
        told = {**page, "months": str(rule.valid_months), "law": rule.valid_by}
        entry = _dated(entries, rule.valid_from)
        if entry is None:
            yield Problem(Trouble.UNDATED, certain=False, page_id=paper.id, told=told)
        elif (last := holds_until(date.fromisoformat(entry.value), rule.valid_months)) < today:
            told |= {"until": last.isoformat()}
            yield Problem(Trouble.EXPIRED, certain=entry.trusted, page_id=entry.page_id, told=told)


def _signature(paper: Paper, entries: tuple[Entry, ...], rule: Receiving) -> Iterator[Problem]:
    """The reader finds a printed name where a signature stands. That it found none may be its own failure."""
    if not rule.signed or not entries:
        return
    signed = [entry for entry in entries if entry.key == rule.signed]
    told = {"page": str(paper.pages[-1].number)}
    if signed and all(not entry.value and entry.checked_by for entry in signed):
        yield Problem(Trouble.UNSIGNED, certain=True, page_id=signed[0].page_id, told=told)
    elif not signed:
        yield Problem(Trouble.SIGNATURE_UNSEEN, certain=False, page_id=paper.pages[-1].id, told=told)


def _dated(entries: tuple[Entry, ...], key: str) -> Entry | None:
    """The value of a key that is a whole day: «Không thời hạn» and a bare year say nothing."""
    for entry in entries:
        if entry.key == key:
            try:
                date.fromisoformat(entry.value)
            except ValueError:
                continue
            return entry
    return None


def _identifies(entry: Entry, about: tuple[str, ...]) -> bool:
    return entry.key.startswith(about) and entry.key.rpartition(".")[2] in ("full_name", "id_number")


def _known(dossier: Dossier, people: list[Entry]) -> bool:
    names, numbers = {folded(dossier.person_name or "")}, {dossier.person_id}
    for paper in papers(dossier):
        if paper.kind != POWER_OF_ATTORNEY:
            continue
        for entry in (entry for page in paper.pages for entry in dossier.entries_of(page.id)):
            if entry.key == f"{_PRINCIPAL}full_name":
                names.add(folded(entry.value))
            elif entry.key == f"{_PRINCIPAL}id_number":
                numbers.add(entry.value)
    return any(entry.value in numbers or folded(entry.value) in names for entry in people)
