"""The text in the QR of our own receipts (giấy tiếp nhận hồ sơ và hẹn trả kết quả), taken apart.

`TRAMSO1|number|procedure|sealed at|digest`: no person, and half of the SHA-256 of the dossier's record, by which the
receipt can be held against what the hub received.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from station.dossier.reading import ReadField, Source, Status
from station.errors import InputError

MARK = "TRAMSO1"
_PARTS = 5
_NUMBER = re.compile(r"[0-9A-Za-z.\-/]{1,40}")
_PROCEDURE = re.compile(r"[0-9A-Za-z.\-]{1,40}")
_DIGEST = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class ReceiptPayload:
    """What the QR says; `digest` is the first half of the record's SHA-256."""

    number: str
    procedure_code: str
    sealed_at: datetime
    digest: str

    def fields(self) -> tuple[ReadField, ...]:
        """Its values as fields of a page, source `qr`."""
        found = (("number", self.number), ("issue_date", self.sealed_at.date().isoformat()))
        return tuple(ReadField(key, value, value, 1.0, Status.ACCEPTED, Source.QR) for key, value in found)


def parse_receipt(text: str) -> ReceiptPayload:
    """Take the QR's text apart; raises `InputError("code.not_a_receipt")` where it is no receipt of ours."""
    parts = text.strip("\0\r\n\t ").split("|")
    if len(parts) != _PARTS or parts[0] != MARK:
        raise InputError("code.not_a_receipt")
    _, number, procedure, sealed_at, digest = parts
    if not (_NUMBER.fullmatch(number) and _PROCEDURE.fullmatch(procedure) and _DIGEST.fullmatch(digest)):
        raise InputError("code.not_a_receipt")
    try:
        moment = datetime.fromisoformat(sealed_at)
    except ValueError as error:
        raise InputError("code.not_a_receipt") from error
    return ReceiptPayload(number, procedure, moment, digest)
