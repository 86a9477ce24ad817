"""The deeds of trust at one counter, joined: who works here and what they may, and what «Quản trị máy» can do."""

from __future__ import annotations

from dataclasses import dataclass

from station.actions.attendance import Attendance
from station.actions.permits import RolePermits


@dataclass(frozen=True, slots=True)
class TrustDesk:
    """Who sits here; what they may."""

    attendance: Attendance
    permits: RolePermits
