"""Who sits before the page: which roles they have, and of which stations they may see anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EVERYWHERE = "*"
ROLES = frozenset({"supervisor", "it"})
"""Officers have nothing to do here: their work is at the counter."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """`stations` is None where they may see every station."""

    id: str
    name: str
    roles: frozenset[str]
    stations: frozenset[str] | None

    def may_see(self, station: str) -> bool:
        return self.stations is None or station in self.stations


def visitor(document: Mapping[str, Any] | None, now: datetime) -> Visitor | None:
    """The person of this document, as long as they may come in at all."""
    if document is None:
        return None
    until = document.get("valid_to")
    roles = ROLES & frozenset(document["roles"])
    if not roles or (until is not None and datetime.fromisoformat(until) <= now):
        return None
    stations = frozenset(document["stations"])
    return Visitor(document["id"], document["name"], roles, None if EVERYWHERE in stations else stations)
