"""The text in the QR of a citizen identity card (CCCD 2021, căn cước 2024), taken apart and named.

Both cards write plain UTF-8, fields apart by `|`: number | old number | name | birth | sex | residence | issued.
Some batches leave the old number out (6 fields); the card of 2024 appends four more (11), whose meaning no public
specification gives: they are kept raw and never mapped.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from station.dossier.reading import ReadField, Source, Status
from station.dossier.text import exact, is_plain
from station.errors import InputError

_ID_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"[0-9]{9}([0-9]{3})?")
_DATE = re.compile(r"([0-9]{1,2})[/.-]?([0-9]{2})[/.-]?([0-9]{4})")
_SEXES = {"nam": "male", "nữ": "female", "nu": "female"}
LONGEST = 1500
"""Letters; a QR can hold 7,089 digits, a card's holds some 200 letters."""
_PLAIN = 7
_EXTRAS = 4


@dataclass(frozen=True, slots=True)
class CardPayload:
    """What the QR says. Dates are ISO 8601, sex is `male` or `female`; `extra` is kept as written."""

    id_number: str
    old_id_number: str
    full_name: str
    birth_date: str
    sex: str
    residence: str
    issue_date: str
    extra: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()

    def fields(self, prefix: str = "subject.") -> tuple[ReadField, ...]:
        """Its values as fields of a page, source `qr`; Reed-Solomon coding vouches for every letter."""
        found = (
            (f"{prefix}id_number", self.id_number, 0),
            (f"{prefix}old_id_number", self.old_id_number, 1),
            (f"{prefix}full_name", self.full_name, 2),
            (f"{prefix}birth_date", self.birth_date, 3),
            (f"{prefix}sex", self.sex, 4),
            (f"{prefix}residence", self.residence, 5),
            ("issue_date", self.issue_date, 6),
        )
        return tuple(
            ReadField(key, value, self.printed[place], 1.0, Status.ACCEPTED, Source.QR)
            for key, value, place in found
            if value
        )


def parse_card_payload(text: str) -> CardPayload:
    """Take the QR's text apart.

    Raises `InputError("code.not_a_card")` where the text is no card's, and `InputError("code.mangled")` where the
    number is there but the letters were damaged on the way (a keyboard-wedge scanner writes `Nguy?n Th? H??ng`).
    """
    if len(text) > LONGEST:
        raise InputError("code.not_a_card")
    if not is_plain(text.strip("\0\r\n\t ")):
        raise InputError("code.mangled")
    parts = [exact(part) for part in unicodedata.normalize("NFC", text).strip("\0\r\n\t ").split("|")]
    if len(parts) == _PLAIN - 1:
        parts.insert(1, "")
    if len(parts) not in (_PLAIN, _PLAIN + _EXTRAS) or not _ID_NUMBER.fullmatch(parts[0]):
        raise InputError("code.not_a_card")
    number, old_number, name, birth, sex, residence, issued = parts[:_PLAIN]
    if old_number and not _OLD_NUMBER.fullmatch(old_number):
        raise InputError("code.not_a_card")
    if not name or _is_damaged(name) or _is_damaged(residence):
        raise InputError("code.mangled")
    if sex.casefold() not in _SEXES:
        raise InputError("code.mangled" if _is_damaged(sex) else "code.not_a_card")
    return CardPayload(
        id_number=number,
        old_id_number=old_number,
        full_name=name,
        birth_date=_iso(birth),
        sex=_SEXES[sex.casefold()],
        residence=residence,
        issue_date=_iso(issued) if issued else "",
        extra=tuple(parts[_PLAIN:]),
        printed=tuple(parts[:_PLAIN]),
    )


def _is_damaged(text: str) -> bool:
    """Question marks, replacement characters or control characters stand where letters stood."""
    return any(letter in "?\ufffd" or unicodedata.category(letter) == "Cc" for letter in text)


def _iso(text: str) -> str:
    match = _DATE.fullmatch(text)
    if match is None:
        raise InputError("code.not_a_card")
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise InputError("code.not_a_card") from error
