"""The text in the QR of our own receipts (giấy tiếp nhận hồ sơ và hẹn trả kết quả), put together and taken apart.

`TRAMSO2|station|number|procedure|sealed at|digest|key id|signature`: no person, and half of the SHA-256 of the
dossier's record without its `quality`, as canonical JSON, by which the receipt can be held against what the hub
received. The signature is Ed25519 (RFC 8032) over the text before its own `|`, base64url without padding. Receipts of
before have `TRAMSO1|number|procedure|sealed at|digest` and no signature.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, replace
from datetime import datetime

from station.dossier.reading import ReadField, Source, Status
from station.errors import InputError

SIGNED, UNSIGNED = "TRAMSO2", "TRAMSO1"
_PARTS = {SIGNED: 8, UNSIGNED: 5}
_STATION = re.compile(r"[0-9A-Za-z._\-]{1,32}", re.ASCII)
_NUMBER = re.compile(r"[0-9A-Za-z.\-/]{1,40}", re.ASCII)
_PROCEDURE = re.compile(r"[0-9A-Za-z.\-]{1,40}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{32}", re.ASCII)
_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReceiptPayload:
    """What the QR says; `digest` is the first half of the record's SHA-256. A receipt of before has no signature."""

    number: str
    procedure_code: str
    sealed_at: datetime
    digest: str
    station: str = ""
    key_id: str = ""
    signature: bytes = b""
    said: str = ""
    """The text that was signed."""

    def fields(self) -> tuple[ReadField, ...]:
        """Its values as fields of a page, source `qr`."""
        found = (("number", self.number), ("issue_date", self.sealed_at.date().isoformat()))
        return tuple(ReadField(key, value, value, 1.0, Status.ACCEPTED, Source.QR) for key, value in found)


def text_to_sign(station: str, number: str, procedure_code: str, sealed_at: datetime, digest: str, key_id: str) -> str:
    """What the station vouches for."""
    return "|".join((SIGNED, station, number, procedure_code, sealed_at.isoformat(timespec="seconds"), digest, key_id))


def with_signature(text: str, signature: bytes) -> str:
    """The whole text of the QR."""
    return f"{text}|{_encoded(signature)}"


def is_ours(text: str) -> bool:
    """Whether the text means to be a receipt of ours, be it right or wrong."""
    return text.strip("\0\r\n\t ").partition("|")[0] in _PARTS


def parse_receipt(text: str) -> ReceiptPayload:
    """Take the QR's text apart; raises `InputError("code.not_a_receipt")` where it is no receipt of ours."""
    text = text.strip("\0\r\n\t ")
    parts = text.split("|")
    if _PARTS.get(parts[0]) != len(parts):
        raise InputError("code.not_a_receipt")
    if parts[0] == UNSIGNED:
        return _payload(*parts[1:])
    _mark, station, number, procedure, sealed_at, digest, key_id, signature = parts
    if not (_STATION.fullmatch(station) and _KEY.fullmatch(key_id)):
        raise InputError("code.not_a_receipt")
    return replace(
        _payload(number, procedure, sealed_at, digest),
        station=station,
        key_id=key_id,
        signature=_decoded(signature),
        said=text.rpartition("|")[0],
    )


def _payload(number: str, procedure: str, sealed_at: str, digest: str) -> ReceiptPayload:
    if not (_NUMBER.fullmatch(number) and _PROCEDURE.fullmatch(procedure) and _DIGEST.fullmatch(digest)):
        raise InputError("code.not_a_receipt")
    try:
        moment = datetime.fromisoformat(sealed_at)
    except ValueError as error:
        raise InputError("code.not_a_receipt") from error
    return ReceiptPayload(number, procedure, moment, digest)


def _encoded(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).decode("ascii").rstrip("=")


def _decoded(text: str) -> bytes:
    """Only the one way to write these bytes: the last letter has bits to spare, and no other letter may stand there."""
    try:
        signature = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("code.not_a_receipt") from error
    if _encoded(signature) != text:
        raise InputError("code.not_a_receipt")
    return signature
