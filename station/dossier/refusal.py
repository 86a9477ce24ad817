"""Why a dossier is not accepted: Phiếu từ chối tiếp nhận giải quyết hồ sơ, Mẫu 03 of TT 03/2025/TT-VPCP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SERIES = "refusal"
"""The numbers of refusals count from 1 each year: the series is `refusal <year>`."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The values of Mẫu 03. `number` is empty until it is issued; `reason` is the officer's, in full sentences."""

    number: str
    authority: str
    department: str
    procedure_code: str
    procedure_name: str
    person_name: str
    person_id: str
    address: str
    phone: str
    email: str
    reason: str
    officer: str
    at: datetime
    practice: bool
