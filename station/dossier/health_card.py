"""The text in the QR of a health insurance card (thẻ bảo hiểm y tế), taken apart and named.

Parts by `|`, `-` for empty, `$` at the end, names as hexadecimal UTF-8. Cards since 2021 have 17 parts (number, name,
birth, sex, -, hospital, from, until, issued, …, five years from), those before have 10 with an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.dossier.reading import ReadField, Source, Status
from station.dossier.text import exact
from station.errors import InputError

_NEW, _OLD = 17, 10
_SEXES = {"1": "male", "2": "female"}
_FIVE_YEARS = 12


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
    """Take the QR's text apart; raises `InputError("code.not_a_card")` where it is no health insurance card's."""
    parts = [part.strip() for part in text.strip("\0\r\n\t ").split("|")]
    if len(parts) not in (_NEW, _OLD) or parts[-1] != "$" or parts[3] not in _SEXES:
        raise InputError("code.not_a_card")
    try:
        name = exact(bytes.fromhex(parts[1]).decode("utf-8"))
    except ValueError as error:
        raise InputError("code.not_a_card") from error
    return HealthCardPayload(
        number=parts[0],
        full_name=name,
        birth_date=_iso(parts[2]),
        sex=_SEXES[parts[3]],
        valid_from=_iso(parts[6]),
        issue_date=_iso(parts[8]),
        five_years_from=_iso(parts[_FIVE_YEARS]) if len(parts) == _NEW else "",
    )


def _iso(text: str) -> str:
    if text in ("", "-"):
        return ""
    if len(text) == 4 and text.isdigit():
        return text
    try:
        return datetime.strptime(text, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 - a printed day has no zone
    except ValueError as error:
        raise InputError("code.not_a_card") from error
