"""Days that the moon decides, and what can be foreseen of a year whose schedule is not published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station import paths
from station.catalogue.calendar import load_calendar
from station.dossier.holidays import HolidayRules
from station.dossier.lunar import lunar_new_year, solar_date

RULES = load_calendar(paths.resources() / "calendar").rules
YEARS = st.integers(1950, 2099)

TET = {
    1968: (1, 29), 1985: (1, 21), 2007: (2, 17), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6),
    2028: (1, 26), 2029: (2, 13), 2030: (2, 2), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19),
    2035: (2, 8),
}  # fmt: skip
"""Tết in Vietnam; of 1968, 1985, 2007 and 2030 it is another day than in China."""
KINGS = {
    2026: (4, 26), 2027: (4, 16), 2028: (4, 4), 2029: (4, 23), 2030: (4, 12), 2031: (4, 1), 2032: (4, 19), 2033: (4, 9),
    2034: (4, 28), 2035: (4, 17),
}  # fmt: skip
"""Giỗ Tổ Hùng Vương, 10/3 of the lunar year."""


@pytest.mark.parametrize("year", TET)
def test_tet_falls_on(year: int) -> None:
    assert lunar_new_year(year) == date(year, *TET[year])


@pytest.mark.parametrize("year", KINGS)
def test_the_kings_day_falls_on(year: int) -> None:
    assert solar_date(year, 3, 10) == date(year, *KINGS[year])


@given(YEARS)
def test_a_lunar_year_has_twelve_or_thirteen_moons(year: int) -> None:
    assert (lunar_new_year(year + 1) - lunar_new_year(year)).days in (353, 354, 355, 383, 384, 385)
    months = [solar_date(year, month, 1) for month in range(1, 13)]
    assert months == sorted(months)


def test_what_2027_was_foreseen_to_be() -> None:
    off = [date(2027, month, day) for month, days in (
        (1, [1]), (2, [5, 6, 7, 8, 9, 10, 11]), (4, [16, 30]), (5, [1, 3]), (9, [2, 3]), (11, [24]),
    ) for day in days]  # fmt: skip
    assert RULES.days_off(2027) == frozenset(off)


@given(st.integers(2026, 2099))
def test_every_year_has_twelve_holidays_and_a_substitute_for_each_on_the_weekend(year: int) -> None:
    off = RULES.days_off(year)
    worked_otherwise = [day for day in off if day.weekday() < 5]
    assert len(worked_otherwise) == 12 - _met(RULES, year)


def _met(rules: HolidayRules, year: int) -> int:
    """Days on which two holidays meet, as Giỗ Tổ may meet 30/4 or 1/5."""
    return int(solar_date(year, 3, 10) in (date(year, 4, 30), date(year, 5, 1)))


@given(st.integers(2026, 2099))
def test_the_national_day_has_one_neighbour_and_not_both(year: int) -> None:
    holidays = HolidayRules(tuple(one for one in RULES.holidays if one.neighbour)).days_off(year)
    day = date(year, 9, 2)
    assert {day - timedelta(days=1), day + timedelta(days=1)} & holidays
    assert len([one for one in holidays if one.weekday() < 5]) == 2


def test_a_holiday_is_one_from_its_first_year_on() -> None:
    assert date(2025, 11, 24) not in RULES.days_off(2025)
    assert date(2026, 11, 24) in RULES.days_off(2026)
