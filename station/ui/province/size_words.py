"""Bytes, speeds and spans of time as people say them."""

from __future__ import annotations

import math
from datetime import datetime

from station.clock import VIETNAM
from station.language import Language

KILO, MEGA, GIGA = 10**3, 10**6, 10**9
MINUTE, HOUR, DAY = 60, 3600, 86_400
_COARSE = 20
"""Minutes above which nobody believes the single one."""


def size_words(size: int, language: Language) -> str:
    """«640 KB», «12,4 MB»; never nothing for what is something."""
    if size < MEGA:
        return language("province.size.kilobytes", count=max(1, round(size / KILO)) if size else 0)
    unit, name = (MEGA, "megabytes") if size < GIGA else (GIGA, "gigabytes")
    return language(f"province.size.{name}", count=decimal(size / unit, language))


def speed_words(bytes_a_second: float, language: Language) -> str:
    """«11 KB/giây»; below one, in tenths."""
    kilobytes = bytes_a_second / KILO
    told = decimal(kilobytes, language) if kilobytes < 10 else str(round(kilobytes))
    return language("province.size.speed", count=told)


def limit_words(bytes_a_second: int, language: Language) -> str:
    """«256 kbit/giây», «1 Mbit/giây»: lines are sold in bits."""
    kilobits = bytes_a_second * 8 // KILO
    whole, rest = divmod(kilobits, KILO)
    name = "megabits" if whole and not rest else "kilobits"
    return language(f"province.size.{name}", count=kilobits if name == "kilobits" else whole)


def span_words(seconds: float, language: Language) -> str:
    """«khoảng 25 phút», «khoảng 3 giờ»: rounded up, for an estimate that is too short is a broken word."""
    if seconds < MINUTE:
        return language("province.span.moment")
    minutes = math.ceil(seconds / MINUTE)
    if minutes > _COARSE:
        minutes = math.ceil(minutes / 5) * 5
    if minutes < 2 * MINUTE:
        return language("province.span.minutes", count=minutes)
    if seconds < 2 * DAY:
        return language("province.span.hours", count=math.ceil(seconds / HOUR))
    return language("province.span.days", count=math.ceil(seconds / DAY))


def when_words(moment: datetime, now: datetime, language: Language) -> str:
    """«14:05, sau 3 phút nữa», past midnight too; from an hour on «14:05», on another day with its date."""
    at, today = moment.astimezone(VIETNAM), now.astimezone(VIETNAM).date()
    left = math.ceil((moment - now).total_seconds())
    if left < MINUTE:
        return language("province.span.in_seconds", at=f"{at:%H:%M}", count=max(left, 1))
    if left < HOUR:
        return language("province.span.in_minutes", at=f"{at:%H:%M}", count=math.ceil(left / MINUTE))
    return f"{at:%H:%M}" if at.date() == today else f"{at:%H:%M %d/%m}"


def decimal(number: float, language: Language) -> str:
    """One place after the language's own sign."""
    return f"{number:.1f}".replace(".", language("province.size.decimal"))
