"""The working calendar of the office, from `resources/calendar/`: hours, the law's holidays, and one file a year."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from station.dossier.deadlines import OfficeHours, WorkingCalendar
from station.dossier.holidays import Holiday, HolidayRules
from station.strict_toml import Table

HOURS, HOLIDAYS = "hours.toml", "holidays.toml"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REASONS = ("holiday", "substitute", "swap")
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def load_calendar(folder: Path) -> WorkingCalendar:
    """`hours.toml`, `holidays.toml` and every `<year>.toml`; `ResourceError` with file, place and what is expected."""
    office = Table.load(folder / HOURS)
    week = _week(office, "working_week")
    same_day_until = office.take("same_day_until", time)
    hours = _hours(office, week)
    office.end()
    rules = _rules(Table.load(folder / HOLIDAYS), week)

    days_off: set[date] = set()
    extra_days: set[date] = set()
    known: set[int] = set()
    official: set[int] = set()
    for file in sorted(folder.glob("[0-9]*.toml")):
        year = Table.load(file)
        known.add(_year(year))
        if year.take("official", bool):
            official.add(_year(year))
        year.text("source")
        for row in year.tables("days_off"):
            days_off.add(_day(row, year, days_off))
            row.text("name")
            row.choice("kind", REASONS)
            row.end()
        for row in year.tables("extra_days"):
            extra_days.add(_day(row, year, extra_days | days_off))
            row.text("name")
            row.end()
        year.end()
    return WorkingCalendar(
        days_off=frozenset(days_off),
        extra_days=frozenset(extra_days),
        official_years=frozenset(official),
        week=week,
        hours=hours,
        same_day_until=same_day_until,
        known_years=frozenset(known),
        rules=rules,
    )


def _week(table: Table, key: str) -> frozenset[int]:
    days = table.texts(key)
    if not days or not set(days) <= set(WEEK):
        raise table.error(key, "resource.bad_value", remedy=", ".join(WEEK))
    return frozenset(WEEK.index(day) for day in days)


def _hours(office: Table, week: frozenset[int]) -> dict[int, tuple[OfficeHours, ...]]:
    hours: dict[int, list[OfficeHours]] = {}
    for row in office.tables("open", required=True):
        days, opens, closes = _week(row, "days"), row.take("from", time), row.take("to", time)
        row.end()
        if closes <= opens:
            raise row.error("to", "resource.bad_value", remedy=f"> {opens}")
        for day in days:
            before = hours.setdefault(day, [])
            if before and before[-1].closes > opens:
                raise row.error("from", "resource.bad_value", remedy=f">= {before[-1].closes} ({WEEK[day]})")
            before.append(OfficeHours(opens, closes))
    if missing := sorted(week - hours.keys()):
        raise office.error("open", "resource.missing_key", remedy=f'days = ["{WEEK[missing[0]]}"]')
    return {day: tuple(stretches) for day, stretches in hours.items()}


def _rules(table: Table, week: frozenset[int]) -> HolidayRules:
    holidays = tuple(_holiday(row) for row in table.tables("holidays", required=True))
    table.end()
    return HolidayRules(holidays, week)


def _holiday(row: Table) -> Holiday:
    month, day, lunar = row.count("month"), row.count("day"), row.take("lunar", bool, False)
    if not 1 <= month <= 12:
        raise row.error("month", "resource.bad_value", remedy="1 … 12")
    longest = 30 if lunar else LONGEST_MONTH[month - 1]
    if not 1 <= day <= longest or (month, day) == (2, 29):
        raise row.error("day", "resource.bad_value", remedy=f"1 … {min(longest, 28) if month == 2 else longest}")
    holiday = Holiday(
        name=row.text("name"),
        month=month,
        day=day,
        lunar=lunar,
        days=row.count("days", 1),
        days_before=row.count("days_before", 0),
        neighbour=row.take("neighbour", bool, False),
        since=row.count("since", 0),
    )
    row.end()
    if not 1 <= holiday.days <= 14:
        raise row.error("days", "resource.bad_value", remedy="1 … 14")
    if holiday.days_before >= holiday.days:
        raise row.error("days_before", "resource.bad_value", remedy=f"0 … {holiday.days - 1}")
    return holiday


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
