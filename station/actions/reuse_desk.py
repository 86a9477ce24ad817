"""Once only, as the screens are given it: what is offered, the citizen's consent, and the paper that is linked."""

from __future__ import annotations

from dataclasses import dataclass

from station.actions.change import Change
from station.actions.offer_reuse import OfferReuse
from station.actions.ports.dossiers import Dossiers, Pages
from station.actions.ports.rules import Procedures
from station.actions.record_consent import RecordConsent
from station.actions.reuse_page import ReusePage
from station.dossier.kinds import PaperKinds


@dataclass(frozen=True, slots=True)
class ReuseDesk:
    """The deeds of `station/dossier/reuse.py`."""

    offer: OfferReuse
    consent: RecordConsent
    reuse_page: ReusePage

    @classmethod
    def over(
        cls, change: Change, dossiers: Dossiers, procedures: Procedures, pages: Pages, kinds: PaperKinds
    ) -> ReuseDesk:
        return cls(
            OfferReuse(dossiers, procedures, kinds, change.clock),
            RecordConsent(change),
            ReusePage(change, dossiers, pages),
        )
