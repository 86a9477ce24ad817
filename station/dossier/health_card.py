"""The text in the QR of a health insurance card (thẻ bảo hiểm y tế), taken apart and named.

Parts by `|`, `-` for empty, `$` at the end, names as hexadecimal UTF-8. Cards since 2021 have 17 parts (number, name,
birth, sex, -, hospital, from, until, issued, …, five years from), those before have 10 with an address.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from station.dossier.reading import ReadField, Source, Status
from station.dossier.text import exact, is_plain
from station.errors import InputError

_NEW, _OLD = 17, 10
_NUMBERS = {_NEW: re.compile(r"[0-9]{10}"), _OLD: re.compile(r"[A-Z]{2}[1-5][0-9]{12}")}
_SEXES = {"1": "male", "2": "female"}
_DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_FIVE_YEARS = 12
LONGEST = 1500


@dataclass(frozen=True, slots=True)
class HealthCardPayload:
    """What the QR says; dates are ISO 8601, empty where the card says nothing."""

    number: str
    full_name: str
    birth_date: str
    sex: str
    valid_from: str
    issue_date: str
    five_years_from: str

    def fields(self) -> tuple[ReadField, ...]:
        """Its values as fields of a page, source `qr`."""
        found = (
            ("number", self.number),
            ("subject.full_name", self.full_name),
            ("subject.birth_date", self.birth_date),
            ("subject.sex", self.sex),
            ("valid_from", self.valid_from),
            ("issue_date", self.issue_date),
            ("five_years_from", self.five_years_from),
        )
        return tuple(ReadField(key, value, value, 1.0, Status.ACCEPTED, Source.QR) for key, value in found if value)


def parse_health_card(text: str) -> HealthCardPayload:
    """Take the QR's text apart.

    Raises `InputError("code.not_a_card")` where it is no health insurance card's, and `InputError("code.mangled")`
    where the name in it is no name.
    """
    if len(text) > LONGEST:
        raise InputError("code.not_a_card")
    parts = [part.strip() for part in text.strip("\0\r\n\t ").split("|")]
    if len(parts) not in _NUMBERS or parts[-1] != "$" or parts[3] not in _SEXES:
        raise InputError("code.not_a_card")
    if not _NUMBERS[len(parts)].fullmatch(parts[0]):
        raise InputError("code.not_a_card")
    name = _name(parts[1])
    return HealthCardPayload(
        number=parts[0],
        full_name=name,
        birth_date=_iso(parts[2]),
        sex=_SEXES[parts[3]],
        valid_from=_iso(parts[6]),
        issue_date=_iso(parts[8]),
        five_years_from=_iso(parts[_FIVE_YEARS]) if len(parts) == _NEW else "",
    )


def _name(hexadecimal: str) -> str:
    try:
        written = bytes.fromhex(hexadecimal).decode("utf-8")
    except ValueError as error:
        raise InputError("code.not_a_card") from error
    name = exact(written)
    if (
        not name
        or not is_plain(written)
        or any(letter == "\ufffd" or unicodedata.category(letter) == "Cc" for letter in name)
    ):
        raise InputError("code.mangled")
    return name


def _iso(text: str) -> str:
    if text in ("", "-") or _YEAR.fullmatch(text):
        return text.strip("-")
    match = _DATE.fullmatch(text)
    if match is None:
        raise InputError("code.not_a_card")
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise InputError("code.not_a_card") from error
