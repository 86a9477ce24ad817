"""The trail in words: who, what, of which dossier. No name of a deed stands on the screen as programs write it."""

from __future__ import annotations

from station.actions.read_trail import TrailLine
from station.dossier.audit import AuditEntry
from station.dossier.people import NOT_PEOPLE
from station.errors import ResourceError
from station.language import Language

_DETAILS = (
    "number", "hub_number", "certificate", "pages", "rows", "dossiers", "generation", "to", "person", "second", "count",
)  # fmt: skip
"""What of a line's detail says something to a supervisor; keys of `[trail.detail]`, in this order."""
_KEYED = frozenset({"search_by_number"})
"""Deeds whose number is a keyed hash."""


def deed_words(deed: str, say: Language) -> str:
    """What was done; a deed that this program does not know is told as something else."""
    try:
        return say(f"trail.deed.{deed}")
    except ResourceError:
        return say("trail.deed.other")


def person_words(by: str, name: str, say: Language) -> str:
    """Who did it, by name where the roster knows it."""
    if by in NOT_PEOPLE:
        return say(f"trail.by.{by}")
    return f"{name} ({by})" if name else by


def dossier_words(line: TrailLine) -> str:
    """The dossier's number; before it has one, the start of what it is called inside."""
    dossier_id = line.entry.dossier_id
    return line.number or (dossier_id[:8] if dossier_id else "")


def detail_words(entry: AuditEntry, say: Language) -> str:
    """What else the line says."""
    shown = [
        say(f"trail.detail.{key}", value=entry.detail[key])
        for key in _DETAILS
        if entry.detail.get(key) not in (None, "") and not (key == "number" and entry.deed in _KEYED)
    ]
    form = entry.detail.get("form")
    return " · ".join([say(f"forms.{form}"), *shown] if form else shown)
