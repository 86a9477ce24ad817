"""What was agreed to, paid, shown and signed, as members of a sealed dossier's record; nothing where nothing was."""

from __future__ import annotations

from typing import Any

from station.dossier.dossier import Dossier
from station.dossier.service import Consent, Payment, Showing, Signature
from station.dossier.showing import shown_of


def service_record(dossier: Dossier) -> dict[str, Any]:
    """`consents`, `payment`, `showings` and `signature` of contract v1, each only where there is one."""
    made: dict[str, Any] = {}
    if dossier.consents:
        made["consents"] = [_consent(consent) for consent in dossier.consents]
    if dossier.payment is not None:
        made["payment"] = _payment(dossier.payment)
    if dossier.showings:
        made["showings"] = [_showing(showing) for showing in dossier.showings]
    if dossier.signature is not None:
        made["signature"] = _signature(dossier.signature)
    return made


def _consent(consent: Consent) -> dict[str, Any]:
    return {"subject": consent.subject, "given": consent.given, "by": consent.by, "at": consent.at.isoformat()}


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "charges": [
            {
                "key": charge.key,
                "name": charge.name,
                "quantity": charge.quantity,
                "copies": charge.copies,
                "amount": charge.amount,
            }
            for charge in payment.charges
        ],
        "channel": payment.channel.value,
        "remitted": payment.remitted,
        "exemption": payment.exemption,
        "reason": payment.reason,
        "total": payment.total,
        "method": payment.method.value if payment.method else None,
        "paid_by": payment.paid_by,
        "paid_at": payment.paid_at.isoformat() if payment.paid_at else None,
    }


def _showing(showing: Showing) -> dict[str, Any]:
    return {
        "screen": showing.screen,
        "at": showing.at.isoformat(),
        "entries": list(showing.entry_ids),
        "answer": showing.answer,
        "shown": shown_of(showing.shown),
        "digest": showing.digest,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "sha256": signature.sha256,
        "size": signature.size,
        "digest": signature.digest,
        "at": signature.at.isoformat(),
    }
