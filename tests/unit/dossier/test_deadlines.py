"""What is promised: the day of reception is not counted, days off are skipped, 15:00 moves same-day work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.deadlines import USUAL_HOURS, OfficeHours, WorkingCalendar
from station.dossier.procedure import TimeUnit

VIETNAM = timezone(timedelta(hours=7))
CALENDAR = WorkingCalendar(
    days_off=frozenset({date(2026, 11, 24), date(2027, 1, 1)}),
    extra_days=frozenset({date(2026, 12, 5)}),
    official_years=frozenset({2026}),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("received", "length", "unit", "due"),
    [
        ("2026-11-18T09:05", 0, TimeUnit.SAME_DAY, "2026-11-18T17:00"),
        ("2026-11-18T15:00", 0, TimeUnit.SAME_DAY, "2026-11-18T17:00"),
        ("2026-11-18T15:01", 0, TimeUnit.SAME_DAY, "2026-11-19T17:00"),
        ("2026-11-20T15:30", 0, TimeUnit.SAME_DAY, "2026-11-23T17:00"),  # Friday afternoon
        ("2026-11-23T15:30", 0, TimeUnit.SAME_DAY, "2026-11-25T17:00"),  # the holiday of 24/11 lies between
        ("2026-11-22T09:00", 0, TimeUnit.SAME_DAY, "2026-11-23T17:00"),  # a Sunday
        ("2026-11-18T16:30", 1, TimeUnit.WORKING_DAY, "2026-11-19T17:00"),
        ("2026-11-20T09:00", 3, TimeUnit.WORKING_DAY, "2026-11-26T17:00"),
        ("2026-12-04T09:00", 1, TimeUnit.WORKING_DAY, "2026-12-05T17:00"),  # a Saturday worked in exchange
        ("2026-12-31T09:00", 1, TimeUnit.WORKING_DAY, "2027-01-04T17:00"),
        ("2026-11-18T09:00", 1, TimeUnit.DAY, "2026-11-19T17:00"),
        ("2026-11-18T09:00", 3, TimeUnit.DAY, "2026-11-23T17:00"),  # ends on a Saturday
        ("2026-11-18T09:00", 8, TimeUnit.WORKING_HOUR, "2026-11-19T09:00"),
        ("2026-11-18T12:00", 8, TimeUnit.WORKING_HOUR, "2026-11-19T11:30"),  # over noon
        ("2026-11-20T16:00", 8, TimeUnit.WORKING_HOUR, "2026-11-23T16:00"),
        ("2026-11-23T17:30", 4, TimeUnit.WORKING_HOUR, "2026-11-25T11:30"),  # the holiday of 24/11 lies between
        ("2026-11-22T09:00", 0, TimeUnit.DAY, "2026-11-23T17:00"),  # received on a Sunday
    ],
)
def test_a_result_is_promised_for(received: str, length: int, unit: TimeUnit, due: str) -> None:
    assert CALENDAR.due_at(moment(received), length, unit) == moment(due)


MORNING = replace(CALENDAR, hours={**USUAL_HOURS, 5: (OfficeHours(time(7, 30), time(11, 30)),)})
"""An office that also opens on Saturday morning."""


@pytest.mark.parametrize(
    ("received", "length", "unit", "due"),
    [
        ("2026-11-21T09:00", 0, TimeUnit.SAME_DAY, "2026-11-21T11:30"),
        ("2026-11-21T11:31", 0, TimeUnit.SAME_DAY, "2026-11-23T17:00"),
        ("2026-11-20T09:00", 1, TimeUnit.WORKING_DAY, "2026-11-23T17:00"),  # it is no working day of the law
        ("2026-11-20T16:00", 8, TimeUnit.WORKING_HOUR, "2026-11-23T16:00"),
    ],
)
def test_a_saturday_morning_is_open_and_yet_not_counted(received: str, length: int, unit: TimeUnit, due: str) -> None:
    assert MORNING.due_at(moment(received), length, unit) == moment(due)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(VIETNAM)), st.integers(1, 80))  # noqa: DTZ001
def test_exactly_the_promised_hours_are_worked_until_then(received: datetime, hours: int) -> None:
    due = CALENDAR.due_at(received, hours, TimeUnit.WORKING_HOUR)
    worked = sum(
        (_overlap(day, stretch, received, due) for day in _days(received, due) for stretch in CALENDAR.hours_of(day)),
        timedelta(),
    )
    assert worked == timedelta(hours=hours)


def _days(first: datetime, last: datetime) -> list[date]:
    return [first.date() + timedelta(days=number) for number in range((last.date() - first.date()).days + 1)]


def _overlap(day: date, stretch: OfficeHours, received: datetime, due: datetime) -> timedelta:
    opens = datetime.combine(day, stretch.opens, VIETNAM)
    closes = datetime.combine(day, stretch.closes, VIETNAM)
    return max(min(closes, due) - max(opens, received), timedelta())


def test_a_period_that_reaches_a_year_without_schedule_is_flagged() -> None:
    received = moment("2026-12-30T09:00")
    due = CALENDAR.due_at(received, 3, TimeUnit.WORKING_DAY)
    assert CALENDAR.years_without_schedule(received.date(), due.date()) == (2027,)
    assert CALENDAR.years_without_schedule(received.date(), received.date()) == ()


def test_the_promise_is_in_the_zone_of_the_reception() -> None:
    assert CALENDAR.due_at(moment("2026-11-18T09:00"), 1, TimeUnit.WORKING_DAY).tzinfo is VIETNAM


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(VIETNAM))  # noqa: DTZ001
UNITS = st.sampled_from(
    [
        (0, TimeUnit.SAME_DAY),
        (1, TimeUnit.DAY),
        (5, TimeUnit.DAY),
        (3, TimeUnit.WORKING_DAY),
        (8, TimeUnit.WORKING_HOUR),
    ]
)


@given(MOMENTS, UNITS)
def test_a_result_is_always_promised_for_a_working_day_at_closing_time(
    received: datetime, counted: tuple[int, TimeUnit]
) -> None:
    due = CALENDAR.due_at(received, *counted)
    assert CALENDAR.is_working(due.date())
    assert due.time() == CALENDAR.closes(due.date()) or counted[1] is TimeUnit.WORKING_HOUR
    assert due.date() >= received.date()


@given(MOMENTS, MOMENTS, UNITS)
def test_who_comes_earlier_never_waits_longer(one: datetime, other: datetime, counted: tuple[int, TimeUnit]) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.due_at(first, *counted) <= CALENDAR.due_at(second, *counted)
