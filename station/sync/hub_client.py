"""Speaks contract/v1 to the hub over HTTP, one exchange a call.

What the hub says about an event or a page comes back as a value. Everything else raises `HubError`:

    hub.unreachable       no connection came about            hub.redirected       3xx: the token follows nobody
    hub.broken_off        the connection broke in between     hub.timeout          no answer in time
    hub.busy              429, 503 (retry_after)              hub.failed           any other 5xx
    hub.quota             429 station.quota (retry_after)     hub.body_cut         413 from anybody but the hub
    hub.unknown_station   401, 403                            hub.other_station    403 auth.other_station
    hub.unsigned          401 auth.signature                  hub.shut_out         403 auth.shut_out
    hub.wrong_address     404, 405 on a path of the contract  hub.web_page         a captive portal's yes, or its 511
    hub.malformed_answer  anything else that a hub would not say

and, where the line is not the hub's, one of `authority.code_of`: hub.not_trusted, hub.intercepted, hub.wrong_name,
hub.wrong_pin, hub.certificate_expired, hub.certificate_too_new, hub.not_tls, hub.old_tls.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from station.dossier.delivery import OutboxEvent
from station.errors import HubError
from station.sync.answers import (
    Answer,
    Mismatch,
    NotAnnounced,
    PageAnswer,
    PreviewAnswer,
    PreviewKept,
    PreviewUnwanted,
    Refusal,
    Standing,
)
from station.sync.hub_connection import HubConnection
from station.sync.link_estimate import FIRST_BODY
from station.sync.replies import Reply, code_in, must_not_be_trouble, never_said, not_announced, offset_in, refusal_in
from station.sync.wire import batch_bytes, compressed, read_answers, read_health, read_refusal

_CONTENT_AT_FAULT = {400, 409, 413, 415, 422}


class HubClient(HubConnection):
    """What a station asks of its hub, and how it reads the answers."""

    def health(self) -> str:
        """The hub's clock; raises `HubError` when no hub of this contract answers."""
        reply = self.exchange("GET", "v1/health")
        must_not_be_trouble(reply)
        if reply.status != 200:
            raise HubError("hub.malformed_answer")
        return read_health(reply.content)

    def standing(self, nonce: str) -> bytes:
        """`GET /v1/station`: what the hub knows of this station, to be read by `read_standing`."""
        reply = self.exchange("GET", f"v1/station?nonce={nonce}")
        must_not_be_trouble(reply)
        if reply.status != 200:
            raise never_said(reply)
        return reply.content

    def enrol(self, body: bytes) -> bytes:
        """`POST /v1/enrolments`: the signed enrolment, unchecked. `hub.enrolment_refused` for a bad code."""
        reply = self.exchange("POST", "v1/enrolments", body, {"Content-Type": "application/json"})
        if reply.status == 403 and read_refusal(reply.content).code == "enrolment.refused":
            raise HubError("hub.enrolment_refused")
        must_not_be_trouble(reply)
        if reply.status != 201:
            raise never_said(reply)
        return reply.content

    def roster(self, newest: int) -> bytes | None:
        """`GET /v1/roster`: the signed roster, unchecked; None where the one of this version is the newest."""
        reply = self.exchange("GET", "v1/roster", headers={"If-None-Match": f'"{newest}"'})
        if reply.status in (304, 404):
            return None
        must_not_be_trouble(reply)
        if reply.status != 200:
            raise never_said(reply)
        return reply.content

    def changes(self, after: int) -> bytes | None:
        """`GET /v1/changes`: what the hub has to tell beyond that cursor, unchecked; None where there is nothing."""
        reply = self.exchange("GET", f"v1/changes?after={after}&limit=100", headers={"If-None-Match": f'"{after}"'})
        if reply.status == 304:
            return None
        must_not_be_trouble(reply)
        if reply.status != 200:
            raise never_said(reply)
        return reply.content

    def pack(self, sha256: str, offset: int, length: int | None = None) -> bytes:
        """`GET /v1/procedures/{sha256}`: the pack from this byte on, unchecked; about `length` bytes of it, or all."""
        last = "" if length is None else offset + length - 1
        headers = {"Range": f"bytes={offset}-{last}"} if offset or length is not None else None
        reply = self.exchange("GET", f"v1/procedures/{sha256}", headers=headers)
        must_not_be_trouble(reply)
        if reply.status == 200 and offset:
            return reply.content[offset:]
        if reply.status not in {200, 206}:
            raise never_said(reply)
        return reply.content

    def report(self, body: bytes) -> None:
        """`PUT /v1/station/report`."""
        _must_be_done(self.exchange("PUT", "v1/station/report", body, {"Content-Type": "application/json"}))

    def change_request_key(self, station: str, seed: bytes) -> None:
        """`POST /v1/station/keys`: from now on the hub counts on the key of this seed."""
        if self._signer is None:
            raise HubError("hub.unsigned")
        new = self._signer.with_seed(seed)
        created = new.created()
        body = json.dumps({"request_key": new.public, "proof": new.proof(station, created)}).encode()
        headers = {"Content-Type": "application/json"}
        _must_be_done(self.exchange("POST", "v1/station/keys", body, headers, created))

    def announce_token(self, token: str) -> None:
        """`POST /v1/station/token`: the hub will know the station by this one, too."""
        body = json.dumps({"token_sha256": hashlib.sha256(token.encode()).hexdigest()}).encode()
        _must_be_done(self.exchange("POST", "v1/station/token", body, {"Content-Type": "application/json"}))

    def tell(self, events: Sequence[OutboxEvent]) -> tuple[Answer, ...] | Refusal:
        """`POST /v1/events`: an answer for each event, or the refusal of the whole request."""
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        reply = self.exchange("POST", "v1/events", compressed(batch_bytes(events)), headers)
        must_not_be_trouble(reply)
        if reply.status in _CONTENT_AT_FAULT:
            return refusal_in(reply, never="page.")
        if reply.status != 200:
            raise never_said(reply)
        return read_answers(reply.content, events)

    def send_page(self, sha256: str, content: bytes, offset: int, length: int = FIRST_BODY) -> PageAnswer:
        """`PUT` the next bytes of a page, at most `length` from `offset` on."""
        headers = {
            "Content-Type": "application/octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Length": str(len(content)),
        }
        reply = self.exchange("PUT", f"v1/pages/{sha256}", content[offset : offset + length], headers)
        must_not_be_trouble(reply)
        match reply.status:
            case 200 | 201:
                return Standing(len(content), complete=True)
            case 202 | 409:
                return Standing(offset_in(reply, at_most=len(content)), complete=False)
            case 404:
                return not_announced(reply)
            case 422:
                refusal = refusal_in(reply, never="event")
                return Mismatch() if refusal.code == "page.hash_mismatch" else refusal
            case 413 if code_in(reply) != "page.too_large":  # not the page, this much of it
                raise HubError("hub.body_cut")
            case status if status in _CONTENT_AT_FAULT:
                return refusal_in(reply, never="event")
            case _:
                raise never_said(reply)

    def send_preview(self, sha256: str, media_type: str, content: bytes) -> PreviewAnswer:
        """`PUT` the small picture of a page that an event of ours has announced."""
        reply = self.exchange("PUT", f"v1/pages/{sha256}/preview", content, {"Content-Type": media_type})
        must_not_be_trouble(reply)
        match reply.status:
            case 200 | 201 | 204:
                return PreviewKept()
            case 404:
                return not_announced(reply)
            case status if status in _CONTENT_AT_FAULT:
                return PreviewUnwanted()
            case _:
                raise never_said(reply)

    def ask_page(self, sha256: str) -> PageAnswer:
        """`HEAD`: how much of a page the hub holds."""
        reply = self.exchange("HEAD", f"v1/pages/{sha256}")
        must_not_be_trouble(reply)
        match reply.status:
            case 200 | 204:
                complete = reply.headers.get("Upload-Complete", "")
                if complete not in {"?0", "?1"}:
                    raise HubError("hub.malformed_answer")
                return Standing(offset_in(reply), complete=complete == "?1")
            case 404:
                return NotAnnounced()  # an answer to HEAD has no body that could say more
            case _:
                raise never_said(reply)


def _must_be_done(reply: Reply) -> None:
    must_not_be_trouble(reply)
    if reply.status != 204:
        raise never_said(reply)
