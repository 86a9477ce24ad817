"""A question for a person: two people gave the same value different texts, and nobody's is the last word by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Disputed:
    """One value on which hub and station differ. `base` is what it was when both began."""

    value: str
    """The value's `id` in the sealed dossier."""
    base: str
    hub: str
    station: str


@dataclass(frozen=True, slots=True)
class Question:
    """Open until a person has chosen, here or at the hub. `seq` is the station's event that it is about.

    `hub_question` is None as long as only this station knows: it saw the hub's correction while its own was on its way.
    """

    id: str
    dossier_id: str
    number: str | None
    seq: int
    fields: tuple[Disputed, ...]
    asked_at: datetime
    hub_question: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.settled_at is None
