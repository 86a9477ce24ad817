"""When a result is due: counting working days, working hours, calendar days and «ngay trong ngày» over a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from station.dossier.holidays import ONE_DAY, HolidayRules
from station.dossier.procedure import TimeUnit


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """One stretch of a day on which the counter is open."""

    opens: time
    closes: time


WORKDAY = (OfficeHours(time(7, 30), time(11, 30)), OfficeHours(time(13), time(17)))
"""Eight hours, as most offices keep them."""
USUAL_HOURS: Mapping[int, tuple[OfficeHours, ...]] = dict.fromkeys(range(5), WORKDAY)

_NONE = HolidayRules(())


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days and hours an office works. `week` holds `date.weekday()` numbers, Monday 0.

    `week` are the working days of the law, which deadlines count; `hours` says when the counter is open on each day of
    the week, a Saturday morning perhaps among them. `days_off` are the holidays and their substitutes of `known_years`,
    `extra_days` the Saturdays worked in exchange. `official_years` are those whose schedule the government has
    published; any other year is a forecast by `rules` and must be shown as one.
    """

    days_off: frozenset[date]
    extra_days: frozenset[date]
    official_years: frozenset[int]
    week: frozenset[int] = frozenset(range(5))
    hours: Mapping[int, tuple[OfficeHours, ...]] = field(default_factory=lambda: USUAL_HOURS)
    same_day_until: time = time(15)
    known_years: frozenset[int] = frozenset()
    rules: HolidayRules = _NONE

    def is_off(self, day: date) -> bool:
        """A holiday or its substitute, as published or as foreseen."""
        foreseen = day.year not in self.known_years | self.official_years
        return day in self.days_off or (foreseen and day in self.rules.days_off(day.year))

    def is_working(self, day: date) -> bool:
        """A working day of the law: an exchanged Saturday works, a holiday does not, else the week decides."""
        return day in self.extra_days or (day.weekday() in self.week and not self.is_off(day))

    def hours_of(self, day: date) -> tuple[OfficeHours, ...]:
        """When the counter is open that day, in order; a Saturday worked in exchange is like the week's first day."""
        if day in self.extra_days:
            return self.hours[min(self.week)]
        return () if self.is_off(day) else self.hours.get(day.weekday(), ())

    def closes(self, day: date) -> time:
        """When the counter closes on a day on which it is open."""
        return self.hours_of(day)[-1].closes

    def next_working(self, day: date) -> date:
        """The first working day after this one."""
        day += ONE_DAY
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def years_without_schedule(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days for which no official schedule is known: «chưa có lịch nghỉ chính thức»."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.official_years)

    def due_at(self, received_at: datetime, time: int, unit: TimeUnit) -> datetime:
        """The moment by which the result is promised, in the zone of `received_at`: closing time of the last day.

        The day of reception is not counted, and a period that ends on a day off runs to the next working day (Civil
        Code 91/2015/QH13, articles 147 and 148). What is done on the spot moves to the next working day when it was
        received after 15:00 (Decree 23/2015, article 7, and the civil-status procedures). Of working hours, eight of
        which are a day, only those count that come after the reception.
        """
        day = received_at.date()
        match unit:
            case TimeUnit.SAME_DAY:
                if not self._in_time_for_today(received_at):
                    day = self.next_working(day)
            case TimeUnit.WORKING_HOUR:
                return self._after_hours(received_at, timedelta(hours=time))
            case TimeUnit.WORKING_DAY:
                for _ in range(time):
                    day = self.next_working(day)
            case TimeUnit.DAY:
                day += timedelta(days=time)
                if not self.is_working(day):
                    day = self.next_working(day)
        if not self.hours_of(day):  # no working day at all: received on a day off, due in no days
            day = self.next_working(day)
        return datetime.combine(day, self.closes(day), received_at.tzinfo)

    def _in_time_for_today(self, received_at: datetime) -> bool:
        day, now = received_at.date(), received_at.time()
        return bool(self.hours_of(day)) and now <= min(self.same_day_until, self.closes(day))

    def _after_hours(self, received_at: datetime, remaining: timedelta) -> datetime:
        day = received_at.date()
        while True:
            for hours in self.hours_of(day) if self.is_working(day) else ():
                opens = datetime.combine(day, hours.opens, received_at.tzinfo)
                closes = datetime.combine(day, hours.closes, received_at.tzinfo)
                begins = max(opens, received_at)
                if begins >= closes:
                    continue
                if closes - begins >= remaining:
                    return begins + remaining
                remaining -= closes - begins
            day += ONE_DAY
