"""The hub's clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

# One zone without summer time since 1975.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


def vietnam_time() -> datetime:
    return datetime.now(VIETNAM)
