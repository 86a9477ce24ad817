"""What the receipt will say if the dossier is sealed now: by when, for which papers, and for how much."""

from __future__ import annotations

from collections.abc import Sequence

from station.actions.desk import Desk
from station.dossier.dossier import Dossier
from station.dossier.fees import first_quantities, left_open, payment
from station.dossier.procedure import Procedure
from station.dossier.received import handed_in
from station.language import Language
from station.ui.money import money
from station.ui.widgets.rows import Row
from station.ui.words import time_words


def receipt_rows(desk: Desk, dossier: Dossier, say: Language) -> Sequence[Row]:
    """Rows to read; none of them is work."""
    procedure = desk.procedures.get(dossier.procedure_code, dossier.procedure_version)
    promise = desk.seal_dossier.promise(dossier)
    rows = [Row(say("seal.will_say"), heading=True), Row(time_words(promise.due_at, say), say("seal.due"))]
    if promise.foreseen_years:
        years = ", ".join(map(str, promise.foreseen_years))
        rows.append(Row(say("seal.foreseen", years=years), sign="mark-warning"))
    taken = [paper.name for paper in handed_in(dossier, procedure)]
    rows.append(Row(", ".join(taken) or say("seal.no_papers"), say("seal.papers", count=len(taken))))
    rows.append(Row(_fee(dossier, procedure, say), say("seal.fee")))
    return rows


def _fee(dossier: Dossier, procedure: Procedure, say: Language) -> str:
    counted = dossier.payment or payment(procedure, first_quantities(procedure, dossier.case), case=dossier.case)
    if counted.total:
        return say("seal.fee_paid" if counted.paid else "seal.fee_unpaid", amount=money(counted.total, say))
    return say("seal.fee_open" if left_open(procedure, counted, dossier.case) else "seal.fee_none")
