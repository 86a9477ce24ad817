"""What happens at the counter beside the papers, as JSON values of the dossier's row and back again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from station.dossier.dossier import Dossier
from station.dossier.procedure import Channel
from station.dossier.service import Charge, Consent, Parked, Payment, PaymentMethod, Showing, Signature
from station.dossier.supplement_slip import SlipRow, SupplementSlip

Values = dict[str, Any]


def service_values(dossier: Dossier) -> Values:
    """The columns of the dossier's row."""
    return {
        "parked": _plain(dossier.parked),
        "payment": _plain(dossier.payment),
        "consents": [_plain(consent) for consent in dossier.consents],
        "showings": [_plain(showing) for showing in dossier.showings],
        "signature": _plain(dossier.signature),
        "slips": [_plain(slip) for slip in dossier.slips],
    }


def service_from(row: Values) -> Values:
    """The dossier's fields from the columns that `service_values` made."""
    return {
        "parked": parked_from(row["parked"]),
        "payment": _payment(_timed(row["payment"])) if row["payment"] else None,
        "consents": tuple(Consent(**_timed(consent)) for consent in row["consents"]),
        "showings": tuple(_showing(_timed(showing)) for showing in row["showings"]),
        "signature": Signature(**_timed(row["signature"])) if row["signature"] else None,
        "slips": tuple(_slip(_timed(slip)) for slip in row["slips"]),
    }


def parked_from(value: Values | None) -> Parked | None:
    """Who put the dossier aside, from its column."""
    return Parked(**_timed(value)) if value else None


def _plain(thing: Parked | Payment | Consent | Showing | Signature | SupplementSlip | None) -> Values | None:
    if thing is None:
        return None
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(thing).items()}


def _timed(values: Values) -> Values:
    moments = {"at", "paid_at"} & values.keys()
    return values | {key: datetime.fromisoformat(values[key]) for key in moments if values[key]}


def _payment(values: Values) -> Payment:
    method = PaymentMethod(values["method"]) if values["method"] else None
    charges = tuple(Charge(**charge) for charge in values["charges"])
    channel = Channel(values.get("channel", Channel.COUNTER))
    return Payment(**values | {"charges": charges, "method": method, "channel": channel})


def _showing(values: Values) -> Showing:
    return Showing(**values | {"entry_ids": tuple(values["entry_ids"])})


def _slip(values: Values) -> SupplementSlip:
    return SupplementSlip(**values | {"rows": tuple(SlipRow(**row) for row in values["rows"])})
