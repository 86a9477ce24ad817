"""What the receipt says: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, Mẫu 01 of TT 03/2025/TT-VPCP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

OF_PERSON = ("full_name", "id_number", "residence", "phone")
"""What a receipt prints of who handed the dossier in, by the keys of the person's values."""
ON_ROLL = frozenset({"full_name", "id_number"})
"""Of these, what the narrow receipt has room for."""


@dataclass(frozen=True, slots=True)
class ReceivedPaper:
    """One row of the receipt's table."""

    name: str
    original: bool
    quantity: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The values of Mẫu 01. `verification` is the text of its QR; `acknowledged` is the hub's word, if it gave it.

    `number` is the counter's own; `official_number` is what the hub calls the dossier, once it has said so. `fee_paid`
    is an officer's word, and `by_transfer` says how; `fee_open`: nobody knows yet what it comes to. `foreseen_years`
    are those on the way to `due_at` whose holidays have not been published. The submitter is as corrected since the
    seal, `corrected_at`; `…_before` is what the seal has instead, and the receipt that was handed out.
    """

    authority: str
    department: str
    number: str
    procedure_code: str
    procedure_name: str
    submitter_name: str
    submitter_id: str
    submitter_address: str
    submitter_phone: str
    papers: tuple[ReceivedPaper, ...]
    dossier_count: int
    received_at: datetime
    due_at: datetime
    return_at: str
    fee: int
    fee_note: str
    officer_name: str
    verification: str
    acknowledged: bool
    practice: bool
    official_number: str = ""
    foreseen_years: str = ""
    fee_paid: bool = False
    by_transfer: bool = False
    fee_open: bool = False
    corrected_at: datetime | None = None
    name_before: str = ""
    id_before: str = ""
    address_before: str = ""
    phone_before: str = ""
