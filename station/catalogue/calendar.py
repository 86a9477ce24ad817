"""The working calendar of the office, from `resources/calendar/`: one file a year, and the office's hours."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from station.dossier.deadlines import WorkingCalendar
from station.strict_toml import Table

HOURS = "hours.toml"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REASONS = ("holiday", "substitute", "swap")


def load_calendar(folder: Path) -> WorkingCalendar:
    """`hours.toml` and every `<year>.toml`, or `ResourceError` with file, place and what is expected."""
    hours = Table.load(folder / HOURS)
    week = _week(hours)
    closes = hours.take("closes", time)
    same_day_until = hours.take("same_day_until", time)
    hours.end()

    days_off: set[date] = set()
    extra_days: set[date] = set()
    official: set[int] = set()
    for file in sorted(folder.glob("[0-9]*.toml")):
        year = Table.load(file)
        if year.take("official", bool):
            official.add(_year(year))
        year.text("source")
        for row in year.tables("days_off"):
            days_off.add(_day(row, year, days_off))
            row.text("name")
            row.choice("kind", REASONS)
            row.end()
        for row in year.tables("extra_days"):
            extra_days.add(_day(row, year, extra_days))
            row.text("name")
            row.end()
        year.end()
    return WorkingCalendar(
        days_off=frozenset(days_off),
        extra_days=frozenset(extra_days),
        official_years=frozenset(official),
        week=week,
        closes=closes,
        same_day_until=same_day_until,
    )


def _week(hours: Table) -> frozenset[int]:
    days = hours.texts("working_week")
    if not days or not set(days) <= set(WEEK):
        raise hours.error("working_week", "resource.bad_value", remedy=", ".join(WEEK))
    return frozenset(WEEK.index(day) for day in days)


def _year(table: Table) -> int:
    """The year a file is for, from its name."""
    name = table.file.removesuffix(".toml")
    if not (name.isdecimal() and len(name) == 4):
        raise table.error(table.file, "resource.bad_value", remedy="2026.toml")
    return int(name)


def _day(row: Table, year: Table, seen: set[date]) -> date:
    day = row.take("date", date)
    if day.year != _year(year):
        raise row.error("date", "resource.bad_value", remedy=f"{_year(year)}-…")
    if day in seen:
        raise row.error("date", "resource.duplicate", value=day.isoformat())
    return day
