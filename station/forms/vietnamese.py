"""Times and amounts as Vietnamese papers print them."""

from __future__ import annotations

from datetime import datetime

from station.clock import VIETNAM


def moment(at: datetime) -> str:
    """«09 giờ 05 phút, ngày 22 tháng 11 năm 2026», in Vietnam's time whatever the zone of `at`."""
    at = at.astimezone(VIETNAM)
    return f"{at.hour:02} giờ {at.minute:02} phút, ngày {at.day:02} tháng {at.month:02} năm {at.year}"


def amount(dong: int) -> str:
    """Thousands apart by dots: 200.000."""
    return f"{dong:,}".replace(",", ".")
