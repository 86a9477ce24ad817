"""What an officer does with dossiers as they queue: put aside, hand over, take up again, take the last deed back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from station.actions.change import Change
from station.actions.hand_over import HandOver
from station.actions.history import History
from station.actions.park_dossier import ParkDossier
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Pages
from station.actions.undo import Undo


@dataclass(frozen=True, slots=True)
class QueueDesk:
    """The deeds; the time by which something is due; how many bytes are free for pages."""

    park: ParkDossier
    hand_over: HandOver
    undo: Undo
    clock: Clock
    free_space: Callable[[], int]

    @classmethod
    def over(cls, change: Change, history: History, pages: Pages, free_space: Callable[[], int]) -> QueueDesk:
        """`history` is the one that `change` tells what was done."""
        return cls(ParkDossier(change), HandOver(change), Undo(change, history, pages), change.clock, free_space)

    def now(self) -> datetime:
        return self.clock.now()
