"""A sealed dossier with the corrections since its seal: to be printed and told, never to be kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from station.dossier.correction import Revision, values_now
from station.dossier.dossier import Dossier


def as_corrected(sealed: Dossier, revisions: Iterable[Revision]) -> Dossier:
    """Every value as it is now. Readings, answers and what was signed stay those of the seal."""
    now = values_now({entry.id: entry.value for entry in sealed.entries}, revisions)
    return replace(sealed, entries=tuple(replace(entry, value=now[entry.id]) for entry in sealed.entries))


def last_correction(value: str, revisions: Iterable[Revision]) -> Revision | None:
    """The newest correction of the value with this id."""
    touching = [one for one in revisions if any(changed.value == value for changed in one.changes)]
    return max(touching, key=lambda one: one.at, default=None)
