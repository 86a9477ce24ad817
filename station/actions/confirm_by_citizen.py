"""The citizen says of one value on the second screen: Đúng (right) or Sai (wrong)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier, Verdict

CITIZEN = "citizen"
"""Who answers, in the audit trail."""


class ConfirmByCitizen:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, entry_id: str, shown: str, verdict: Verdict) -> Dossier:
        """The answer is to the value that was `shown`: if it changed meanwhile, the answer does not count."""
        now = self._change.clock.now()

        def answer(dossier: Dossier) -> Dossier:
            entry = dossier.entry(entry_id)
            return dossier.with_entry(entry.answered(verdict, now)) if entry.value == shown else dossier

        return self._change(dossier_id, "confirm_by_citizen", CITIZEN, answer, entry=entry_id, verdict=verdict.value)
