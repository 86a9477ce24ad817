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
import logging
import ssl
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx

from station.dossier.delivery import OutboxEvent
from station.dossier.hub_identity import HubIdentity
from station.errors import HubError
from station.sync import authority
from station.sync.address import checked
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
from station.sync.hub_clock import HubClock
from station.sync.identities import other_identity
from station.sync.line import Line
from station.sync.link_estimate import FIRST_BODY, Exchange, LinkMeter
from station.sync.request_signature import HEADER, Asked, RequestSigner
from station.sync.wire import MOST_ANSWER_BYTES, batch_bytes, compressed, read_answers, read_health, read_refusal

log = logging.getLogger(__name__)

_ALARMS = {"went_back", "rewritten", "other_key", "bad_signature", "malformed"}
_CONTENT_AT_FAULT = {400, 409, 413, 415, 422}
_SHORTEST_CONNECT = 2.5
_RECORD = 4 << 10
_BROKEN = {"hub.broken_off", "hub.timeout"}
_AUTH_CODES = {
    "auth.other_station": "hub.other_station",
    "auth.signature": "hub.unsigned",
    "auth.shut_out": "hub.shut_out",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, for the next byte, and for one whole exchange.

    A body of 64 KiB takes 8 s at 64 kbit/s; the wait for a byte is more than three times that, and grows with what the
    line is known to need: the body may lie in buffers on the way when the wait for the answer begins.
    """

    connect: float = 10.0
    byte: float = 30.0
    exchange: float = 120.0

    def for_seconds(self, expected: float, silence: float | None = None) -> Patience:
        """`silence`: after how long the line is given up that has been breaking (`LinkEstimate.silence`)."""
        connect, byte = self.connect, self.byte
        if silence is not None:
            connect, byte = min(connect, max(silence / 2, _SHORTEST_CONNECT)), min(byte, silence)
        byte = max(byte, 3 * expected)
        return Patience(connect, byte, max(self.exchange, 6 * expected))


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx.Headers
    content: bytes


class HubClient:
    """One station's way to its hub. Used from one thread; only `interrupt` may be called from others."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        practice: bool = False,
        patience: Patience | None = None,
        tls: ssl.SSLContext | None = None,
        transport: httpx.BaseTransport | None = None,
        head: Callable[[], str | None] = lambda: None,
        meter: LinkMeter | None = None,
        signer: RequestSigner | None = None,
        spares: Callable[[], Sequence[HubIdentity]] = tuple,
        hub_clock: HubClock | None = None,
    ) -> None:
        """`tls` is how the hub's certificate is judged (`authority.read_authority`); without it nobody is trusted.

        `head` gives the newest signed head of the audit trail, which goes with every call. `meter` is told of each
        exchange, and says how patient to be. `signer` signs each; without one nothing is signed. `spares` are what else
        the hub may know the station by: they are tried where it says that it does not know the one so far.
        `transport` stands in for the network. Raises `HubError` for an address, a token or a proxy
        that cannot be used, and `hub.no_authority` for an encrypted line without `tls`.
        """
        base = checked(url, practice=practice)
        if base.scheme == "https" and tls is None and transport is None:
            raise HubError("hub.no_authority", file="")
        if not token:
            raise HubError("hub.not_configured")
        if not (token.isascii() and token.isprintable()):
            raise HubError("hub.bad_token")
        self._patience = patience or Patience()
        self._head, self._head_verdict = head, ""
        self._hub_clock = hub_clock
        self._token, self._signer, self._spares = token, signer, spares
        self._line, self._meter = Line(), meter or LinkMeter()
        # The office's proxy settings hold for the province's hub, never for a practice hub on this machine.
        self._through_proxy = base.scheme == "https" and _has_proxy(base.host)
        try:
            self._http = httpx.Client(
                base_url=base,
                headers={
                    "Accept-Encoding": "identity",
                    "User-Agent": "digital-station",
                },
                # One connection, let go before a server's usual five idle seconds: else it breaks just as we use it.
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=4.0),
                follow_redirects=False,
                trust_env=base.scheme == "https",
                verify=tls or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                transport=transport,
            )
        except (
            ImportError,
            ValueError,
            httpx.InvalidURL,
        ) as error:  # socks://, or no address at all: not what httpx can use
            raise HubError("hub.bad_proxy") from error

    @property
    def identity(self) -> HubIdentity | None:
        """What the hub was last asked by; None where nothing is signed."""
        return HubIdentity(self._token, self._signer.seed) if self._signer else None

    def speak_as(self, identity: HubIdentity) -> None:
        """Ask the hub by these from now on; a client that signs nothing goes on so."""
        self._token = identity.token
        if self._signer is not None and self._signer.seed != identity.seed:
            self._signer = self._signer.with_seed(identity.seed)

    def health(self) -> str:
        """The hub's clock; raises `HubError` when no hub of this contract answers."""
        reply = self._exchange("GET", "v1/health")
        _must_not_be_trouble(reply)
        if reply.status != 200:
            raise HubError("hub.malformed_answer")
        return read_health(reply.content)

    def standing(self, nonce: str) -> bytes:
        """`GET /v1/station`: what the hub knows of this station, to be read by `read_standing`."""
        reply = self._exchange("GET", f"v1/station?nonce={nonce}")
        _must_not_be_trouble(reply)
        if reply.status != 200:
            raise _never_said(reply)
        return reply.content

    def enrol(self, body: bytes) -> bytes:
        """`POST /v1/enrolments`: the signed enrolment, unchecked. `hub.enrolment_refused` for a bad code."""
        reply = self._exchange("POST", "v1/enrolments", body, {"Content-Type": "application/json"})
        if reply.status == 403 and read_refusal(reply.content).code == "enrolment.refused":
            raise HubError("hub.enrolment_refused")
        _must_not_be_trouble(reply)
        if reply.status != 201:
            raise _never_said(reply)
        return reply.content

    def roster(self, newest: int) -> bytes | None:
        """`GET /v1/roster`: the signed roster, unchecked; None where the one of this version is the newest."""
        reply = self._exchange("GET", "v1/roster", headers={"If-None-Match": f'"{newest}"'})
        if reply.status in (304, 404):
            return None
        _must_not_be_trouble(reply)
        if reply.status != 200:
            raise _never_said(reply)
        return reply.content

    def changes(self, after: int) -> bytes | None:
        """`GET /v1/changes`: what the hub has to tell beyond that cursor, unchecked; None where there is nothing."""
        reply = self._exchange("GET", f"v1/changes?after={after}&limit=100", headers={"If-None-Match": f'"{after}"'})
        if reply.status == 304:
            return None
        _must_not_be_trouble(reply)
        if reply.status != 200:
            raise _never_said(reply)
        return reply.content

    def pack(self, sha256: str, offset: int, length: int | None = None) -> bytes:
        """`GET /v1/procedures/{sha256}`: the pack from this byte on, unchecked; about `length` bytes of it, or all."""
        last = "" if length is None else offset + length - 1
        headers = {"Range": f"bytes={offset}-{last}"} if offset or length is not None else None
        reply = self._exchange("GET", f"v1/procedures/{sha256}", headers=headers)
        _must_not_be_trouble(reply)
        if reply.status == 200 and offset:
            return reply.content[offset:]
        if reply.status not in {200, 206}:
            raise _never_said(reply)
        return reply.content

    def report(self, body: bytes) -> None:
        """`PUT /v1/station/report`."""
        self._must_be_done(self._exchange("PUT", "v1/station/report", body, {"Content-Type": "application/json"}))

    def change_request_key(self, station: str, seed: bytes) -> None:
        """`POST /v1/station/keys`: from now on the hub counts on the key of this seed."""
        if self._signer is None:
            raise HubError("hub.unsigned")
        new = self._signer.with_seed(seed)
        created = new.created()
        body = json.dumps({"request_key": new.public, "proof": new.proof(station, created)}).encode()
        headers = {"Content-Type": "application/json"}
        self._must_be_done(self._exchange("POST", "v1/station/keys", body, headers, created))

    def announce_token(self, token: str) -> None:
        """`POST /v1/station/token`: the hub will know the station by this one, too."""
        body = json.dumps({"token_sha256": hashlib.sha256(token.encode()).hexdigest()}).encode()
        self._must_be_done(self._exchange("POST", "v1/station/token", body, {"Content-Type": "application/json"}))

    def _must_be_done(self, reply: _Reply) -> None:
        _must_not_be_trouble(reply)
        if reply.status != 204:
            raise _never_said(reply)

    def tell(self, events: Sequence[OutboxEvent]) -> tuple[Answer, ...] | Refusal:
        """`POST /v1/events`: an answer for each event, or the refusal of the whole request."""
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        reply = self._exchange("POST", "v1/events", compressed(batch_bytes(events)), headers)
        _must_not_be_trouble(reply)
        if reply.status in _CONTENT_AT_FAULT:
            return _refusal(reply, never="page.")
        if reply.status != 200:
            raise _never_said(reply)
        return read_answers(reply.content, events)

    def send_page(self, sha256: str, content: bytes, offset: int, length: int = FIRST_BODY) -> PageAnswer:
        """`PUT` the next bytes of a page, at most `length` from `offset` on."""
        headers = {
            "Content-Type": "application/octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Length": str(len(content)),
        }
        reply = self._exchange("PUT", f"v1/pages/{sha256}", content[offset : offset + length], headers)
        _must_not_be_trouble(reply)
        match reply.status:
            case 200 | 201:
                return Standing(len(content), complete=True)
            case 202 | 409:
                return Standing(_offset(reply, at_most=len(content)), complete=False)
            case 404:
                return _not_announced(reply)
            case 422:
                refusal = _refusal(reply, never="event")
                return Mismatch() if refusal.code == "page.hash_mismatch" else refusal
            case 413 if _code(reply) != "page.too_large":  # not the page, this much of it
                raise HubError("hub.body_cut")
            case status if status in _CONTENT_AT_FAULT:
                return _refusal(reply, never="event")
            case _:
                raise _never_said(reply)

    def send_preview(self, sha256: str, media_type: str, content: bytes) -> PreviewAnswer:
        """`PUT` the small picture of a page that an event of ours has announced."""
        reply = self._exchange("PUT", f"v1/pages/{sha256}/preview", content, {"Content-Type": media_type})
        _must_not_be_trouble(reply)
        match reply.status:
            case 200 | 201 | 204:
                return PreviewKept()
            case 404:
                return _not_announced(reply)
            case status if status in _CONTENT_AT_FAULT:
                return PreviewUnwanted()
            case _:
                raise _never_said(reply)

    def ask_page(self, sha256: str) -> PageAnswer:
        """`HEAD`: how much of a page the hub holds."""
        reply = self._exchange("HEAD", f"v1/pages/{sha256}")
        _must_not_be_trouble(reply)
        match reply.status:
            case 200 | 204:
                complete = reply.headers.get("Upload-Complete", "")
                if complete not in {"?0", "?1"}:
                    raise HubError("hub.malformed_answer")
                return Standing(_offset(reply), complete=complete == "?1")
            case 404:
                return NotAnnounced()  # an answer to HEAD has no body that could say more
            case _:
                raise _never_said(reply)

    def interrupt(self) -> None:
        """Break off the exchange that is under way: it fails at once."""
        self._line.cut()

    def close(self) -> None:
        self._http.close()

    def _exchange(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        created: str | None = None,
    ) -> _Reply:
        """Ask; where the hub does not know who asks, ask by whatever else it may know the station by."""
        first, tried = self.identity, list[HubIdentity]()
        answered = False
        try:
            reply = self._ask(method, path, content, headers, created)
            while reply.status == 401 and (now := self.identity) is not None:
                tried.append(now)
                code = _code(reply)
                other = other_identity(tried, self._spares(), code) if code or method == "HEAD" else None
                if other is None:
                    return reply
                self.speak_as(other)
                reply = self._ask(method, path, content, headers, created)
            answered = True
        finally:
            if tried and first and not answered:
                self.speak_as(first)
        if tried:
            log.info("The hub knows the station by another token or key")
        return reply

    def _ask(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: dict[str, str] | None,
        created: str | None,
    ) -> _Reply:
        body = len(content or b"")
        expected = self._meter.estimate.seconds_for(body) or 0.0
        patience = self._patience.for_seconds(expected, self._meter.silence())
        timeout = httpx.Timeout(patience.byte, connect=patience.connect).as_dict()
        extensions = {"trace": self._line.trace, "timeout": timeout}
        self._line.buffer, self._line.silence = self._meter.estimate.buffer(), patience.byte
        if content is not None:
            headers = {**(headers or {}), "Content-Length": str(body)}
        pieces = _in_records(content)
        request = self._http.build_request(method, path, content=pieces, headers=headers, extensions=extensions)
        if (newest := self._head()) is not None:
            request.headers["Station-Trail-Head"] = newest
        request.headers["Authorization"] = f"Bearer {self._token}"
        if self._signer is not None:
            asked = _asked(self._token, request, content)
            request.headers[HEADER] = self._signer.header(asked, created or self._signer.created())
        self._line.begin()
        try:
            with self._line.deadline(patience.exchange):
                response = self._http.send(request, stream=True)
                try:
                    self._note_verdict(response.headers.get("Station-Trail", ""))
                    if self._hub_clock is not None:
                        took = timedelta(seconds=self._line.seconds())
                        self._hub_clock.heard(response.headers.get("Date", ""), took)
                    reply = _Reply(response.status_code, response.headers, _all_of(response))
                finally:
                    response.close()
        except httpx.TransportError as error:
            code = "hub.timeout" if self._line.overdue else self._code_of(error)
            if code in _BROKEN:
                self._meter.note(Exchange(body, self._line.seconds(), broken=True))
            raise HubError(code) from error
        except ssl.SSLError as error:  # the pin is looked at within httpx, which does not know of it
            raise HubError(authority.code_of(error, through_proxy=self._through_proxy) or "hub.broken_off") from error
        self._meter.note(Exchange(body + len(reply.content), self._line.seconds()))
        return reply

    def _code_of(self, error: httpx.TransportError) -> str:
        match error:
            case httpx.ConnectError():
                return authority.code_of(error, through_proxy=self._through_proxy) or "hub.unreachable"
            case httpx.ConnectTimeout() | httpx.ProxyError() | httpx.PoolTimeout():
                return "hub.unreachable"
            case httpx.TimeoutException():
                return "hub.timeout"
            case _:
                return "hub.broken_off"

    def _note_verdict(self, verdict: str) -> None:
        """The hub's word on the trail's head; it has raised an alarm there, and here IT staff find it in the log."""
        if verdict != self._head_verdict and verdict in _ALARMS:
            log.warning("the hub says of the head of the audit trail: %s", verdict)
        self._head_verdict = verdict


def _asked(token: str, request: httpx.Request, content: bytes | None) -> Asked:
    """The bytes of a page are not read for it: their name vouches for them."""
    target = request.url.raw_path.decode("ascii")
    offset = request.headers.get("Upload-Offset")
    return Asked(token, request.method, target, None if offset is not None else content or b"", offset)


def _in_records(content: bytes | None) -> Iterator[bytes] | None:
    """The body in pieces that become a TLS record each: of one that is not whole nothing can be read."""
    if content is None:
        return None
    return (content[at : at + _RECORD] for at in range(0, len(content), _RECORD))


def _all_of(response: httpx.Response) -> bytes:
    """The body as it was sent, up to what an answer can be: we ask for no compression, so none is undone."""
    content = bytearray()
    for piece in response.iter_raw():
        content += piece
        if len(content) > MOST_ANSWER_BYTES:
            raise HubError("hub.malformed_answer")
    return bytes(content)


def _has_proxy(host: str) -> bool:
    proxies = urllib.request.getproxies()
    return bool({"https", "all"} & proxies.keys()) and not urllib.request.proxy_bypass(host)


def _must_not_be_trouble(reply: _Reply) -> None:
    """Raise for what is wrong with the link, the login or the hub as a whole."""
    if reply.status == 511 or (_is_a_web_page(reply) and (reply.status < 300 or reply.status in {401, 403, 407})):
        raise HubError("hub.web_page", status=reply.status)  # a captive portal says yes to anything
    match reply.status:
        case 429 | 503:
            code = "hub.quota" if _code(reply) == "station.quota" else "hub.busy"
            raise HubError(code, **_retry_after(reply))
        case status if status >= 500:
            raise HubError("hub.failed", status=status)
        case status if 300 <= status < 400:
            raise HubError("hub.redirected", status=status)
        case 401 | 403:
            raise HubError(_AUTH_CODES.get(_code(reply), "hub.unknown_station"))
        case 413 if not _code(reply):
            raise HubError("hub.body_cut")


def _refusal(reply: _Reply, never: str) -> Refusal:
    """What is refused is set aside for good: a cache that gives the answer to another request must not do that."""
    refusal = read_refusal(reply.content)
    if refusal.code.startswith(never):
        raise HubError("hub.malformed_answer", status=reply.status)
    return refusal


def _code(reply: _Reply) -> str:
    """The code of a refusal in the contract's words; empty where somebody else speaks, or there is no body."""
    try:
        return read_refusal(reply.content).code if reply.content else ""
    except HubError:
        return ""


def _retry_after(reply: _Reply) -> dict[str, int]:
    """The contract's seconds; a date, or nonsense, counts as absent."""
    text = reply.headers.get("Retry-After", "")
    return {"retry_after": int(text)} if text.isascii() and text.isdigit() and len(text) < 8 else {}


def _never_said(reply: _Reply) -> HubError:
    if reply.status in {404, 405}:
        return HubError("hub.wrong_address", status=reply.status)
    return HubError("hub.malformed_answer", status=reply.status)


def _not_announced(reply: _Reply) -> NotAnnounced:
    if _code(reply) != "page.not_announced":
        raise _never_said(reply)
    return NotAnnounced()


def _offset(reply: _Reply, at_most: int | None = None) -> int:
    text = reply.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16) or (at_most is not None and int(text) > at_most):
        raise HubError("hub.malformed_answer")
    return int(text)


def _is_a_web_page(reply: _Reply) -> bool:
    media_type: str = reply.headers.get("Content-Type", "")
    return media_type.lower().startswith(("text/html", "application/xhtml"))
