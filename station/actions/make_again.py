"""A dossier that the province gave back is opened anew, with everything that was digitised."""

from __future__ import annotations

import uuid

from station.actions.guard_work import GuardWork
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier, State
from station.dossier.made_again import made_again
from station.errors import RuleError


class MakeAgain:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, clock: Clock, guard: GuardWork) -> None:
        self._dossiers, self._procedures, self._clock, self._guard = dossiers, procedures, clock, guard

    def __call__(self, dossier_id: str, by: str) -> Dossier:
        """Open it in the procedure as it is today; the hub is told at the seal what it replaces.

        Raises `RuleError`: `dossier.not_returned`, `dossier.made_again` where that was done already,
        `dossier.no_such_procedure`; `StoreError` where what is taken in could not be kept.
        """
        self._guard.must_be_able_to_begin()
        with self._dossiers.transaction() as kept:
            kept.permit("make_again", by, dossier_id)
            returned, word, now = kept.load(dossier_id), kept.hub_word(dossier_id), self._clock.now()
            if word.returned is None:
                raise RuleError("dossier.not_returned")
            earlier = word.returned.made_again
            if earlier is not None and kept.load(earlier).state is not State.DISCARDED:
                raise RuleError("dossier.made_again")
            offered = {one.code: one for one in self._procedures.all(now.date())}
            procedure = offered.get(returned.procedure_code)
            if procedure is None:
                raise RuleError("dossier.no_such_procedure", procedure=returned.procedure_code)
            case = returned.case if any(one.key == returned.case for one in procedure.cases) else ""
            fresh = Dossier(uuid.uuid4().hex, procedure.code, procedure.version, by, now, case=case)
            new_ids = [uuid.uuid4().hex for _ in returned.pages]
            opened = kept.save(made_again(fresh, returned, word.revisions, new_ids))
            kept.replace_returned(dossier_id, opened.id)
            kept.audit(AuditEntry("make_again", by, now, opened.id, {"source": dossier_id, "pages": len(new_ids)}))
            return opened
