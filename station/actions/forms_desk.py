"""The forms of one counter: which can be had of a dossier, how each would look, and issuing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from station.actions.make_apology import MakeApology
from station.actions.make_control_slip import MakeControlSlip
from station.actions.make_receipt import MakeReceipt, Office
from station.actions.make_refusal import MakeRefusal
from station.actions.make_register import MakeRegister
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forms import FormWriter
from station.actions.ports.rules import Procedures
from station.dossier.apology import Apology
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier, State
from station.dossier.form_order import ISSUED_AS, FormOrder, IssuedForm
from station.dossier.printed_form import FormName, PrintedForm
from station.dossier.supplement_slip import SupplementSlip
from station.errors import RuleError

_OF_SEALED = (FormName.RECEIPT, FormName.RECEIPT_ROLL, FormName.CONTROL, FormName.APOLOGY)


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that can be had now; `issued` is one that was given before, to be had again as it was."""

    name: FormName
    issued: IssuedForm | None = None


@dataclass(frozen=True, slots=True)
class FormsDesk:
    """`look` shows and leaves nothing behind; `issue` takes a number where the form has one, and is written down."""

    dossiers: Dossiers
    writer: FormWriter
    clock: Clock
    make_receipt: MakeReceipt
    make_refusal: MakeRefusal
    make_apology: MakeApology
    make_control_slip: MakeControlSlip
    make_register: MakeRegister

    @classmethod
    def over(
        cls,
        dossiers: Dossiers,
        procedures: Procedures,
        clock: Clock,
        office: Office,
        writer: FormWriter,
        make_receipt: MakeReceipt,
    ) -> FormsDesk:
        """All of it over one store and one catalogue."""
        return cls(
            dossiers,
            writer,
            clock,
            make_receipt,
            MakeRefusal(dossiers, procedures, clock, office),
            MakeApology(dossiers, procedures, clock, office),
            MakeControlSlip(dossiers, procedures, office),
            MakeRegister(dossiers, procedures, clock, office),
        )

    def offers(self, dossier: Dossier | None) -> tuple[Offer, ...]:
        """What can be had of this dossier as it stands; the day's register always."""
        found: list[Offer] = []
        if dossier is not None:
            if dossier.state is State.SEALED:
                found += [Offer(name) for name in _OF_SEALED]
            elif dossier.state is State.OPEN:
                found.append(Offer(FormName.REFUSAL))
            if dossier.slips:
                found.append(Offer(FormName.SUPPLEMENT))
            found += [Offer(ISSUED_AS[type(form)], form) for form in self.dossiers.issued_forms(dossier.id)]
        return (*found, Offer(FormName.REGISTER))

    def look(self, order: FormOrder) -> PrintedForm:
        """The form as it would be issued now. Raises `RuleError` where the dossier does not allow it."""
        if order.issued is not None:
            return order.issued
        makers: dict[FormName, Callable[[], PrintedForm]] = {
            FormName.RECEIPT: lambda: self.make_receipt.receipt(order.dossier_id),
            FormName.RECEIPT_ROLL: lambda: self.make_receipt.receipt(order.dossier_id),
            FormName.SUPPLEMENT: lambda: _last_slip(self.dossiers.get(order.dossier_id)),
            FormName.REFUSAL: lambda: self.make_refusal.look(self.dossiers.get(order.dossier_id), order.reason),
            FormName.APOLOGY: lambda: self._apology(order),
            FormName.CONTROL: lambda: self.make_control_slip(self.dossiers.get(order.dossier_id)),
            FormName.REGISTER: lambda: self.make_register(order.day),
        }
        return makers[order.name]()

    def issue(self, order: FormOrder, by: str) -> PrintedForm:
        """The form as it leaves the counter, on paper or as a file. A deed: call it where deeds are called."""
        if order.issued is None and order.name is FormName.REFUSAL:
            return self.make_refusal(order.dossier_id, order.reason, by)
        if order.issued is None and order.name is FormName.APOLOGY and order.new_due is not None:
            return self.make_apology(order.dossier_id, order.reason, order.new_due, by)
        form = self.look(order)
        with self.dossiers.transaction() as kept:
            detail: dict[str, str | int] = {"form": order.name.value}
            kept.audit(AuditEntry("print_form", by, self.clock.now(), order.dossier_id or None, detail))
        return form

    def pdf(self, name: FormName, form: PrintedForm) -> bytes:
        return self.writer.write(name, form)

    def images(self, name: FormName, form: PrintedForm, dpi: int) -> Sequence[bytes]:
        """The form's pages as PNG."""
        return self.writer.images(self.writer.write(name, form), dpi)

    def _apology(self, order: FormOrder) -> Apology:
        if order.new_due is None:
            raise RuleError("dossier.due_earlier")
        return self.make_apology.look(self.dossiers.get(order.dossier_id), order.reason, order.new_due)


def _last_slip(dossier: Dossier) -> SupplementSlip:
    if not dossier.slips:
        raise RuleError("dossier.nothing_lacks")
    return dossier.slips[-1]
