"""What somebody typed for a value, in the form in which it is kept; what cannot be understood stays as it was typed."""

from __future__ import annotations

import re
from datetime import datetime

from provincial_hub.cases.value_form import form_of
from provincial_hub.web.words import LANGUAGES, Words

_DAY = re.compile(r"(?:(\d{1,2}):(\d{2})\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .]+(?=\d)")


def kept_as(key: str, typed: str) -> str:
    """A day as year-month-day, the sex as `male` or `female`, an identity number without spaces."""
    text = " ".join(typed.split())
    match form_of(key):
        case "sex":
            return _sex(text)
        case "id_number":
            return _BETWEEN_DIGITS.sub("", text)
        case "day" | "end":
            return _day(text, with_hour=False)
        case "moment":
            return _day(text, with_hour=True)
        case _:
            return text


def _sex(text: str) -> str:
    words = {Words(language)(f"sex.{sex}").casefold(): sex for language in LANGUAGES for sex in ("male", "female")}
    return words.get(text.casefold(), text)


def _day(text: str, *, with_hour: bool) -> str:
    typed = _DAY.fullmatch(text)
    if typed is None or (typed[1] and not with_hour):
        return text
    hour, minute, day, month, year = (int(part or 0) for part in typed.groups())
    try:
        at = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - as the paper has it
    except ValueError:
        return text
    return at.isoformat(timespec="minutes") if typed[1] else at.date().isoformat()
