"""The receipt of a sealed dossier (Giấy tiếp nhận hồ sơ và hẹn trả kết quả), as often as it is asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from station.actions.attendance import Attendance
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forms import FormWriter, ReceiptSigner
from station.actions.ports.rules import Deadlines, Procedures
from station.dossier.after_seal import as_corrected, last_correction
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier
from station.dossier.fees import first_quantities, left_open, payment
from station.dossier.printed_form import FormName
from station.dossier.procedure import Procedure
from station.dossier.receipt import OF_PERSON, Receipt, ReceivedPaper
from station.dossier.receipt_payload import text_to_sign, with_signature
from station.dossier.received import handed_in
from station.dossier.record import record
from station.dossier.service import PaymentMethod
from station.errors import RuleError


@dataclass(frozen=True, slots=True)
class Office:
    """Who receives: the authority, its one-stop department, and its people by name."""

    authority: str
    department: str
    people: Attendance
    practice: bool

    @property
    def officer_name(self) -> str:
        """Who sits here now, as printed."""
        return self.people.officer_name


class MakeReceipt:
    def __init__(
        self,
        dossiers: Dossiers,
        procedures: Procedures,
        deadlines: Deadlines,
        writer: FormWriter,
        office: Office,
        signer: ReceiptSigner,
    ) -> None:
        self._dossiers, self._procedures, self._deadlines = dossiers, procedures, deadlines
        self._writer, self._office, self._signer = writer, office, signer

    def __call__(self, dossier_id: str, form: FormName = FormName.RECEIPT) -> bytes:
        """PDF bytes; `RuleError` before the dossier is sealed."""
        return self._writer.write(form, self.receipt(dossier_id))

    def images(self, dossier_id: str, dpi: int) -> Sequence[bytes]:
        """The receipt's pages as PNG."""
        return self._writer.images(self(dossier_id), dpi)

    def receipt(self, dossier_id: str) -> Receipt:
        """What the receipt says now, the corrections since the seal among it; `RuleError("dossier.not_sealed")`.

        Its code vouches for the seal, whatever was corrected since.
        """
        dossier, revisions = self._dossiers.get(dossier_id), self._dossiers.revisions(dossier_id)
        if dossier.number is None or dossier.sealed_at is None or dossier.due_at is None:
            raise RuleError("dossier.not_sealed")
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        progress = self._dossiers.progress(dossier_id)
        counted = dossier.payment or payment(procedure, first_quantities(procedure, dossier.case), case=dossier.case)
        foreseen = self._deadlines.years_without_schedule(dossier.sealed_at.date(), dossier.due_at.date())
        now = as_corrected(dossier, revisions)
        other = [one for one in dossier.entries_of(None) if one.key in OF_PERSON and one.value != now.value(one.key)]
        before = {one.key: one.value for one in other}
        corrections = [last_correction(one.id, revisions) for one in other]
        return Receipt(
            authority=self._office.authority,
            department=self._office.department,
            number=dossier.number,
            procedure_code=procedure.code,
            procedure_name=procedure.name,
            submitter_name=now.person_name or "",
            submitter_id=now.person_id or "",
            submitter_address=now.value("residence") or "",
            submitter_phone=now.value("phone") or "",
            papers=_received(dossier, procedure),
            dossier_count=1,
            received_at=dossier.sealed_at,
            due_at=dossier.due_at,
            return_at=self._office.department,
            fee=counted.total,
            fee_note=procedure.fee_note,
            officer_name=self._office.people.name_of(dossier.sealed_by or ""),
            verification=verification(dossier, self._signer),
            acknowledged=progress is not None and progress.delivery is Delivery.RECEIVED,
            practice=self._office.practice,
            foreseen_years=", ".join(map(str, foreseen)),
            official_number=progress.official_number if progress else "",
            fee_paid=counted.paid,
            by_transfer=counted.method is PaymentMethod.TRANSFER,
            fee_open=bool(left_open(procedure, counted, dossier.case)),
            corrected_at=max((one.at for one in corrections if one is not None), default=None),
            name_before=before.get("full_name", ""),
            id_before=before.get("id_number", ""),
            address_before=before.get("residence", ""),
            phone_before=before.get("phone", ""),
        )


def verification(dossier: Dossier, signer: ReceiptSigner) -> str:
    """The text of the receipt's QR, signed; no person. Its digest is of the record without `quality`."""
    if dossier.number is None or dossier.sealed_at is None:
        raise RuleError("dossier.not_sealed")
    canonical = json.dumps(record(dossier), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode("utf-8")).hexdigest()[:32]
    said = text_to_sign(
        signer.station, dossier.number, dossier.procedure_code, dossier.sealed_at, digest, signer.key_id
    )
    return with_signature(said, signer.sign(said))


def _received(dossier: Dossier, procedure: Procedure) -> tuple[ReceivedPaper, ...]:
    """What the citizen handed in; papers only shown stay with the citizen and are not on the receipt."""
    return tuple(
        ReceivedPaper(
            paper.name,
            original=paper.originals > 0,
            quantity=dossier.counted.get(paper.key, max(paper.originals, paper.copies, 1)),
        )
        for paper in handed_in(dossier, procedure)
    )
