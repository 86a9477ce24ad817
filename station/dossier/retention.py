"""How long this machine keeps a dossier, once nobody at the counter needs it (Law 91/2025/QH15: no longer than needed).

The count begins when the purpose here is done: the hub has promised to hold the dossier, and the day on which its
result was due has passed. What the law wants archived is archived by the province, not by a counter's machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from station.dossier.dossier import State

LEAST_DAYS, MOST_DAYS = 1, 3650


@dataclass(frozen=True, slots=True)
class Hold:
    """A dossier is kept at a lawful request (giữ theo yêu cầu pháp lý): who wants it, why, and until when.

    `until` is the last day of it; None: until somebody lifts it. `reason` may name people: it goes with the dossier.
    """

    dossier_id: str
    reason: str
    by: str
    at: datetime
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides when a dossier that nobody works on any more may go.

    `unsent` counts events that the hub has not durably received, `received_at` is its word on the last one.
    """

    dossier_id: str
    state: State
    procedure_code: str
    procedure_version: str
    number: str | None
    opened_at: datetime
    due_at: datetime | None = None
    received_at: datetime | None = None
    discarded_at: datetime | None = None
    unsent: int = 0
    pages: int = 0
    held: Hold | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A dossier whose time has come, and since when."""

    standing: Standing
    since: datetime


def kept_until(standing: Standing, days: int, discarded_days: int) -> datetime | None:
    """When its time is over, holds aside; None for one that must stay: open, not yet sent, or without a receipt."""
    if standing.state is State.DISCARDED:
        return (standing.discarded_at or standing.opened_at) + timedelta(days=discarded_days)
    if standing.state is not State.SEALED or standing.unsent or standing.received_at is None:
        return None
    done = max(standing.received_at, standing.due_at or standing.received_at)
    return done + timedelta(days=days)


def may_go(standing: Standing, days: int, discarded_days: int, now: datetime) -> Due | None:
    """Due, where its time is over and nobody holds it."""
    until = kept_until(standing, days, discarded_days)
    if until is None or until > now or (standing.held and standing.held.holds(now.date())):
        return None
    return Due(standing, until)
