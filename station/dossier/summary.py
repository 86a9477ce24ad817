"""One line of the list of dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.dossier.delivery import Progress
from station.dossier.dossier import State


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
