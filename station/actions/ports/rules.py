"""What the law and the province lay down: procedures and working days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from station.dossier.procedure import Procedure, TimeUnit


class Procedures(Protocol):
    """The catalogue of procedures (danh mục thủ tục hành chính)."""

    def all(self, day: date | None = None) -> Sequence[Procedure]:
        """Those received at this level, each in its newest version, or in the newest that is valid on a day."""
        ...

    def get(self, code: str, version: str | None = None) -> Procedure:
        """Raises `RuleError("dossier.no_such_procedure")`."""
        ...

    def before(self, procedure: Procedure) -> Procedure | None:
        """The version that this one replaced."""
        ...


class Deadlines(Protocol):
    """When a result is due (thời hạn giải quyết), by the working-day calendar."""

    def due_at(self, received_at: datetime, time: int, unit: TimeUnit) -> datetime: ...

    def years_without_schedule(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days whose holidays are only foreseen: «chưa có lịch nghỉ chính thức»."""
        ...
