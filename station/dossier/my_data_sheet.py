"""What a citizen is given who asks what is kept about them (dữ liệu của tôi), as tables in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier in which they stand. `role` says as what, `kept` until when, or why longer."""

    number: str
    official_number: str
    procedure_name: str
    role: str
    opened_at: datetime
    standing: str
    sent: str
    kept: str


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One thing that is written down about them, and where it came from."""

    number: str
    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One page that is kept as an image."""

    number: str
    name: str
    captured_at: datetime
    reused: bool


@dataclass(frozen=True, slots=True)
class WordLine:
    """What they agreed to or refused, what they were shown, and what they answered."""

    number: str
    at: datetime
    said: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """Who did what with it, and when: also who only looked."""

    number: str
    at: datetime
    who: str
    deed: str


@dataclass(frozen=True, slots=True)
class ErasedLine:
    """A dossier that was here once."""

    number: str
    erased_at: datetime
    certificate: str


@dataclass(frozen=True, slots=True)
class MyData:
    """All of it, as it stood when it was asked."""

    authority: str
    department: str
    station: str
    person_name: str
    person_id: str
    confirmed: str
    asked_at: datetime
    officer: str
    dossiers: tuple[DossierLine, ...]
    values: tuple[ValueLine, ...]
    papers: tuple[PaperLine, ...]
    words: tuple[WordLine, ...]
    looks: tuple[LookLine, ...]
    erased: tuple[ErasedLine, ...]
    practice: bool
