"""Dossiers whose time is over are erased for good (xóa hồ sơ đến hạn): rows, key and every trace, with a certificate.

Nothing goes by itself unless the station is set up so: what is due is proposed, and two people confirm it at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.actions.history import History
from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forgetting import Erasing
from station.actions.ports.rules import Procedures
from station.dossier.audit import AuditEntry
from station.dossier.erasure import Erasure, ErasureOrder
from station.dossier.people import STATION
from station.dossier.retention import Due, Standing, kept_until, may_go
from station.errors import RuleError, StationError

log = logging.getLogger(__name__)

SERIES = "erasure"
ALL_AT_ONCE = 500
"""On one certificate: it is read by people."""
_LEEWAY = timedelta(days=3)
"""By how much the machine's clock may be ahead of the hub's last word where nobody confirms what is erased."""


@dataclass(frozen=True, slots=True)
class RetentionDays:
    """What this station keeps where the procedure says nothing, and what was given up before it was sealed."""

    sealed: int = 180
    discarded: int = 30


class EraseDossiers:
    def __init__(
        self,
        erasing: Erasing,
        dossiers: Dossiers,
        procedures: Procedures,
        permits: Permits,
        clock: Clock,
        station: str,
        days: RetentionDays,
        history: History | None = None,
    ) -> None:
        self._erasing, self._dossiers, self._procedures, self._permits = erasing, dossiers, procedures, permits
        self._clock, self._station, self._days, self._history = clock, station, days, history

    def due(self) -> Sequence[Due]:
        """What may go today, the longest due first."""
        return self._due(self._clock.now())

    def kept_until(self, standing: Standing) -> datetime | None:
        """When its time is over, holds aside; None while it has to stay."""
        return kept_until(standing, self._days_of(standing), self._days.discarded)

    def __call__(self, dossier_ids: Iterable[str], by: str, second: str = "") -> Sequence[Erasure]:
        """Erase these of the due ones, in the presence of a second person, and return their records.

        One that is held or not due any more is passed over. `RuleError("dossier.nothing_due")` where none is left.
        """
        wanted = list(dict.fromkeys(dossier_ids))[:ALL_AT_ONCE]
        self._permits.require(Deed.ERASE, by, second)
        now = self._clock.now()
        return self._erase([one for one in self._due(now) if one.standing.dossier_id in wanted], by, second, now)

    def automatically(self) -> Sequence[Erasure]:
        """Where the station is set up to erase by itself. Its clock alone erases nothing: the hub has to be as far."""
        hub_time, now = self._erasing.hub_time(), self._clock.now()
        if hub_time is None:
            return ()
        due = self._due(min(now, hub_time + _LEEWAY))[:ALL_AT_ONCE]
        return self._erase(due, STATION, "", now) if due else ()

    def finish(self) -> None:
        """Clear away what an erasure that was cut off left in the files."""
        self._erasing.finish()

    def _due(self, now: datetime) -> list[Due]:
        standings = self._erasing.standings(now - timedelta(days=1))
        due = [found for standing in standings if (found := self._judged(standing, now))]
        return sorted(due, key=lambda one: one.since)

    def _judged(self, standing: Standing, now: datetime) -> Due | None:
        return may_go(standing, self._days_of(standing), self._days.discarded, now)

    def _days_of(self, standing: Standing) -> int:
        try:
            days = self._procedures.get(standing.procedure_code, standing.procedure_version).retention_days
        except RuleError:  # it has left the catalogue
            return self._days.sealed
        return self._days.sealed if days is None else days

    def _erase(self, due: Sequence[Due], by: str, second: str, now: datetime) -> Sequence[Erasure]:
        if not due:
            raise RuleError("dossier.nothing_due")

        def judge(standing: Standing) -> Due:
            found = self._judged(standing, now)
            if found is None:
                raise RuleError("dossier.not_due")
            return found

        order = ErasureOrder(self._number(by, second, now, len(due)), by, second, now)
        erased = []
        for one in due:
            try:
                erased.append(self._erasing.erase(one.standing.dossier_id, order, judge))
            except RuleError as error:  # held, or gone, since it was looked up
                log.info("not erased: %s", error.code)
        if not erased:
            raise RuleError("dossier.nothing_due")
        if self._history is not None:
            self._history.forget()  # taking a removed page back would bring a link to what is gone
        try:
            self._erasing.finish()
        except StationError as error:  # the keys are gone; what is left is cleared at the next start
            log.warning("traces of erased dossiers stay for now: %s", error.code)
        return erased

    def _number(self, by: str, second: str, now: datetime, count: int) -> str:
        with self._dossiers.transaction() as kept:
            number = f"XD.{self._station}-{now:%y}-{kept.next_number(f'{SERIES} {now:%Y}'):04d}"
            detail: dict[str, str | int] = {"certificate": number, "second": second, "dossiers": count}
            kept.audit(AuditEntry("order_erasure", by, now, None, detail))
        return number
