"""What time it is."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is; aware datetimes."""

    def now(self) -> datetime: ...
