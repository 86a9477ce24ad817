"""From hand to hand: Phiếu kiểm soát quá trình giải quyết hồ sơ, Mẫu 06 of TT 03/2025/TT-VPCP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """The dossier goes from one hand to the next. What has not happened yet is empty, and is filled in by pen."""

    office: str = ""
    given_at: datetime | None = None
    given_by: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ControlSlip:
    """The values of Mẫu 06: it travels with the paper dossier through the offices."""

    authority: str
    department: str
    number: str
    official_number: str
    procedure_code: str
    procedure_name: str
    person_name: str
    received_at: datetime
    due_at: datetime
    handovers: tuple[Handover, ...]
    practice: bool
