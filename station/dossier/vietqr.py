"""VietQR: a bank transfer as the text of a QR code that every Vietnamese banking app reads (NAPAS, EMVCo MPM).

Records of a two-digit tag, a two-digit length and a value: 00 version, 01 static or dynamic, 38 the account,
53 currency, 54 amount, 58 country, 62.08 purpose, 63 CRC-16 over all before it, its own tag and length included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from station.dossier.text import folded

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
"""ISO 4217."""
LONGEST_PURPOSE = 25
LARGEST_AMOUNT = 10**12
_NOT_IN_PURPOSE = re.compile(r"[^A-Za-z0-9 .-]+")


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where fees are paid to. `bin` is the bank's six digits at NAPAS; `name` is shown beside the code, not in it."""

    bin: str
    number: str
    name: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{6}", self.bin) or not re.fullmatch(r"[A-Za-z0-9]{1,19}", self.number):
            raise ValueError("no bank account")


def vietqr(account: BankAccount, amount: int, purpose: str) -> str:
    """The text of the QR for one transfer of `amount` đồng; the purpose in ASCII and cut to 25 letters."""
    if not 0 < amount < LARGEST_AMOUNT:
        raise ValueError("no amount to transfer")
    to = _record("00", NAPAS) + _record("01", _record("00", account.bin) + _record("01", account.number))
    body = (
        _record("00", "01")
        + _record("01", "12")  # dynamic: for one payment, with its amount
        + _record("38", to + _record("02", TO_ACCOUNT))
        + _record("53", DONG)
        + _record("54", str(amount))
        + _record("58", "VN")
        + _record("62", _record("08", plain_purpose(purpose)))
        + "6304"
    )
    return f"{body}{crc16(body.encode('ascii')):04X}"


def purpose_of(dossier_id: str, procedure_code: str) -> str:
    """What the transfer says it is for: the start of the dossier's id and the procedure's code, and nobody's name.

    The dossier has no number before it is sealed, and a fee is paid before: see docs/decisions/0080.
    """
    return f"HS {dossier_id[:8].upper()} {procedure_code}"[:LONGEST_PURPOSE].rstrip()


def plain_purpose(text: str) -> str:
    """Letters without marks, digits, spaces, dots and hyphens: what every bank carries."""
    unmarked = "".join(_unmarked(letter) for letter in text)
    return " ".join(_NOT_IN_PURPOSE.sub(" ", unmarked).split())[:LONGEST_PURPOSE].rstrip()


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, from 0xFFFF): 0x29B1 for «123456789»."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def _record(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _unmarked(letter: str) -> str:
    plain = folded(letter) if not letter.isascii() else letter
    return plain.upper() if letter.isupper() else plain
