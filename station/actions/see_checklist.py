"""The checklist of a dossier as it stands today."""

from __future__ import annotations

from station.actions.ports.clock import Clock
from station.actions.ports.rules import Procedures
from station.dossier.checklist import Checklist, checklist
from station.dossier.dossier import Dossier
from station.dossier.kinds import PaperKinds


class SeeChecklist:
    def __init__(self, procedures: Procedures, kinds: PaperKinds, clock: Clock) -> None:
        self._procedures, self._kinds, self._clock = procedures, kinds, clock

    def __call__(self, dossier: Dossier) -> Checklist:
        """Fast enough for every repaint. `RuleError` where the procedure has left the catalogue."""
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        return checklist(dossier, procedure, self._kinds, self._clock.now().date())
