"""Dates and times as Vietnamese papers write them, to ISO 8601. Impossible ones are none; no figure is mended."""

from __future__ import annotations

import re
from datetime import date

from station.dossier.text import folded

_ALONE = r"(?:(?<=ngay)|(?<=date)|(?<![^\W_]))"
"""Before the first figure there is no other figure and no letter, which may be a misread one («l5/03/1999»)."""

_SLASHED = re.compile(
    _ALONE + r"(\d{1,2})\s*(?:[/.\-|\\,]\s*){1,2}(\d{1,2})\s*(?:[/.\-|\\,]\s*){1,2}((?:18|19|20)\d{2})(?!\d)"
)
_WORDED = re.compile(
    _ALONE + r"(\d{1,2})\W*thang\W*(?:month)?\W*(\d{1,2})\W*nam\W*(?:year)?\W*((?:18|19|20)\d{2})(?!\d)"
)
_BOXED = re.compile(r"(\d{2})(\d{2})((?:18|19|20)\d{2})")
_BETWEEN_BOXES = re.compile(r"[\s|/\\.\-_\[\]]+")
_ANY_DATE = (_SLASHED, _WORDED)
_LABEL = re.compile(r"\b(ngay|thang|nam|sinh|nam sinh|tu|date|year)\b")
_YEAR = re.compile(r"(?<![\d/])((?:18|19|20)\d{2})(?!\d)")
_TIME = re.compile(
    r"(?<![\d/.\-])(\d{1,2})\s*(?:gio|h(?![a-z])|:(?=\s*\d))\s*(?:(\d{1,2})(?!\d)\s*(?:phut|ph?(?![a-z])|')?)?"
)
_OPEN_ENDED = "khongthoihan"
OPEN_ENDED = "Không thời hạn"


def iso_date(text: str) -> str | None:
    """`YYYY-MM-DD`, or `YYYY` where only a year is printed; of several the first. None where there is no such day."""
    plain = folded(text)
    matches = [match for pattern in _ANY_DATE if (match := pattern.search(plain))]
    bare = _LABEL.sub(" ", plain).strip(" .,:;-()")
    if not matches and (boxed := _BOXED.fullmatch(_BETWEEN_BOXES.sub("", bare))):
        matches = [boxed]
    if not matches:
        year = _YEAR.fullmatch(bare)
        return year[1] if year else None
    return _calendar_day(min(matches, key=re.Match.start))


def iso_moment(text: str) -> str | None:
    """`YYYY-MM-DDTHH:MM`, or the date alone where no time is printed; None where the time cannot be or is misread."""
    day = iso_date(text)
    if day is None:
        return None
    plain = folded(text)
    time = _TIME.search(plain)
    if time is None:
        return day
    if time[2] is None and "phut" in plain:  # minutes that could not be read are not nought
        return None
    hour, minute = int(time[1]), int(time[2] or 0)
    return f"{day}T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def expiry(text: str) -> str | None:
    """A date, or «Không thời hạn»."""
    return OPEN_ENDED if _OPEN_ENDED in folded(text).replace(" ", "") else iso_date(text)


def year_of(text: str) -> str | None:
    """The year of birth: printed alone or as the end of a full date."""
    day = iso_date(text)
    if day:
        return day[:4]
    years = _YEAR.findall(folded(text))
    return years[0] if len(years) == 1 else None


def _calendar_day(match: re.Match[str]) -> str | None:
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
