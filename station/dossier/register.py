"""A day's dossiers as a page of the book: Sổ theo dõi hồ sơ, Mẫu 07 of TT 03/2025/TT-VPCP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One sealed dossier. The days of return and of handing over are not this station's to know: filled in by pen.

    Who handed it in stands as corrected since the seal, if `corrected`.
    """

    number: str
    official_number: str
    procedure_name: str
    dossier_count: int
    person_name: str
    address: str
    phone: str
    office: str
    received_at: datetime
    due_at: datetime
    acknowledged: bool
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """The values of Mẫu 07, in the order in which the dossiers were sealed."""

    authority: str
    department: str
    day: date
    rows: tuple[RegisterRow, ...]
    practice: bool
