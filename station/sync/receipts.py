"""Whether a receipt is the hub's word for exactly this event: RFC 8032 over the contract's canonical JSON."""

from __future__ import annotations

import base64
from dataclasses import asdict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.dossier.delivery import HubReceipt, OutboxEvent
from station.dossier.signed_document import canonical, key_id
from station.errors import HubError


class HubKey:
    """The hub's public key, given to the station at enrolment."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._key = Ed25519PublicKey.from_public_bytes(raw)
        except ValueError as error:
            raise HubError("hub.bad_key") from error
        self.raw = raw
        self.key_id = key_id(raw)

    @classmethod
    def parse(cls, text: str) -> HubKey:
        """From the settings: the 32 raw bytes in base64. Raises `HubError("hub.bad_key")`."""
        try:
            return cls(base64.b64decode(text, validate=True))
        except ValueError as error:
            raise HubError("hub.bad_key") from error

    def check(self, receipt: HubReceipt, event: OutboxEvent) -> None:
        """Raise `HubError("hub.bad_receipt")` unless the hub signed that it holds this event and all its pages.

        The signature is checked over the members that are kept here, so a kept receipt can be checked again.
        """
        named = (receipt.station, receipt.seq, receipt.dossier_id) == (event.station, event.seq, event.dossier_id)
        whole = receipt.durable and sorted(receipt.pages) == sorted(event.pages)
        if not (named and whole and receipt.key_id == self.key_id):
            raise HubError("hub.bad_receipt")
        try:
            self._key.verify(base64.b64decode(receipt.signature, validate=True), signed_bytes(receipt))
        except (InvalidSignature, ValueError) as error:  # not base64, or letters that UTF-8 cannot say
            raise HubError("hub.bad_receipt") from error


def signed_bytes(receipt: HubReceipt) -> bytes:
    """What the signature stands for: the receipt without it."""
    members = asdict(receipt)
    del members["signature"]
    if receipt.version is None:
        del members["version"]
    return canonical(members)
