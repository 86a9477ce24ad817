"""One line of the audit trail: who did what to which dossier, and when; never the values themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`deed` is a verb phrase in snake case (`seal_dossier`); `detail` holds codes, counts and ids only."""

    deed: str
    by: str
    at: datetime
    dossier_id: str | None = None
    detail: dict[str, str | int] = field(default_factory=dict)
