"""What an officer does with dossiers as they queue: put aside, hand over, take up again, take the last deed back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.actions.change import Change
from station.actions.hand_over import HandOver
from station.actions.history import History
from station.actions.park_dossier import ParkDossier
from station.actions.ports import Clock, Pages
from station.actions.undo import Undo


@dataclass(frozen=True, slots=True)
class QueueDesk:
    """The deeds, and the time by which something is due."""

    park: ParkDossier
    hand_over: HandOver
    undo: Undo
    clock: Clock

    @classmethod
    def over(cls, change: Change, history: History, pages: Pages) -> QueueDesk:
        """`history` is the one that `change` tells what was done."""
        return cls(ParkDossier(change), HandOver(change), Undo(change, history, pages), change.clock)

    def now(self) -> datetime:
        return self.clock.now()
