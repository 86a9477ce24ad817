"""The deeds around the checklist of one counter: looking at it, answering its questions, telling what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from station.actions.answer_condition import AnswerCondition
from station.actions.change import Change
from station.actions.make_receipt import Office
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forms import FormWriter
from station.actions.ports.rules import Deadlines, Procedures
from station.actions.request_supplement import RequestSupplement, Words
from station.actions.see_checklist import SeeChecklist
from station.dossier.kinds import PaperKinds


@dataclass(frozen=True, slots=True)
class ChecklistDesk:
    """`see` is fast enough for every repaint."""

    see: SeeChecklist
    answer_condition: AnswerCondition
    request_supplement: RequestSupplement

    @classmethod
    def over(
        cls,
        change: Change,
        dossiers: Dossiers,
        procedures: Procedures,
        kinds: PaperKinds,
        deadlines: Deadlines,
        clock: Clock,
        office: Office,
        words: Words,
        forms: FormWriter,
    ) -> ChecklistDesk:
        """All of it over one store and one catalogue; `words` are the Vietnamese of the slip."""
        see = SeeChecklist(procedures, kinds, clock)
        return cls(
            see,
            AnswerCondition(change, procedures),
            RequestSupplement(dossiers, procedures, see, deadlines, clock, office, words, forms),
        )
