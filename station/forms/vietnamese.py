"""Times and amounts as Vietnamese papers print them."""

from __future__ import annotations

from datetime import date, datetime

from station.clock import VIETNAM

NBSP = "\u00a0"
"""Between a figure and its word: no line ends there."""


def moment(at: datetime) -> str:
    """«09 giờ 05 phút, ngày 05 tháng 9 năm 2026», in Vietnam's time whatever the zone of `at`."""
    return f"{clock(at)}, {day(at)}"


def clock(at: datetime) -> str:
    """«09 giờ 05 phút»."""
    at = at.astimezone(VIETNAM)
    return f"{at.hour:02}{NBSP}giờ {at.minute:02}{NBSP}phút"


def day(on: date) -> str:
    """«ngày 05 tháng 9 năm 2026»: two figures for days below 10 and for January and February (NĐ 30/2020)."""
    on = _local(on)
    month = f"{on.month:02}" if on.month < 3 else str(on.month)
    return f"ngày{NBSP}{on.day:02} tháng{NBSP}{month} năm{NBSP}{on.year}"


def short_day(on: date) -> str:
    """«05/09/2026», for tables."""
    on = _local(on)
    return f"{on.day:02}/{on.month:02}/{on.year}"


def amount(dong: int) -> str:
    """Thousands apart by dots: 200.000."""
    return f"{dong:,}".replace(",", ".")


def _local(at: date) -> date:
    return at.astimezone(VIETNAM) if isinstance(at, datetime) else at
