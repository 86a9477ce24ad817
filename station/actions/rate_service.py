"""The citizen rates the service after the dossier was sealed (Decision 766/QĐ-TTg): once, from 1 to 5."""

from __future__ import annotations

from station.actions.confirm_by_citizen import CITIZEN
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.dossier import State
from station.dossier.service import Rating
from station.errors import RuleError

SCORES = (5, 4, 3, 2, 1)


class RateService:
    def __init__(self, dossiers: Dossiers, clock: Clock) -> None:
        self._dossiers, self._clock = dossiers, clock

    def __call__(self, dossier_id: str, score: int) -> Rating:
        """A second word replaces the first. `RuleError("dossier.not_sealed")` before there is anything to rate."""
        if score not in SCORES:
            raise ValueError("a score is from 1 to 5")
        rating = Rating(dossier_id, score, self._clock.now())
        with self._dossiers.transaction() as kept:
            if kept.load(dossier_id).state is not State.SEALED:
                raise RuleError("dossier.not_sealed")
            kept.rate(rating)
            # The score stays out of the trail: who served whom stands there, and a citizen is to judge freely.
            kept.audit(AuditEntry("rate_service", CITIZEN, rating.at, dossier_id, {}))
        return rating
