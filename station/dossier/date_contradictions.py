"""Dates that cannot be: in figures and otherwise in words, before a birth, after today, over before they began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import Finding
from station.dossier.grouping import papers
from station.dossier.mentions import Mention
from station.dossier.number_words import date_said
from station.dossier.two_sides import told_against

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_IN_WORDS = "_in_words"
_ENDS = frozenset({"expiry_date", "valid_until"})
_BEGINS = ("issue_date", "valid_from", "registered_on")
_HAPPENED = frozenset({"birth_date", "issue_date", "id_issue_date", "registered_on", "died_at", "occurred_at"})
_AFTER_BIRTH = frozenset({"issue_date", "id_issue_date", "registered_on", "valid_from"})
_OWN_LIFE = frozenset({"subject", "owner", "applicant"})
"""Whose birth is before everything that is done with their paper."""


def date_contradictions(dossier: Dossier, named: Sequence[Mention], today: date) -> Iterator[Finding]:
    """Everything about when."""
    born = {mention.paper: mention.born for mention in reversed(named) if mention.role in _OWN_LIFE and mention.born}
    for paper in papers(dossier):
        entries = [entry for page in paper.pages for entry in dossier.entries_of(page.id)]
        yield from _words(dossier, entries)
        yield from _order(dossier, entries, born.get(paper.id))
    for entry in dossier.entries:
        if _last(entry) in _HAPPENED and _day(entry) > today.isoformat():
            yield told_against(dossier, "future", entry)


def _words(dossier: Dossier, entries: Sequence[Entry]) -> Iterator[Finding]:
    by_key = {entry.key: entry for entry in entries}
    for key, words in by_key.items():
        figures = by_key.get(key.removesuffix(_IN_WORDS))
        if key.endswith(_IN_WORDS) and figures and figures.value and words.value:
            said = date_said(words.value)
            if said and said != figures.value:
                yield told_against(dossier, "words", words, figures)


def _order(dossier: Dossier, entries: Sequence[Entry], birth: Entry | None) -> Iterator[Finding]:
    begins = next((one for key in _BEGINS for one in entries if one.key == key and _day(one)), None)
    for entry in entries:
        day = _day(entry)
        if not day:
            continue
        if begins and _last(entry) in _ENDS and day < _day(begins):
            yield told_against(dossier, "ends_before_begin", entry, begins)
        if birth and _last(entry) in _AFTER_BIRTH and _is_before(day, birth.value):
            yield told_against(dossier, "before_birth", entry, birth)


def _is_before(day: str, birth: str) -> bool:
    digits = 10 if _DAY.match(birth) else 4
    return birth[:4].isdecimal() and day[:digits] < birth[:digits]


def _day(entry: Entry) -> str:
    """The day of a value, ISO 8601; empty where it is none."""
    match = _DAY.match(entry.value)
    return match[0] if match else ""


def _last(entry: Entry) -> str:
    return entry.key.rpartition(".")[2]
