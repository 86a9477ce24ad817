"""The citizen says of one value on the second screen: Đúng (right) or Sai (wrong)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.confirmation import asked_with
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict

CITIZEN = "citizen"
"""Who answers, in the audit trail."""


class ConfirmByCitizen:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, entry_id: str, shown: str, verdict: Verdict) -> Dossier:
        """The answer is to the value that was `shown`: if it changed meanwhile, the answer does not count.

        It settles the same fact on every paper that states it.
        """
        now = self._change.clock.now()

        def answer(dossier: Dossier) -> Dossier:
            asked = dossier.entry(entry_id)
            if asked.value == shown:
                for entry in asked_with(dossier, asked):
                    dossier = dossier.with_entry(entry.answered(verdict, now))
            return dossier

        return self._change(dossier_id, "confirm_by_citizen", CITIZEN, answer, entry=entry_id, verdict=verdict.value)
