"""What this station holds about one person (dữ liệu của tôi; Law 91/2025/QH15: the right to know and to have a copy).

Who handed a dossier in sees all that was handed in; who is only named in another's (a mother, a spouse) sees that it
is so, in which part, and what stands there about them, and nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from station.dossier.audit import AuditEntry
from station.dossier.correction import Revision
from station.dossier.delivery import Progress
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.dossier.retention import Hold

NUMBERS = frozenset({"id_number", "old_id_number"})
"""The last words of keys that hold somebody's number."""


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """One dossier in which the person stands. `parts` are the beginnings of keys under which others' dossiers do.

    `dossier` is as it was sealed, `entries` as they are with the corrections since.
    """

    dossier: Dossier
    own: bool
    entries: tuple[Entry, ...]
    pages: tuple[Page, ...]
    parts: tuple[str, ...] = ()
    progress: Progress | None = None
    kept_until: datetime | None = None
    hold: Hold | None = None
    revisions: tuple[Revision, ...] = ()
    looks: tuple[AuditEntry, ...] = ()
    """Who did what with it, the newest first: also who only looked."""


@dataclass(frozen=True, slots=True)
class PersonData:
    """All of it, as it stood at one moment."""

    number: str
    name: str
    asked_at: datetime
    dossiers: tuple[HeldDossier, ...]
    searches: tuple[AuditEntry, ...] = ()
    """Who searched by this number, the newest first."""


def names(dossier: Dossier, number: str) -> bool:
    """Whether somebody in this dossier has this number."""
    return any(True for _ in _where(dossier, number))


def is_own(dossier: Dossier, number: str) -> bool:
    """Whether this is the person who handed it in."""
    return any(entry.page_id is None for entry in _where(dossier, number))


def about(dossier: Dossier, number: str) -> tuple[Entry, ...]:
    """What stands in it about this person: everything in their own, their own part of a page in another's."""
    if is_own(dossier, number):
        return dossier.entries
    places = {(entry.page_id, _part(entry.key)) for entry in _where(dossier, number)}
    return tuple(entry for entry in dossier.entries if (entry.page_id, _part(entry.key)) in places)


def parts(dossier: Dossier, number: str) -> tuple[str, ...]:
    """Under which keys the number stands in another's dossier."""
    return tuple(dict.fromkeys(entry.key for entry in _where(dossier, number)))


def name_of(found: Sequence[Dossier], number: str) -> str:
    """The person's name, as it stands beside the number; the newest first, one's own dossiers before others'."""
    for dossier in sorted(found, key=lambda one: not is_own(one, number)):
        for entry in _where(dossier, number):
            part = _part(entry.key)
            name = dossier.value(f"{part}.full_name" if part else "full_name", entry.page_id)
            if name:
                return name
    return ""


def _where(dossier: Dossier, number: str) -> Iterator[Entry]:
    for entry in dossier.entries:
        if entry.value == number and entry.key.rpartition(".")[2] in NUMBERS:
            yield entry


def _part(key: str) -> str:
    return key.rpartition(".")[0]
