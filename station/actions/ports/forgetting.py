"""Dossiers that are let go of for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from station.dossier.erasure import Erasure, ErasureOrder
from station.dossier.retention import Due, Standing


class Erasing(Protocol):
    """Dossiers that nobody works on any more, and erasing them for good."""

    def standings(self, opened_before: datetime) -> Sequence[Standing]:
        """Of all sealed and discarded dossiers that were opened before then, the oldest first."""
        ...

    def standing(self, dossier_id: str) -> Standing | None:
        """None for a dossier that is open, or that is not there."""
        ...

    def hub_time(self) -> datetime | None:
        """The latest time that the hub has signed."""
        ...

    def erase(self, dossier_id: str, order: ErasureOrder, judge: Callable[[Standing], Due]) -> Erasure:
        """Rows and key in one transaction, in which `judge` is asked last; it raises what forbids it."""
        ...

    def finish(self) -> int:
        """Clear what erased dossiers left in the files; raises `StoreError`, and may be tried again."""
        ...

    def on_certificate(self, certificate: str) -> Sequence[Erasure]:
        """What was erased under this number, in its order."""
        ...

    def newest(self, limit: int = 200) -> Sequence[Erasure]:
        """What was erased last."""
        ...

    def of_numbers(self, numbers: Sequence[str]) -> Sequence[Erasure]:
        """By the numbers on citizens' receipts, the station's own or the hub's."""
        ...
