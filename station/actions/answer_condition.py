"""The officer answers a question about the citizen's situation, or takes the answer back."""

from __future__ import annotations

from station.actions.change import Change
from station.actions.ports.rules import Procedures
from station.dossier.dossier import Dossier
from station.errors import RuleError


class AnswerCondition:
    def __init__(self, change: Change, procedures: Procedures) -> None:
        self._change, self._procedures = change, procedures

    def __call__(self, dossier_id: str, key: str, yes: bool | None, by: str) -> Dossier:
        """`yes` of None: nobody has answered. `RuleError("dossier.no_such_question")`."""

        def answered(dossier: Dossier) -> Dossier:
            procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
            if all(condition.key != key for condition in procedure.conditions):
                raise RuleError("dossier.no_such_question", question=key)
            return dossier.with_condition(key, yes)

        answer = "open" if yes is None else "yes" if yes else "no"
        return self._change(dossier_id, "answer_condition", by, answered, question=key, answer=answer)
