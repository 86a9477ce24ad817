"""The trail in words: who, what, of which dossier. No name of a deed stands on the screen as programs write it."""

from __future__ import annotations

from collections.abc import Callable

from station.actions.read_trail import TrailLine
from station.dossier.people import NOT_PEOPLE
from station.errors import ResourceError
from station.language import Language
from station.ui.words import field_words, kind_words

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


def detail_words(line: TrailLine, say: Language) -> str:
    """What else the line says: which value, paper or form, and numbers."""
    entry, told = line.entry, line.entry.detail
    shown = [said for key, words in _NAMED.items() if told.get(key) and (said := words(str(told[key]), say))]
    for key in _DETAILS:
        said_already = key == "number" and (entry.deed in _KEYED or told.get(key) == line.number)
        if told.get(key) not in (None, "") and not said_already:
            shown.append(say(f"trail.detail.{key}", value=told[key]))
    return " · ".join(shown)


def _known(code: str, words: str) -> str:
    """Nothing for a code without words, as after its description was taken away."""
    return words if words != code else ""


def _verdict_words(verdict: str, say: Language) -> str:
    try:
        return say(f"trail.verdict.{verdict}")
    except ResourceError:
        return ""


_NAMED: dict[str, Callable[[str, Language], str]] = {
    "form": lambda form, say: say(f"forms.{form}"),
    "kind": lambda kind, say: _known(kind, kind_words(kind, say)),
    "entry": lambda entry_id, say: _known(key := entry_id.rpartition("/")[2], field_words(key, say)),
    "verdict": _verdict_words,
}
"""Codes that have words of their own elsewhere."""
