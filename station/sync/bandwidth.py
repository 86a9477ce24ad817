"""The most that sending may take of the line: a token bucket in bytes, filled as time passes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was sent beyond the limit is a debt, which runs off at `limit` bytes a second; None: no limit."""

    limit: int | None = None
    debt: float = 0.0
    at: datetime | None = None

    def limited_to(self, limit: int | None) -> Bucket:
        return self if limit == self.limit else Bucket(limit)

    def after(self, size: int, now: datetime) -> Bucket:
        """The bucket when so many bytes have been sent until now."""
        return self if self.limit is None else replace(self, debt=self._owed(now) + size, at=now)

    def free_at(self, now: datetime) -> datetime:
        """When something may be sent again: now, or when the debt has run off."""
        owed = self._owed(now)
        return now + timedelta(seconds=owed / self.limit) if self.limit and owed > 0 else now

    def _owed(self, now: datetime) -> float:
        if self.limit is None or self.at is None:
            return 0.0
        passed = max((now - self.at).total_seconds(), 0.0)  # a clock that was set back forgives nothing
        return max(self.debt - passed * self.limit, 0.0)
