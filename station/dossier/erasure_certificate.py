"""The certificate of an erasure (biên bản xóa dữ liệu cá nhân): what was erased, by whom, and what still has copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ErasedDossier:
    """One dossier on it, and nothing of whom it was about. `received` is the hub's word, `key` what was destroyed."""

    number: str
    official_number: str
    procedure_name: str
    opened_at: datetime
    discarded: bool
    received: datetime | None
    due_since: datetime
    pages: int
    shared: int
    values: int
    forms: int
    key: str


@dataclass(frozen=True, slots=True)
class ErasureCertificate:
    """`backups` is how many generations a backup keeps; after as many more, none of them holds what was erased."""

    number: str
    authority: str
    department: str
    station: str
    erased_at: datetime
    by: str
    second: str
    automatic: bool
    dossiers: tuple[ErasedDossier, ...]
    dossier_count: int
    page_count: int
    shared_count: int
    cleared: bool
    """Every trace in the database file and the page folder was cleared, too."""
    backups: int
    backups_until: date
    trail_line: int
    trail_head: str
    practice: bool
