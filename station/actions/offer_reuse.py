"""What the station already has about the person at the counter; changes nothing."""

from __future__ import annotations

from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.dossier import Dossier
from station.dossier.kinds import PaperKinds
from station.dossier.reuse import Known, KnownPaper, known, seen_before

LOOK_BACK = 50
"""How many of a person's dossiers are looked through, the newest first."""


class OfferReuse:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, kinds: PaperKinds, clock: Clock) -> None:
        self._dossiers, self._procedures, self._kinds, self._clock = dossiers, procedures, kinds, clock

    def __call__(self, dossier: Dossier) -> Known:
        """Papers and facts of this person's earlier sealed dossiers; of nobody without a number."""
        earlier = self._earlier(dossier)
        if not earlier:
            return Known()
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        wanted = frozenset(kind for paper in procedure.papers for kind in paper.kinds)
        return known(dossier, earlier, self._kinds, self._clock.now().date(), wanted)

    def seen(self, dossier: Dossier, page_id: str) -> KnownPaper | None:
        """The paper of this page, where it was digitised for the same person before."""
        if dossier.person_id is None:
            return None
        by_image = self._dossiers.sealed_with_page(dossier.page(page_id).sha256, dossier.person_id)
        earlier = (self._dossiers.get(by_image),) if by_image else self._earlier(dossier)
        return seen_before(dossier, page_id, earlier, self._kinds, self._clock.now().date())

    def _earlier(self, dossier: Dossier) -> tuple[Dossier, ...]:
        if dossier.person_id is None:
            return ()
        return tuple(self._dossiers.sealed_of(dossier.person_id, LOOK_BACK))
