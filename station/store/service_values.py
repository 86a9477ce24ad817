"""What happens at the counter beside the papers, as JSON values of the dossier's row and back again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from station.dossier.dossier import Dossier
from station.dossier.service import Charge, Consent, Parked, Payment, PaymentMethod, Showing, Signature

Values = dict[str, Any]


def service_values(dossier: Dossier) -> Values:
    """The columns of the dossier's row."""
    return {
        "parked": _plain(dossier.parked),
        "payment": _plain(dossier.payment),
        "consents": [_plain(consent) for consent in dossier.consents],
        "showings": [_plain(showing) for showing in dossier.showings],
        "signature": _plain(dossier.signature),
    }


def service_from(row: Values) -> Values:
    """The dossier's fields from the columns that `service_values` made."""
    return {
        "parked": Parked(**_timed(row["parked"])) if row["parked"] else None,
        "payment": _payment(_timed(row["payment"])) if row["payment"] else None,
        "consents": tuple(Consent(**_timed(consent)) for consent in row["consents"]),
        "showings": tuple(_showing(_timed(showing)) for showing in row["showings"]),
        "signature": Signature(**_timed(row["signature"])) if row["signature"] else None,
    }


def _plain(thing: Parked | Payment | Consent | Showing | Signature | None) -> Values | None:
    if thing is None:
        return None
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(thing).items()}


def _timed(values: Values) -> Values:
    moments = {"at", "paid_at"} & values.keys()
    return values | {key: datetime.fromisoformat(values[key]) for key in moments if values[key]}


def _payment(values: Values) -> Payment:
    method = PaymentMethod(values["method"]) if values["method"] else None
    return Payment(**values | {"charges": tuple(Charge(**charge) for charge in values["charges"]), "method": method})


def _showing(values: Values) -> Showing:
    return Showing(**values | {"entry_ids": tuple(values["entry_ids"])})
