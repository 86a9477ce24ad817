"""A promise that cannot be kept: Văn bản xin lỗi và đề nghị gia hạn, Mẫu 04 of TT 03/2025/TT-VPCP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

SERIES = "apology"
"""The numbers of apologies count from 1 each year: the series is `apology <year>`."""


@dataclass(frozen=True, slots=True)
class Apology:
    """The values of Mẫu 04. `number` is empty until it is issued; `new_due` is the day that is asked for instead."""

    number: str
    authority: str
    department: str
    person_name: str
    address: str
    dossier_number: str
    official_number: str
    procedure_code: str
    procedure_name: str
    received_at: datetime
    due_at: datetime
    reason: str
    new_due: date
    officer: str
    at: datetime
    practice: bool
