"""The days off that the law grants, for years whose schedule the government has not published yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from station.dossier.lunar import solar_date

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday (Labour Code 45/2019/QH14, article 112): a day of the sun's or of the moon's year, `days` long.

    It begins `days_before` its day. With `neighbour` it takes one more day, before or after, never both. `since` is the
    first year in which it is one.
    """

    name: str
    month: int
    day: int
    lunar: bool = False
    days: int = 1
    days_before: int = 0
    neighbour: bool = False
    since: int = 0


@dataclass(frozen=True)
class HolidayRules:
    """What can be foreseen of a year: the holidays, and a working day for each that falls on the weekend."""

    holidays: tuple[Holiday, ...]
    week: frozenset[int] = frozenset(range(5))

    def days_off(self, year: int) -> frozenset[date]:
        """Holidays, neighbours and substitutes of the year. Exchanged Saturdays cannot be foreseen."""
        return _days_off(self, year)

    def off_work(self, day: date, granted: Iterable[date]) -> bool:
        """A day on which nobody works anyway, or one that is granted."""
        return day.weekday() not in self.week or day in granted


@lru_cache(maxsize=16)
def _days_off(rules: HolidayRules, year: int) -> frozenset[date]:
    granted: set[date] = set()
    for holiday in rules.holidays:
        if year >= holiday.since:
            granted.update(_days_of(rules, holiday, year))
    taken = set(granted)
    for day in sorted(granted):
        if day.weekday() not in rules.week:
            substitute = day + ONE_DAY
            while rules.off_work(substitute, taken):
                substitute += ONE_DAY
            taken.add(substitute)
    return frozenset(taken)


def _days_of(rules: HolidayRules, holiday: Holiday, year: int) -> list[date]:
    exact = solar_date(year, holiday.month, holiday.day) if holiday.lunar else date(year, holiday.month, holiday.day)
    first = exact - holiday.days_before * ONE_DAY
    days = [first + number * ONE_DAY for number in range(holiday.days)]
    if holiday.neighbour:
        before, after = days[0] - ONE_DAY, days[-1] + ONE_DAY
        days.append(before if _rest(rules, [before, *days]) >= _rest(rules, [*days, after]) else after)
    return days


def _rest(rules: HolidayRules, days: list[date]) -> int:
    """How many days in a row nobody works around these: what the government's choice has gone by so far."""
    first, last = days[0], days[-1]
    while rules.off_work(first - ONE_DAY, days):
        first -= ONE_DAY
    while rules.off_work(last + ONE_DAY, days):
        last += ONE_DAY
    return (last - first).days
