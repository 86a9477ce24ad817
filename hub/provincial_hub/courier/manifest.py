"""What a parcel says of itself, and whether its station said so; no files, SQL or network."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from provincial_hub.contract import validator
from provincial_hub.errors import RefusedError
from provincial_hub.receipts import canonical, signed_by
from provincial_hub.receiving.events import parse

_AGE = re.compile(r"age1[02-9ac-hj-np-z]{58}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`members` are the names of what follows, in their order, with their SHA-256."""

    station: str
    token: str = field(repr=False)
    request_key: str
    courier_key: str
    cursor: int
    trail_head: str | None
    members: tuple[tuple[str, str], ...]


def read_manifest(content: bytes) -> Manifest:
    """The manifest, signed by the key that it names; whose key that is remains to be asked.

    Raises `RefusedError`: `parcel.malformed`, `parcel.signature`.
    """
    try:
        told = parse(content)
        fits = validator("parcel.schema.json").is_valid(told) and canonical(told) == content
    except (ValueError, RecursionError) as error:
        raise RefusedError("parcel.malformed", "the manifest is no JSON of the contract") from error
    if not fits:
        raise RefusedError("parcel.malformed", "the manifest is none of the contract")
    _must_be_signed(told)
    members = tuple((one["name"], one["sha256"]) for one in told["members"])
    if len({name for name, _ in members}) < len(members):
        raise RefusedError("parcel.malformed", "a member stands in the manifest twice")
    return Manifest(
        told["station"],
        told["token"],
        told["request_key"],
        told["courier_key"],
        int(told["cursor"]),
        told["trail_head"],
        members,
    )


def _must_be_signed(told: dict[str, Any]) -> None:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(told["request_key"], validate=True))
    except ValueError as error:
        raise RefusedError("parcel.malformed", "the request key is none") from error
    if not signed_by(public, told):
        raise RefusedError("parcel.signature", "the manifest is not signed by the key in it")


def event_of(name: str, content: bytes, station: str) -> Any:
    """The event in a member: the station's own, in its canonical bytes. What else is wrong its answer says."""
    try:
        event = parse(content)
        same = isinstance(event, dict) and canonical(event) == content
    except (ValueError, RecursionError) as error:
        raise RefusedError("parcel.malformed", "an event is no JSON") from error
    if not same or name != f"events/{event.get('seq')}.json":
        raise RefusedError("parcel.malformed", "an event is not in its canonical bytes, or has another number")
    if event.get("station") != station:
        raise RefusedError("auth.other_station", "an event names another station than the parcel's")
    return event


def must_be(sha256: str, content: bytes) -> None:
    """Raises `RefusedError("parcel.changed")`."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise RefusedError("parcel.changed", "a member is not what the manifest says")
