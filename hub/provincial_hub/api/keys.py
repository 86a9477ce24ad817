"""`POST /v1/station/keys` and `/v1/station/token`: another key to sign with, another token to be known by."""

from __future__ import annotations

import base64

from fastapi import APIRouter, Request
from fastapi.responses import Response

from provincial_hub.api.auth import KnownSpeaker, is_signed_by, signature_of
from provincial_hub.api.json_body import json_body
from provincial_hub.contract import validator
from provincial_hub.errors import RefusedError
from provincial_hub.stations.speakers import Speakers

router = APIRouter()


@router.post("/v1/station/keys")
async def change_key(request: Request, speaker: KnownSpeaker) -> Response:
    """Only who holds both keys, or the first one, gets through."""
    asked = await json_body(request)
    if not validator("request_key.schema.json").is_valid(asked):
        raise RefusedError("request.malformed", "the body wants request_key and proof")
    new_key, signature = asked["request_key"], signature_of(request)
    if signature is None or (
        speaker.request_key is None and not await is_signed_by(request, signature, base64.b64decode(new_key))
    ):
        raise RefusedError("auth.signature", "the request is not signed")
    if not signature.proves_new_key(asked["proof"], speaker.station, new_key):
        raise RefusedError("key.not_proven", "the proof is not that of the new key")
    speakers: Speakers = request.app.state.speakers
    await speakers.change_key(speaker, new_key)
    return Response(status_code=204)


@router.post("/v1/station/token")
async def change_token(request: Request, speaker: KnownSpeaker) -> Response:
    """The one so far is good until the new one, which the station has chosen, is first used."""
    asked = await json_body(request)
    if not validator("request_token.schema.json").is_valid(asked):
        raise RefusedError("request.malformed", "the body wants token_sha256")
    speakers: Speakers = request.app.state.speakers
    await speakers.next_token(speaker, asked["token_sha256"])
    return Response(status_code=204)
