"""What is done about dossiers after their seal: corrections, questions of two values, dossiers that came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from station.actions.correct_sealed import CorrectSealed
from station.actions.guard_work import GuardWork
from station.actions.make_again import MakeAgain
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.province import HubWords
from station.actions.ports.rules import Procedures
from station.actions.settle_question import SettleQuestion
from station.dossier.correction import Revision
from station.dossier.dossier import Dossier
from station.dossier.hub_changes import HubRestored, HubWord, Returned
from station.dossier.question import Question


@dataclass(frozen=True, slots=True)
class HubDesk:
    """The hub's word on the dossiers of one counter, and the deeds that answer it."""

    words: HubWords
    _correct: CorrectSealed
    _settle: SettleQuestion
    _make_again: MakeAgain

    @classmethod
    def over(
        cls,
        words: HubWords,
        dossiers: Dossiers,
        procedures: Procedures,
        clock: Clock,
        guard: GuardWork,
        station: str,
    ) -> HubDesk:
        """All of it over one store and one catalogue."""
        return cls(
            words,
            CorrectSealed(dossiers, clock, station),
            SettleQuestion(dossiers, clock, station),
            MakeAgain(dossiers, procedures, clock, guard),
        )

    def changes_of(self, dossier_id: str) -> HubWord:
        """Everything since the seal; `RuleError("dossier.unknown")`."""
        return self.words.of(dossier_id)

    def questions(self) -> Sequence[Question]:
        """Those that nobody has answered, the oldest first."""
        return self.words.questions()

    def returned(self) -> Sequence[Returned]:
        """Dossiers that came back and were not made again yet, the oldest first."""
        return self.words.returned()

    def restored(self) -> HubRestored | None:
        """What the hub had lost when it was last brought back from a backup; None: it never was."""
        return self.words.restored()

    def correct_sealed(
        self, dossier_id: str, value_id: str, after: str, reason: str, by: str, *, as_printed: bool = False
    ) -> Revision:
        """Correct one value of a sealed dossier; the hub is told, and the seal stays as it was."""
        return self._correct(dossier_id, value_id, after, reason, by, as_printed=as_printed)

    def settle(self, question_id: str, choices: Mapping[str, str], by: str, reason: str) -> None:
        """Answer a question: for each of its values the text that holds from now on."""
        self._settle(question_id, choices, by, reason)

    def make_again(self, dossier_id: str, by: str) -> Dossier:
        """Open a dossier anew that came back; its pages are used again."""
        return self._make_again(dossier_id, by)
