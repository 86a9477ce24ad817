"""The officer says that the fee was paid, in cash or by transfer; nobody else ever does. Undone before the seal."""

from __future__ import annotations

from dataclasses import replace

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.service import Payment, PaymentMethod
from station.errors import RuleError


class RecordPayment:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, method: PaymentMethod, amount: int, by: str) -> Dossier:
        """`amount` is what the officer saw and took.

        `RuleError`: `dossier.nothing_to_pay`, `dossier.already_paid`, or `dossier.other_amount` where that is over.
        """
        now = self._change.clock.now()

        def pay(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            due = dossier.payment or Payment()
            if due.paid:
                raise RuleError("dossier.already_paid")
            if due.total <= 0:
                raise RuleError("dossier.nothing_to_pay")
            if due.total != amount:
                raise RuleError("dossier.other_amount", amount=due.total)
            return replace(dossier, payment=replace(due, method=method, paid_by=by, paid_at=now))

        return self._change(dossier_id, "record_payment", by, pay, method=method.value, amount=amount)

    def undo(self, dossier_id: str, by: str) -> Dossier:
        """It was a slip, or the money was given back: the audit trail keeps both."""

        def unpay(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            if dossier.payment is None:
                return dossier
            return replace(dossier, payment=replace(dossier.payment, method=None, paid_by=None, paid_at=None))

        return self._change(dossier_id, "undo_payment", by, unpay)
