"""The officer finds that the dossier is another case (trường hợp) of its procedure than it was opened as."""

from __future__ import annotations

from dataclasses import replace

from station.actions.change import Change
from station.actions.ports.rules import Procedures
from station.dossier.dossier import Dossier


class ChooseCase:
    def __init__(self, change: Change, procedures: Procedures) -> None:
        self._change, self._procedures = change, procedures

    def __call__(self, dossier_id: str, key: str, by: str) -> Dossier:
        """Pages, values and answers stay; fees that were not paid are to be counted anew where their lines differ.

        `RuleError("dossier.no_such_case")`.
        """

        def chosen(dossier: Dossier) -> Dossier:
            procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
            changed = dossier.with_case(procedure.case(key).key)
            lines = {line.key for line in procedure.fees_of(changed.case)}
            counted = changed.payment
            if counted and not counted.paid and any(charge.key not in lines for charge in counted.charges):
                return replace(changed, payment=None)
            return changed

        return self._change(dossier_id, "choose_case", by, chosen, case=key)
