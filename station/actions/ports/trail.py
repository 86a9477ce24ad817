"""The audit trail, as those see it who may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from station.dossier.audit import AuditEntry
from station.dossier.trail import SignedHead


class Trail(Protocol):
    """The audit trail, as those see it who may read it."""

    def entries(
        self, dossier_id: str | None = None, limit: int = 1000, by: str | None = None, day: date | None = None
    ) -> Sequence[AuditEntry]:
        """Newest first: of one dossier, one person or one day, or of all."""
        ...

    def days(self) -> Sequence[date]:
        """The days that have lines, newest first."""
        ...

    def dossier_called(self, number: str) -> str:
        """The id of the dossier with this number; where there is none, what was asked for may be an id itself."""
        ...

    def numbers(self, dossier_ids: Collection[str]) -> Mapping[str, str]:
        """The numbers of those that have one."""
        ...

    def has_line_since_sign_in(self, like: AuditEntry) -> bool:
        """Whether this person has, since they last signed in, a line on the same dossier, or the same line on none."""
        ...

    def told_alike(self, like: AuditEntry, limit: int = 1000) -> Sequence[AuditEntry]:
        """The lines of the same deed with the same detail, whoever did it; newest first."""
        ...

    def people(self) -> Sequence[str]:
        """Everybody who stands in it."""
        ...

    def verify(self) -> int | None:
        """The number of the first line that is not what was written; None when all is well."""
        ...

    def signed_head(self) -> SignedHead: ...

    def checkpoint(self) -> SignedHead:
        """Sign the head and keep the signature."""
        ...

    def export(self, station: str) -> Iterable[str]:
        """JSON Lines, each line once, with every signed head."""
        ...
