"""Dates and times as Vietnamese papers write them, to ISO 8601. Impossible ones are none; no figure is mended."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from station.dossier.text import folded

_ALONE = r"(?:(?<=ngay)|(?<=date)|(?<![^\W_]))"
"""Before the first figure there is no other figure and no letter, which may be a misread one («l5/03/1999»)."""

_DAY, _MONTH, _FULL_YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>(?:18|19|20)\d{2})(?!\d)"
_STROKE = r"\s*(?:[/.\-|\\,]\s*){1,2}"
_SLASHED = re.compile(_ALONE + _DAY + _STROKE + _MONTH + _STROKE + _FULL_YEAR)
_WORDED = re.compile(_ALONE + _DAY + r"(?P<after_day>\D{1,20})" + _MONTH + r"(?P<after_month>\D{1,20})" + _FULL_YEAR)
_BOXED = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:18|19|20)\d{2})")
_DATE_LINE = re.compile(r"(?P<before>|.*\D)\d{1,2}(?P<after_day>\D+)\d{1,2}(?P<after_month>\D+)(?P<year>\d\w{0,3})?\W*")
_BEFORE_DAY, _AFTER_DAY, _AFTER_MONTH = ("ngaydate", "ngay", "homnay"), ("thang", "thangmonth"), ("nam", "namyear")
_LIKE = 0.6
"""Share of a word's letters that are right: the figures around it say what it is."""

_FIGURES = 4
"""Of a year."""

_BETWEEN_BOXES = re.compile(r"[\s|/\\.\-_\[\]]+")
_LABEL = re.compile(r"\b(ngay|thang|nam|sinh|nam sinh|tu|date|year)\b")
_YEAR = re.compile(r"(?<![\d/])((?:18|19|20)\d{2})(?!\d)")
_TIME = re.compile(
    r"(?<![\d/.\-])(\d{1,2})[\s\-]*(?:gio|h(?![a-z])|:(?=\s*\d))\s*(?:(\d{1,2})(?!\d)\s*(?:phut|ph?(?![a-z])|')?)?"
)
_OPEN_ENDED = "khongthoihan"
OPEN_ENDED = "Không thời hạn"


def iso_date(text: str) -> str | None:
    """`YYYY-MM-DD`, or `YYYY` where only a year is printed; of several the first. None where there is no such day."""
    plain = folded(text)
    matches = [match for match in (_SLASHED.search(plain), _worded(plain)) if match]
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


class DateLine(NamedTuple):
    """A line that ends in a date in words, folded: what stands before it, a place as a rule, and the year's figures as
    far as they are read."""

    place: str
    year: str

    @property
    def whole(self) -> bool:
        return len(self.year) == _FIGURES


def date_line(text: str) -> DateLine | None:
    """«Phú Mẫu, ngày 18 tháng 06 năm 2021», «ngày/date 18 tháng/month 06 năm/year 2021», of which engines misread a
    word or lose the year.

    Only a comma stands for «ngày» («Sinh 12 tháng 3 năm 1990» is none), and nothing for «năm» where there are no four
    figures («ngày 15 tháng 6 tại Ủy ban»).
    """
    match = _DATE_LINE.fullmatch(folded(text))
    if match is None:
        return None
    places = (_without_last(match["before"], word) for word in _BEFORE_DAY)
    place = next((place for place in places if place is not None), None)
    line = DateLine(match["before"] if place is None else place, match["year"] or "")
    by_year = _alike(match["after_month"], _AFTER_MONTH)
    if not (by_year or line.whole) or (place is None and line.place.strip() and not line.place.rstrip().endswith(",")):
        return None
    return line if (place is not None) + _alike(match["after_day"], _AFTER_DAY) + by_year > 1 else None


def _without_last(text: str, word: str) -> str | None:
    """What stands before the last letters of a text, if these are like a word."""
    ends = [at for at, letter in enumerate(text) if letter.isalpha()][-len(word) :]
    return text[: ends[0]] if ends and _alike(text[ends[0] :], (word,)) else None


def _worded(plain: str) -> re.Match[str] | None:
    return next((match for match in _WORDED.finditer(plain) if _has_words(match)), None)


def _has_words(match: re.Match[str]) -> bool:
    return _alike(match["after_day"], _AFTER_DAY) and _alike(match["after_month"], _AFTER_MONTH)


def _alike(read: str, words: tuple[str, ...]) -> bool:
    letters = _letters(read)
    return any(Levenshtein.normalized_similarity(letters, word) >= _LIKE for word in words)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _calendar_day(match: re.Match[str]) -> str | None:
    day, month, year = (int(match[part]) for part in ("day", "month", "year"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
