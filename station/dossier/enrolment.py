"""What makes a machine a station of a province's hub: the one-time code, and the signed enrolment (contract/v1)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station.dossier.people import Roster
from station.dossier.roster_document import KIND as ROSTER
from station.dossier.roster_document import roster_of
from station.dossier.signed_document import check_signature, parse_document
from station.errors import InputError

KIND = "enrolment"
FILE_MARK = b"TSE1"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_TYPED = str.maketrans("ILO", "110", " -")
_SECRET, _FINGERPRINT, _NONCE = 16, 12, 12


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A checked enrolment. `document` is what was signed, to be kept as it is."""

    station: str
    hub_url: str
    hub_token: str
    hub_key: bytes
    recovery_key: str
    roster: Roster | None
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """The province's invitation: a secret, and the start of the hub key's hash, so that no line has to be trusted."""

    secret: str
    fingerprint: str

    @classmethod
    def parse(cls, typed: str) -> EnrolmentCode:
        """As somebody typed it. Raises `InputError("roster.no_code")`."""
        letters = typed.upper().translate(_AS_TYPED)
        if len(letters) != _SECRET + _FINGERPRINT or not set(letters) <= set(_CROCKFORD):
            raise InputError("roster.no_code")
        return cls(letters[:_SECRET], letters[_SECRET:])

    @property
    def whole(self) -> str:
        return self.secret + self.fingerprint

    def names(self, hub_key: bytes) -> bool:
        """Whether the code was made by the hub with this key."""
        bits = int.from_bytes(hashlib.sha256(hub_key).digest()[:8], "big") >> 4
        told = "".join(_CROCKFORD[bits >> 5 * place & 31] for place in reversed(range(_FINGERPRINT)))
        return hmac.compare_digest(told, self.fingerprint)


def open_enrolment_file(content: bytes, code: EnrolmentCode) -> dict[str, Any]:
    """The enrolment in a file from USB, unchecked. Raises `InputError("roster.no_enrolment_file")`."""
    info = b"digital-station/1/enrolment-file"
    key = HKDF(SHA256(), length=32, salt=None, info=info).derive(code.secret.encode("ascii"))
    nonce, sealed = content[len(FILE_MARK) :][:_NONCE], content[len(FILE_MARK) + _NONCE :]
    if not content.startswith(FILE_MARK) or len(nonce) != _NONCE:
        raise InputError("roster.no_enrolment_file")
    try:
        return parse_document(AESGCM(key).decrypt(nonce, sealed, FILE_MARK))
    except InvalidTag as error:
        raise InputError("roster.wrong_code") from error


def checked_enrolment(document: dict[str, Any], code: EnrolmentCode) -> Enrolment:
    """The enrolment, once its key is the code's and its signature that key's. Raises `InputError` with `roster.*`."""
    try:
        hub_key = base64.b64decode(document.get("hub_key", ""), validate=True)
    except (ValueError, TypeError) as error:
        raise InputError("roster.malformed", place="hub_key") from error
    if not code.names(hub_key):
        raise InputError("roster.wrong_code")
    return enrolment_of(document, hub_key)


def enrolment_of(document: dict[str, Any], hub_key: bytes) -> Enrolment:
    """The enrolment as this key signed it, with the roster in it checked as well."""
    check_signature(document, KIND, hub_key)
    for name in ("station", "token"):
        if not isinstance(document.get(name), str):
            raise InputError("roster.malformed", place=name)
    inside = document.get("roster")
    if inside is not None:
        inside = signed_roster(inside, hub_key, document["station"])
    return Enrolment(
        document["station"],
        document.get("hub_url") or "",
        document["token"],
        hub_key,
        document.get("recovery_key") or "",
        inside,
        document,
    )


def signed_roster(document: object, public: bytes, station: str) -> Roster:
    """The roster, once this key signed it for this station. Raises `InputError` with a `roster.*` code."""
    if not isinstance(document, dict):
        raise InputError("roster.malformed", place="JSON")
    check_signature(document, ROSTER, public)
    roster = roster_of(document)
    if roster.station != station:
        raise InputError("roster.other_station", station=roster.station)
    return roster
