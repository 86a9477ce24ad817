"""What the hub knows of this station (contract/v1, `GET /v1/station`): signed, and of now."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from station.dossier.signed_document import check_signature, parse_document
from station.errors import HubError, InputError

KIND = "standing"


@dataclass(frozen=True, slots=True)
class HubStanding:
    """`highest_seq` is the number of the newest event that the hub keeps, 0 for none; `time` is the hub's clock."""

    station: str
    time: str
    highest_seq: int
    document: dict[str, Any]
    """As it was signed, for what else it says."""


def fresh_nonce() -> str:
    """For one question: an older answer does not fit it."""
    return secrets.token_urlsafe(24)


def read_standing(content: bytes, station: str, nonce: str, hub_key: bytes) -> HubStanding:
    """Raises `HubError`: `hub.malformed_answer`, `hub.bad_receipt` where the hub did not sign exactly this."""
    try:
        document = parse_document(content)
    except InputError as error:
        raise HubError("hub.malformed_answer") from error
    try:
        check_signature(document, KIND, hub_key)
    except InputError as error:
        raise HubError("hub.bad_receipt") from error
    if document.get("station") != station or document.get("nonce") != nonce:
        raise HubError("hub.bad_receipt")
    time, highest = document.get("time"), document.get("highest_seq")
    if not isinstance(time, str) or type(highest) is not int or highest < 0:
        raise HubError("hub.malformed_answer")
    return HubStanding(station, time, highest, document)
