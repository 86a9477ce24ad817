"""The Vietnamese lunar calendar: which day of the sun's year a day of the moon's year is.

Months begin on the day of the new moon in Vietnam (UTC+7); the month of the winter solstice is the eleventh; of
thirteen months between two solstices the first without a principal term is the leap month. New moons and the sun's
longitude after J. Meeus, Astronomical Algorithms, chapters 25 and 49, with the terms that matter to the minute; enough
for 1900–2100 but for a new moon within minutes of midnight.
"""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

_ZONE = 7 / 24
"""Vietnam's offset as a part of a day."""
_SYNODIC_MONTH = 29.530588861
_FIRST_NEW_MOON = 2451550.09766
"""Julian date of the mean new moon that Meeus counts from, of 6 January 2000."""
_CENTURY = 36525.0
"""Days."""
_J2000 = 2451545.0
_ORDINAL_OF_J2000 = date(2000, 1, 1).toordinal()


def solar_date(year: int, month: int, day: int) -> date:
    """The day on which a day of a lunar month falls; `year` is that in which the lunar year begins. No leap months."""
    eleventh = _eleventh_month(year - 1 if month < 11 else year)
    steps = month + 1 if month < 11 else month - 11
    leap = _leap_after(eleventh)
    if leap is not None and steps >= leap:
        steps += 1
    return date.fromordinal(_new_moon_day(eleventh + steps) + day - 1)


def lunar_new_year(year: int) -> date:
    """The first day of Tết (mùng 1 tháng Giêng)."""
    return solar_date(year, 1, 1)


@lru_cache(maxsize=64)
def _eleventh_month(year: int) -> int:
    """The number of the new moon that begins the month of the year's winter solstice."""
    end = date(year, 12, 31).toordinal()
    number = math.floor((end - _ORDINAL_OF_J2000) / _SYNODIC_MONTH) + 1
    while _new_moon_day(number) > end or _principal_term(_new_moon_day(number)) > _SOLSTICE:
        number -= 1
    return number


_SOLSTICE = 8
"""The principal term before the winter solstice: a month that begins in it, or at its end, may hold the solstice."""


@lru_cache(maxsize=64)
def _leap_after(eleventh: int) -> int | None:
    """How many months after the eleventh the leap month follows; None in a year of twelve months."""
    following = eleventh + 12
    if _principal_term(_new_moon_day(following + 1)) <= _SOLSTICE:
        following += 1
    if following - eleventh == 12:
        return None
    for steps in range(1, 14):
        first, last = _new_moon_day(eleventh + steps), _new_moon_day(eleventh + steps + 1)
        if _principal_term(first) == _principal_term(last):
            return steps
    return None


@lru_cache(maxsize=512)
def _new_moon_day(number: int) -> int:
    """The ordinal of the day in Vietnam on which the new moon falls; `number` counts from January 2000."""
    time = number / 1236.85
    mean = (
        _FIRST_NEW_MOON
        + _SYNODIC_MONTH * number
        + 0.00015437 * time**2
        - 0.000000150 * time**3
        + 0.00000000073 * time**4
    )
    eccentricity = 1 - 0.002516 * time - 0.0000074 * time**2
    sun = math.radians(2.5534 + 29.10535670 * number - 0.0000014 * time**2)
    moon = math.radians(201.5643 + 385.81693528 * number + 0.0107582 * time**2)
    latitude = math.radians(160.7108 + 390.67050284 * number - 0.0016118 * time**2)
    node = math.radians(124.7746 - 1.56375588 * number + 0.0020672 * time**2)
    correction = (
        -0.40720 * math.sin(moon)
        + 0.17241 * eccentricity * math.sin(sun)
        + 0.01608 * math.sin(2 * moon)
        + 0.01039 * math.sin(2 * latitude)
        + 0.00739 * eccentricity * math.sin(moon - sun)
        - 0.00514 * eccentricity * math.sin(moon + sun)
        + 0.00208 * eccentricity**2 * math.sin(2 * sun)
        - 0.00111 * math.sin(moon - 2 * latitude)
        - 0.00057 * math.sin(moon + 2 * latitude)
        + 0.00056 * eccentricity * math.sin(2 * moon + sun)
        - 0.00042 * math.sin(3 * moon)
        + 0.00042 * eccentricity * math.sin(sun + 2 * latitude)
        + 0.00038 * eccentricity * math.sin(sun - 2 * latitude)
        - 0.00024 * eccentricity * math.sin(2 * moon - sun)
        - 0.00017 * math.sin(node)
    )
    return _day_in_vietnam(mean + correction - _delta_t(mean))


def _delta_t(julian: float) -> float:
    """Terrestrial time less universal time, in days: about a minute in our decades (a smooth fit of the tables)."""
    since = (julian - _J2000) / 365.25
    return (62.92 + 0.32217 * since + 0.005589 * since**2) / 86400


def _day_in_vietnam(julian: float) -> int:
    """The ordinal of the day; a Julian date begins at noon."""
    return math.floor(julian - _J2000 + 0.5 + _ZONE) + _ORDINAL_OF_J2000


def _principal_term(ordinal: int) -> int:
    """Which thirty degrees of the sun's way the beginning of a day in Vietnam lies in, counted from March."""
    time = (ordinal - _ORDINAL_OF_J2000 - 0.5 - _ZONE) / _CENTURY
    anomaly = math.radians(357.52911 + 35999.05029 * time - 0.0001537 * time**2)
    center = (
        (1.914602 - 0.004817 * time) * math.sin(anomaly)
        + (0.019993 - 0.000101 * time) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * time)
    longitude = 280.46646 + 36000.76983 * time + 0.0003032 * time**2 + center - 0.00569 - 0.00478 * math.sin(node)
    return int(longitude % 360 // 30)
