"""The working calendar is data: one file a year, checked when it is read."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from station import paths
from station.catalogue.calendar import load_calendar
from station.errors import ResourceError

HOURS = """working_week = ["mon", "sat"]
same_day_until = 15:00:00
[[open]]
days = ["mon", "sat"]
from = 07:30:00
to = 11:30:00
[[open]]
days = ["mon"]
from = 13:00:00
to = 17:00:00
"""
HOLIDAYS = """[[holidays]]
name = "Tết Dương lịch"
month = 1
day = 1

[[holidays]]
name = "Giỗ Tổ"
month = 3
day = 10
lunar = true
"""
YEAR = 'official = true\nsource = "thử"\n\n[[days_off]]\ndate = 2030-01-01\nname = "Tết"\nkind = "holiday"\n'


def folder_with(folder: Path, hours: str = HOURS, year: str = YEAR, holidays: str = HOLIDAYS) -> Path:
    (folder / "hours.toml").write_text(hours, encoding="utf-8")
    (folder / "holidays.toml").write_text(holidays, encoding="utf-8")
    (folder / "2030.toml").write_text(year, encoding="utf-8")
    return folder


def test_the_shipped_calendar_knows_the_holidays_of_2026() -> None:
    calendar = load_calendar(paths.resources() / "calendar")
    assert not calendar.is_working(date(2026, 11, 24))
    assert not calendar.is_working(date(2026, 4, 27))
    assert calendar.is_working(date(2026, 11, 23))
    assert calendar.is_working(date(2026, 9, 3))


def test_2027_is_a_forecast_until_the_government_publishes_it() -> None:
    calendar = load_calendar(paths.resources() / "calendar")
    assert calendar.years_without_schedule(date(2026, 12, 30), date(2028, 1, 2)) == (2027, 2028)
    assert not calendar.is_working(date(2027, 2, 8))


def test_a_year_without_a_file_is_foreseen_from_the_law(tmp_path: Path) -> None:
    calendar = load_calendar(folder_with(tmp_path))
    assert not calendar.is_working(date(2029, 1, 1))
    assert not calendar.is_working(date(2029, 4, 23))  # Giỗ Tổ
    assert not calendar.is_working(date(2030, 1, 1))
    assert 2029 in calendar.years_without_schedule(date(2029, 1, 1), date(2030, 1, 1))


def test_a_file_of_a_year_is_the_last_word_on_it(tmp_path: Path) -> None:
    calendar = load_calendar(folder_with(tmp_path, HOURS.replace('"mon", "sat"]', '"mon", "fri", "sat"]')))
    assert calendar.is_working(date(2030, 4, 12))  # Giỗ Tổ, of which the file says nothing


def test_the_schedule_of_2026_is_as_the_law_lets_it_be_foreseen() -> None:
    calendar = load_calendar(paths.resources() / "calendar")
    assert {day for day in calendar.days_off if day.year == 2026} == calendar.rules.days_off(2026)


def test_the_office_hours_are_editable(tmp_path: Path) -> None:
    calendar = load_calendar(folder_with(tmp_path, HOURS.replace("17:00", "16:30")))
    assert calendar.closes(date(2030, 1, 7)) == time(16, 30)
    assert calendar.closes(date(2030, 1, 5)) == time(11, 30)
    assert calendar.is_working(date(2030, 1, 5))
    assert not calendar.is_working(date(2030, 1, 8))


def test_a_saturday_may_be_worked_in_exchange(tmp_path: Path) -> None:
    hours = HOURS.replace(', "sat"]\nsame', "]\nsame")
    exchanged = YEAR + '\n[[extra_days]]\ndate = 2030-01-05\nname = "Làm bù"\n'
    assert load_calendar(folder_with(tmp_path, hours, exchanged)).is_working(date(2030, 1, 5))


@pytest.mark.parametrize(
    ("hours", "year", "place"),
    [
        (HOURS.replace('"sat"', '"sunday"'), YEAR, "working_week"),
        (HOURS.replace("17:00:00", '"17:00"'), YEAR, "open[2].to"),
        (HOURS.replace("17:00:00", "12:00:00"), YEAR, "open[2].to"),
        (HOURS.replace("13:00:00", "11:00:00"), YEAR, "open[2].from"),
        (HOURS.replace('["mon", "sat"]\nsame', '["mon", "tue"]\nsame'), YEAR, "open"),
        (HOURS, YEAR.replace("2030-01-01", "2031-01-01"), "days_off[1].date"),
        (HOURS, YEAR.replace("2030-01-01", '"2030-01-01"'), "days_off[1].date"),
        (HOURS, YEAR.replace("holiday", "party"), "days_off[1].kind"),
        (HOURS, YEAR + YEAR[YEAR.index("[[") :], "days_off[2].date"),
        (HOURS, YEAR.replace("official", "oficial"), "official"),
    ],
)
def test_a_wrong_calendar_is_refused_with_the_place(tmp_path: Path, hours: str, year: str, place: str) -> None:
    with pytest.raises(ResourceError) as caught:
        load_calendar(folder_with(tmp_path, hours, year))
    assert caught.value.parameters["place"] == place


@pytest.mark.parametrize(
    ("holidays", "place"),
    [
        (HOLIDAYS.replace("month = 1", "month = 13"), "holidays[1].month"),
        (HOLIDAYS.replace("day = 10", "day = 31"), "holidays[2].day"),
        (HOLIDAYS.replace("lunar = true", "lunar = true\ndays = 0"), "holidays[2].days"),
        (HOLIDAYS.replace("lunar = true", "lunar = true\ndays_before = 1"), "holidays[2].days_before"),
        (HOLIDAYS.replace("lunar = true", "moon = true"), "holidays[2].moon"),
        ("", "holidays"),
    ],
)
def test_wrong_holidays_are_refused_with_the_place(tmp_path: Path, holidays: str, place: str) -> None:
    with pytest.raises(ResourceError) as caught:
        load_calendar(folder_with(tmp_path, holidays=holidays))
    assert caught.value.parameters["place"] == place
