"""Dates and times as Vietnamese papers write them, brought to ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from station.dossier.text import folded

_SLASHED = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-|]\s*(\d{1,2})\s*[/.\-|]\s*(\d{4})(?!\d)")
_WORDED = re.compile(
    r"(?:ngay)?\W*(?:date)?\W*(?<!\d)(\d{1,2})\W*thang\W*(?:month)?\W*(\d{1,2})\W*nam\W*(?:year)?\W*(\d{4})(?!\d)"
)
_YEAR = re.compile(r"(?<![\d/])((?:18|19|20)\d{2})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2})\s*(?:gio|h|:)\s*(?:(\d{1,2})\s*(?:phut|p)?)?")
_OPEN_ENDED = "khongthoihan"


def iso_date(text: str) -> str | None:
    """`YYYY-MM-DD`, or `YYYY` where only a year is printed; None where there is no possible date."""
    plain = folded(text)
    match = _SLASHED.search(plain) or _WORDED.search(plain)
    if match is None:
        rest = re.sub(r"\b(ngay|thang|nam|sinh|nam sinh|tu)\b", " ", plain).strip(" .,:;-()")
        year = _YEAR.fullmatch(rest)
        return year[1] if year else None
    day, month, year_number = (int(part) for part in match.groups())
    try:
        return date(year_number, month, day).isoformat()
    except ValueError:
        return None


def iso_moment(text: str) -> str | None:
    """`YYYY-MM-DDTHH:MM`, or the date alone where no time is printed."""
    day = iso_date(text)
    if day is None:
        return None
    time = _TIME.search(folded(text))
    if time is None:
        return day
    hour, minute = int(time[1]), int(time[2] or 0)
    return f"{day}T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else day


def expiry(text: str) -> str | None:
    """A date, or «Không thời hạn»."""
    return "Không thời hạn" if _OPEN_ENDED in folded(text).replace(" ", "") else iso_date(text)


def year_of(text: str) -> str | None:
    """The year of birth: printed alone or as the end of a full date."""
    day = iso_date(text)
    if day:
        return day[:4]
    years = _YEAR.findall(folded(text))
    return years[0] if len(years) == 1 else None
