"""How the backups of this station stand, in facts; the words for it are the screen's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

OLD = timedelta(days=2)
"""A backup that is older than this is told in red: what was done since hangs on one disk."""


@dataclass(frozen=True, slots=True)
class BackupState:
    """`folder` is empty where nobody has said where to back up; `last_good` is None where there never was one.

    `failure` is the code of what kept the latest try from succeeding, with the parameters of its sentence.
    """

    folder: str
    hour: int
    keep: int
    last_good: datetime | None = None
    generation: int = 0
    generations: int = 0
    running: bool = False
    failure: str | None = None
    parameters: dict[str, str | int | float] = field(default_factory=dict)

    def age(self, now: datetime) -> timedelta | None:
        """Never negative: a clock that was set back makes no backup of tomorrow."""
        return max(now - self.last_good, timedelta()) if self.last_good else None

    def is_old(self, now: datetime) -> bool:
        """Whether somebody has to do something about it."""
        age = self.age(now)
        return bool(self.folder) and (age is None or age > OLD)


def last_hour(now: datetime, hour: int) -> datetime:
    """The latest moment at which a backup was to be made."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def is_due(last_good: datetime | None, now: datetime, hour: int) -> bool:
    """At the hour, or at the first chance after it; a backup from the future counts as none."""
    return last_good is None or last_good > now or last_good < last_hour(now, hour)
