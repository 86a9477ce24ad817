"""The page's words in Vietnamese and English, and how times, sizes and shares are written in each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from provincial_hub.cases.value_form import form_of
from provincial_hub.clock import VIETNAM

LANGUAGES = ("vi", "en")
"""The first is what everybody sees who has not asked for another."""
_FOLDER = Path(__file__).parent / "words"

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?")


class Words:
    """Looks sentences up by dotted keys; an unknown one is an error, so that no page shows a key."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._said = _load(language)

    def __call__(self, key: str, **values: object) -> str:
        return self._said[key].format(**values)

    def or_raw(self, prefix: str, name: str) -> str:
        """The word for a name that outside data gave, or the name itself: lists of names are open-ended."""
        return self._said.get(f"{prefix}.{name}", name)

    def knows(self, key: str) -> bool:
        return key in self._said

    def field(self, key: str) -> str:
        """What a value is, from its key: `mother.full_name`. Those of other papers stay as they are."""
        owner, _, name = key.rpartition(".")
        told = self.or_raw("field", name)
        return f"{told} ({self.or_raw('owner', owner)})" if owner else told

    def value(self, text: str, key: str = "") -> str:
        """A value for people: a day that is kept as 1990-02-01 is written as Vietnam does, the sex as a word."""
        if form_of(key) == "sex":
            return self.or_raw("sex", text) or "–"
        kept = _DAY.fullmatch(text)
        if kept is None:
            return text or "–"
        return f"{kept[4]} " * bool(kept[4]) + f"{kept[3]}/{kept[2]}/{kept[1]}"

    def number(self, number: float, digits: int = 0) -> str:
        """Vietnamese writes 1.234,5 where English writes 1,234.5."""
        text = f"{number:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "vi" else text

    def share(self, share: float | None) -> str:
        """A share of 0 to 1 in per cent; nothing where there is nothing to divide by."""
        return self("figures.none") if share is None else f"{self.number(share * 100, 1)} %"

    def size(self, size: int) -> str:
        for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
            if size >= step:
                return f"{self.number(size / step, 1)} {unit}"
        return f"{self.number(size)} B"

    def time(self, moment: str | datetime) -> str:
        """As Vietnam writes it: 14:05 23/11/2026."""
        return f"{_moment(moment):%H:%M %d/%m/%Y}"

    def day(self, moment: str | datetime) -> str:
        return f"{_moment(moment):%d/%m/%Y}"

    def span(self, span: timedelta) -> str:
        """About how long: minutes, hours or days."""
        minutes = max(0, int(span.total_seconds())) // 60
        if minutes < 60:
            return self("span.minutes", n=minutes)
        return self("span.hours", n=minutes // 60) if minutes < 48 * 60 else self("span.days", n=minutes // (24 * 60))

    def skew(self, offset_ms: int) -> str:
        """How far a station's clock is off; what lies within a minute is the line's own time."""
        span = timedelta(milliseconds=abs(offset_ms))
        if span < timedelta(minutes=1):
            return self("stations.clock_right")
        return self("stations.ahead" if offset_ms > 0 else "stations.behind", span=self.span(span))


def language_of(asked: str | None) -> str:
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _moment(moment: str | datetime) -> datetime:
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(VIETNAM)


@cache
def _load(language: str) -> Mapping[str, str]:
    return dict(_flat(tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    for name, value in table.items():
        said += [(f"{prefix}{name}", value)] if isinstance(value, str) else _flat(value, f"{prefix}{name}.")
    return said
