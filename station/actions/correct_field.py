"""The officer types another value, or a value that the machine did not find."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.text import exact
from station.errors import InputError, RuleError


class CorrectField:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, entry_id: str, value: str, by: str) -> Dossier:
        """The old value is kept with who and when; the citizen will be asked again. Empty: `InputError`."""
        typed, now = _typed(value), self._change.clock.now()

        def correct(dossier: Dossier) -> Dossier:
            entry = dossier.entry(entry_id)
            return dossier.with_entry(
                entry.checked(by, now) if entry.value == typed else entry.corrected(typed, by, now)
            )

        return self._change(dossier_id, "correct_field", by, correct, entry=entry_id)

    def add(self, dossier_id: str, page_id: str | None, key: str, value: str, by: str) -> Dossier:
        """A value that stands on the paper but was not read. `RuleError` if the page is gone or has one of this key."""
        typed, now = _typed(value), self._change.clock.now()
        entry = Entry(id=f"{page_id or 'person'}/{key}", key=key, value=typed, page_id=page_id)

        def add(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            if page_id is not None:
                dossier.page(page_id)
            if any(other.id == entry.id for other in dossier.entries):
                raise RuleError("dossier.field_exists")
            return dossier.with_new_entry(entry.checked(by, now))

        return self._change(dossier_id, "add_field", by, add, entry=entry.id)


LONGEST = 10_000
"""What the contract takes. A text that was longer would stand among the corrections for ever, and keep the seal off."""


def _typed(value: str) -> str:
    typed = exact(value)
    if not typed:
        raise InputError("value.empty")
    if len(typed) > LONGEST:
        raise InputError("value.too_long", most=LONGEST)
    return typed
