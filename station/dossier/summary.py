"""One line of the list of dossiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from station.dossier.delivery import Progress
from station.dossier.dossier import State
from station.dossier.hub_changes import CaseBrief
from station.dossier.service import Parked


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of dossiers."""

    id: str
    number: str | None
    procedure_code: str
    person_name: str | None
    person_id: str | None
    state: State
    opened_at: datetime
    sealed_at: datetime | None
    pages: int
    progress: Progress | None
    holder: str = ""
    """Who works on it: who opened it, or to whom it was handed over."""
    parked: Parked | None = None
    due_at: datetime | None = None
    held: bool = False
    """Kept at a lawful request."""
    case: CaseBrief = field(default_factory=CaseBrief)

    @property
    def hub_number(self) -> str:
        """The official code, before it the hub's number; empty until the hub has acknowledged the dossier."""
        return self.case.code or (self.progress.hub_number if self.progress else "")
