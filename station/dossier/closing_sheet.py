"""The sheet that closes a shift: Sổ theo dõi hồ sơ (Mẫu 07), the ledger's lines, and the head of the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from station.dossier.register import RegisterRow


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One line of the ledger as it was then, and whether it added up."""

    said: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ClosingSheet:
    """The values of the closing sheet; whoever keeps it on paper can hold the trail against it later."""

    authority: str
    department: str
    day: date
    rows: tuple[RegisterRow, ...]
    balance: tuple[BalanceRow, ...]
    whole: bool
    """Every line of the ledger added up."""
    closed_by: str
    closed_at: datetime
    trail_lines: int
    trail_head: str
    """To be typed: the number of lines and the start of the hash."""
    trail_signed: str
    """The signed head, for the QR."""
    practice: bool
