"""When a result is due: counting working days, calendar days and «ngay trong ngày» over a working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from station.dossier.procedure import TimeUnit

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days and hours an office works. `week` holds `date.weekday()` numbers, Monday 0.

    `days_off` are holidays and their substitutes, `extra_days` the Saturdays worked in exchange. `official_years`
    are those whose schedule the government has published; any other year is a forecast and must be shown as one.
    """

    days_off: frozenset[date]
    extra_days: frozenset[date]
    official_years: frozenset[int]
    week: frozenset[int] = frozenset(range(5))
    closes: time = time(17)
    same_day_until: time = time(15)

    def is_working(self, day: date) -> bool:
        """An exchanged Saturday works, a holiday does not, else the week decides."""
        return day in self.extra_days or (day.weekday() in self.week and day not in self.days_off)

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
        """The moment by which the result is promised: closing time of the last day, in the zone of `received_at`.

        The day of reception is not counted, and a period that ends on a day off runs to the next working day (Civil
        Code 91/2015/QH13, articles 147 and 148). What is done on the spot moves to the next working day when it was
        received after 15:00 (Decree 23/2015, article 7, and the civil-status procedures).
        """
        day = received_at.date()
        if unit is TimeUnit.SAME_DAY:
            if received_at.time() > self.same_day_until or not self.is_working(day):
                day = self.next_working(day)
        elif unit is TimeUnit.WORKING_DAY:
            for _ in range(time):
                day = self.next_working(day)
        else:
            day += timedelta(days=time)
            if not self.is_working(day):
                day = self.next_working(day)
        return datetime.combine(day, self.closes, received_at.tzinfo)
