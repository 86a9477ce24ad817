"""What a head of a station's audit trail is worth, held against those that the hub keeps; no files, SQL or network."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MARK = "TSN1"
LONGEST = 400
LATE = timedelta(minutes=10)
"""By how much a request may be overtaken by a later one before an older head counts as a step back."""
_HASH = re.compile(r"[0-9a-f]{64}")
_SEQ = re.compile(r"0|[1-9][0-9]{0,15}")


class Verdict(StrEnum):
    """What the hub says in `Station-Trail`; all but `kept` are alarms."""

    KEPT = "kept"
    WENT_BACK = "went_back"
    REWRITTEN = "rewritten"
    OTHER_KEY = "other_key"
    BAD_SIGNATURE = "bad_signature"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Head:
    """A head whose signature is that of the key in it."""

    seq: int
    hash: str
    at: datetime
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the hub keeps that bears on a head: the newest, the one with as many lines, and the trail's key."""

    key: str | None = None
    newest: tuple[int, datetime] | None = None
    same_seq: str | None = None


def read_head(text: str) -> Head | Verdict:
    """Take a signed head apart and check its signature."""
    parts = text.split("|")
    if len(text) > LONGEST or len(parts) != 6 or parts[0] != MARK:
        return Verdict.MALFORMED
    _, seq, digest, at, key, signature = parts
    try:
        moment = datetime.fromisoformat(at)
        public = Ed25519PublicKey.from_public_bytes(_decoded(key))
        signed = _decoded(signature)
    except ValueError:
        return Verdict.MALFORMED
    if not (_SEQ.fullmatch(seq) and _HASH.fullmatch(digest)) or moment.tzinfo is None:
        return Verdict.MALFORMED
    try:
        public.verify(signed, text.rpartition("|")[0].encode("utf-8"))
    except InvalidSignature:
        return Verdict.BAD_SIGNATURE
    return Head(int(seq), digest, moment, key, text)


def judge(head: Head, known: Known) -> Verdict:
    """Whether it follows from what the hub keeps."""
    if known.key is not None and known.key != head.key:
        return Verdict.OTHER_KEY
    if known.same_seq is not None and known.same_seq != head.hash:
        return Verdict.REWRITTEN
    if known.newest is None or head.seq >= known.newest[0]:
        return Verdict.KEPT
    # A request may hang in the line while the next one passes it: then its head was signed before, not after.
    newest_at = known.newest[1]
    return Verdict.KEPT if newest_at - LATE <= head.at <= newest_at else Verdict.WENT_BACK


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
