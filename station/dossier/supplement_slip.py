"""What the citizen is told to bring: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, Mẫu 02 of TT 03/2025/TT-VPCP.

Guidance is given once and completely (Decree 45/2020/NĐ-CP, article 11): one slip lists everything at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

SERIES = "guidance"
"""The numbers of slips count from 1 each year: the series is `guidance <year>`."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One row of the table: a paper, how many of it to bring, and why.

    The form has a third column, «Bản chứng thực». It stays empty: an officer compares a copy with the original, and may
    demand no certified copy (Decree 23/2015/NĐ-CP, article 6; the civil-status procedures).
    """

    name: str
    originals: int
    copies: int
    reason: str


@dataclass(frozen=True, slots=True)
class SupplementSlip:
    """The values of Mẫu 02, as they were printed. `number` is empty until the slip is given to somebody.

    `authority` and `department` stand above it; `officer` is the printed name of who gave the guidance.
    """

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
    rows: tuple[SlipRow, ...]
    officer: str
    at: datetime
    practice: bool = False

    def says_the_same(self, other: SupplementSlip) -> bool:
        """Nothing has changed between the two but when they were made, by whom, and the number."""
        return self._told() == other._told()

    def numbered(self, number: str) -> SupplementSlip:
        """The same slip, given under this number."""
        return replace(self, number=number)

    def _told(self) -> tuple[object, ...]:
        return (
            self.procedure_code,
            self.procedure_name,
            self.person_name,
            self.person_id,
            self.address,
            self.phone,
            self.email,
            self.rows,
        )


def slip_number(count: int) -> str:
    """«0007/HDHS», as the form has it."""
    return f"{count:04d}/HDHS"
