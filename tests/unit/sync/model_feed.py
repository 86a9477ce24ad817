"""What a station keeps of the changes feed, in memory: a working `Feed`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from station.dossier.hub_changes import HubChange


class ModelFeed:
    """`careless` seeds a mistake: the cursor is kept before the changes are, and some of these are lost."""

    def __init__(self, *, careless: bool = False) -> None:
        self._careless = careless
        self._cursor = 0
        self.kept: dict[int, dict[str, Any]] = {}

    def cursor(self, authority: bytes = b"") -> int:
        return self._cursor

    def take(self, authority: bytes, station: str, changes: Iterable[HubChange]) -> frozenset[str]:
        told = list(changes)
        if told:
            self._cursor = told[-1].cursor
        if not (self._careless and len(told) > 1):
            self.kept.update((change.cursor, change.document) for change in told)
        return frozenset(change.dossier_id for change in told if change.dossier_id)

    def go_back(self, authority: bytes, cursor: int) -> None:
        self._cursor = cursor
        self.kept = {at: told for at, told in self.kept.items() if at <= cursor}

    def version_of(self, dossier_id: str) -> int:
        bodies = [change["body"] for change in self.kept.values()]
        return max((body.get("version", 0) for body in bodies if body["dossier_id"] == dossier_id), default=0)
