"""What a supervisor wants of a dossier's values, as changes to what they saw; raises `RefusedError`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from provincial_hub.cases import merging
from provincial_hub.cases.merging import Change, Merged, Question, Refused
from provincial_hub.cases.value_form import form_of, out_of_form
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.case_books import History


def wanted(
    history: History,
    seen: Mapping[str, str],
    texts: Mapping[str, str],
    as_printed: Collection[str],
    known: Mapping[str, Collection[str]] | None = None,
) -> list[Change]:
    """The changes from what was seen to `texts`; those alone say «as printed» whose form is another than their key's.

    `form.` and the name of the form where a text has it not, is not said to be printed so, and is none of `known`.
    """
    changes = [Change(value, seen.get(value, ""), text) for value, text in texts.items()]
    odd = out_of_form(history.keys, changes, known)
    for value, key in odd.items():
        if value not in as_printed:
            raise RefusedError(f"form.{form_of(key)}", "the text is not written as its key wants it")
    return [replace(one, as_printed=one.value in odd) for one in changes]


def merged(history: History, version: int, texts: Mapping[str, str], as_printed: Collection[str]) -> tuple[Change, ...]:
    """The changes to the newest version by somebody who saw `version`; `dossier.changed`, `correction.…`."""
    if not history.sealed_version <= version <= history.version:
        raise RefusedError("dossier.changed", "the dossier was sealed anew since it was looked at")
    looked_at = history.values(version)
    changes = wanted(history, looked_at, texts, as_printed)
    since = [replace(revision, own=False) for revision in history.since(version)]  # the station's, not the supervisor's
    match merging.merge(looked_at, changes, since):
        case Refused(refusal):
            raise RefusedError(refusal.code, refusal.message)
        case Question():
            raise RefusedError("dossier.changed", "a value was changed since it was looked at")
        case Merged(made):
            return made
