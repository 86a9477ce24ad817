"""The citizen is told in writing what to bring: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, Mẫu 02.

Once and completely (Decree 45/2020/NĐ-CP, article 11): not while a question is open or a page unread. The same slip
comes out again, number and all, until something on it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from station.actions.make_receipt import Office
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers, Transaction
from station.actions.ports.forms import FormWriter
from station.actions.ports.rules import Deadlines, Procedures
from station.actions.see_checklist import SeeChecklist
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.guidance import Lack, lacks
from station.dossier.printed_form import FormName
from station.dossier.procedure import TimeUnit
from station.dossier.supplement_slip import SERIES, SlipRow, SupplementSlip, slip_number
from station.errors import RuleError

ANSWER_WITHIN = 8
"""Working hours within which whoever filed online is answered (Decree 45/2020/NĐ-CP, article 11)."""

Words = Callable[[Lack], tuple[str, str]]
"""A row's paper and reason, in the Vietnamese of the form."""


class RequestSupplement:
    def __init__(
        self,
        dossiers: Dossiers,
        procedures: Procedures,
        see_checklist: SeeChecklist,
        deadlines: Deadlines,
        clock: Clock,
        office: Office,
        words: Words,
        forms: FormWriter,
    ) -> None:
        self._dossiers, self._procedures, self._checklist = dossiers, procedures, see_checklist
        self._deadlines, self._clock, self._office = deadlines, clock, office
        self._words, self._forms = words, forms

    def rows(self, dossier: Dossier) -> tuple[Lack, ...]:
        """What may stand on the slip."""
        return lacks(self._checklist(dossier))

    def look(self, dossier: Dossier, doubtful: Collection[str] = ()) -> SupplementSlip:
        """The slip as it would be given now; the one that was given last where nothing on it has changed.

        `doubtful` are the keys of rows that are not certain and that the officer puts on it.
        """
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        rows = []
        for lack in self.rows(dossier):
            if lack.certain or lack.key in doubtful:
                name, reason = self._words(lack)
                rows.append(SlipRow(name, lack.originals, lack.copies, reason))
        slip = SupplementSlip(
            number="",
            authority=self._office.authority,
            department=self._office.department,
            procedure_code=procedure.code,
            procedure_name=procedure.name,
            person_name=dossier.person_name or "",
            person_id=dossier.person_id or "",
            address=dossier.value("residence") or "",
            phone=dossier.value("phone") or "",
            email=dossier.value("email") or "",
            rows=tuple(rows),
            officer=self._office.officer_name,
            at=self._clock.now(),
            practice=self._office.practice,
        )
        last = dossier.slips[-1] if dossier.slips else None
        return last if last and last.says_the_same(slip) else slip

    def images(self, slip: SupplementSlip, dpi: int) -> Sequence[bytes]:
        """The slip's pages as PNG; one that was not given yet has no number."""
        return self._forms.images(self._forms.write(FormName.SUPPLEMENT, slip), dpi)

    def answer_by(self, dossier: Dossier) -> datetime:
        """By when somebody who filed online must have been told."""
        return self._deadlines.due_at(dossier.opened_at, ANSWER_WITHIN, TimeUnit.WORKING_HOUR)

    def __call__(self, dossier_id: str, by: str, doubtful: Collection[str] = ()) -> Dossier:
        """Give the slip: it stands last among the dossier's `slips`, and the trail says that it was given.

        `RuleError` with `dossier.questions_open`, `dossier.pages_unread` or `dossier.nothing_lacks`.
        """
        with self._dossiers.transaction() as kept:
            kept.permit("request_supplement", by, dossier_id)
            dossier = kept.load(dossier_id)
            self._must_be_complete(dossier)
            slip = self.look(dossier, doubtful)
            if not slip.rows:
                raise RuleError("dossier.nothing_lacks")
            if slip.number:
                self._write_down(kept, dossier, slip, by, "repeat_supplement")
                return dossier
            slip = slip.numbered(slip_number(kept.next_number(f"{SERIES} {slip.at:%Y}")))
            saved = kept.save(dossier.with_slip(slip))
            self._write_down(kept, saved, slip, by, "request_supplement")
            return saved

    def _must_be_complete(self, dossier: Dossier) -> None:
        dossier.must_be_open()
        if unread := sum(not page.read for page in dossier.pages):
            raise RuleError("dossier.pages_unread", count=unread)
        if self._checklist(dossier).question:
            raise RuleError("dossier.questions_open")

    def _write_down(self, kept: Transaction, dossier: Dossier, slip: SupplementSlip, by: str, deed: str) -> None:
        detail: dict[str, str | int] = {"number": slip.number, "rows": len(slip.rows)}
        kept.audit(AuditEntry(deed, by, self._clock.now(), dossier.id, detail))
