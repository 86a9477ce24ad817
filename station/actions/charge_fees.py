"""The officer counts the fees: what is to be paid, and what is remitted for which reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.actions.change import Change
from station.actions.ports.rules import Procedures
from station.dossier.dossier import Dossier
from station.dossier.fees import Quantity, payment
from station.dossier.procedure import Channel
from station.errors import RuleError


class ChargeFees:
    def __init__(self, change: Change, procedures: Procedures) -> None:
        self._change, self._procedures = change, procedures

    def __call__(
        self,
        dossier_id: str,
        quantities: Sequence[Quantity],
        by: str,
        channel: Channel = Channel.COUNTER,
        exemption: str = "",
        reason: str = "",
    ) -> Dossier:
        """What was counted before is counted anew; `RuleError("dossier.already_paid")` once it was paid."""

        def count(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            if dossier.payment and dossier.payment.paid:
                raise RuleError("dossier.already_paid")
            procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
            return replace(dossier, payment=payment(procedure, quantities, channel, exemption, reason, dossier.case))

        return self._change(dossier_id, "charge_fees", by, count, lines=len(quantities), exemption=exemption)
