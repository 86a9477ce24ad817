"""Who is speaking: the station whose token the request carries, and whose signature where it has a key."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Request

from provincial_hub.api.body import drain, whole
from provincial_hub.api.trail_head import hear_head
from provincial_hub.errors import RefusedError
from provincial_hub.stations.request_signature import HEADER, UNREAD, RequestFacts, Signature, digest_of, read_signature
from provincial_hub.stations.speakers import Speaker, Speakers

LARGEST_SIGNED = 4 << 20
LARGEST_SIGNED_PART = 64 << 10
_PAGE = re.compile(r"/v1/pages/[^/?]+")


async def known_speaker(request: Request) -> Speaker:
    """The station; raises `RefusedError`: `auth.unknown_station`, `auth.shut_out`, `auth.signature`."""
    speakers: Speakers = request.app.state.speakers
    try:
        speaker = await speakers.with_token(_token(request))
        signature = await _checked_signature(request, speaker)
    except RefusedError as refusal:
        if refusal.code != "request.stalled":
            await drain(request)
        raise
    await speakers.adopt_token(speaker)
    await speakers.heard(speaker, signature.at if signature else None)
    await hear_head(request, speaker.station)
    request.state.station = speaker.station
    return speaker


async def speaking_station(speaker: Annotated[Speaker, Depends(known_speaker)]) -> str:
    """Its name alone, for rooms that need no more."""
    return speaker.station


KnownSpeaker = Annotated[Speaker, Depends(known_speaker)]
SpeakingStation = Annotated[str, Depends(speaking_station)]


def signature_of(request: Request) -> Signature | None:
    """The signature that the request carries, checked or not."""
    return read_signature(request.headers.get(HEADER, ""))


async def is_signed_by(request: Request, signature: Signature, key: bytes) -> bool:
    """The signature is of this key over this request; its body is read for that, but for a page's bytes."""
    facts = RequestFacts(_token(request), request.method, _target(request), request.headers.get("Upload-Offset"))
    part = request.method == "PUT" and _PAGE.fullmatch(request.url.path) is not None
    if part and signature.covers(facts, UNREAD, key):
        return True
    body = await whole(request, LARGEST_SIGNED_PART if part else LARGEST_SIGNED)
    return signature.covers(facts, digest_of(body), key)


async def _checked_signature(request: Request, speaker: Speaker) -> Signature | None:
    """The signature of a station that has a key, which must sign; None of one that has none."""
    if speaker.request_key is None:
        return None
    signature = signature_of(request)
    if signature is None or not await is_signed_by(request, signature, speaker.request_key):
        raise RefusedError("auth.signature", "the request is not signed by this station's key")
    return signature


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _target(request: Request) -> str:
    """Path and query as they stood in the request line."""
    path: bytes = request.scope["raw_path"]
    query: bytes = request.scope["query_string"]
    return (path + b"?" + query if query else path).decode("latin-1")
