"""One HTTP exchange after the other with the hub: who is asked by what line, how long it may take, and who asks.

Whatever keeps an answer from coming raises `HubError`: hub.unreachable, hub.broken_off, hub.timeout, or one of
`authority.code_of` where the line is not the hub's.
"""

from __future__ import annotations

import logging
import ssl
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import httpx

from station.dossier.hub_identity import HubIdentity
from station.errors import HubError
from station.sync import authority
from station.sync.address import checked
from station.sync.hub_clock import HubClock
from station.sync.identities import other_identity
from station.sync.line import Line
from station.sync.link_estimate import Exchange, LinkMeter
from station.sync.patience import Patience
from station.sync.replies import Reply, code_in
from station.sync.request_signature import HEADER, Asked, RequestSigner
from station.sync.wire import MOST_ANSWER_BYTES

log = logging.getLogger(__name__)

_ALARMS = {"went_back", "rewritten", "other_key", "bad_signature", "malformed"}
_BROKEN = {"hub.broken_off", "hub.timeout"}


class HubConnection:
    """One station's line to its hub. Used from one thread; only `interrupt` may be called from others."""

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
            for said_of_itself in ("Accept", "Connection"):  # httpx says what HTTP/1.1 takes for granted
                del self._http.headers[said_of_itself]
        except (ImportError, ValueError, httpx.InvalidURL) as error:  # socks://, or no address at all
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

    def interrupt(self) -> None:
        """Break off the exchange that is under way: it fails at once."""
        self._line.cut()

    def close(self) -> None:
        self._http.close()

    def exchange(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        created: str | None = None,
    ) -> Reply:
        """Ask; where the hub does not know who asks, ask by whatever else it may know the station by."""
        first, tried = self.identity, list[HubIdentity]()
        answered = False
        try:
            reply = self._ask(method, path, content, headers, created)
            while reply.status == 401 and (now := self.identity) is not None:
                tried.append(now)
                code = code_in(reply)
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
    ) -> Reply:
        body = len(content or b"")
        expected = self._meter.estimate.seconds_for(body) or 0.0
        patience = self._patience.for_seconds(expected, self._meter.silence())
        timeout = httpx.Timeout(patience.byte, connect=patience.connect).as_dict()
        extensions = {"trace": self._line.trace, "timeout": timeout}
        self._line.buffer, self._line.pace = self._meter.estimate.buffer(), self._meter.estimate.pace()
        self._line.silence = patience.byte
        if content is not None:
            headers = {**(headers or {}), "Content-Length": str(body)}
        pieces = _in_records(content, self._meter.estimate.record())
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
                    reply = Reply(response.status_code, response.headers, _all_of(response))
                finally:
                    response.close()
        except httpx.TransportError as error:
            code = self._code_of(error)
            if self._line.is_cut:  # the handshake of a connection that was cut fails as if nobody had been there
                code = "hub.timeout" if self._line.overdue else "hub.broken_off"
            if code in _BROKEN:
                self._meter.note(Exchange(body, self._line.seconds(), broken=True))
            raise HubError(code) from error
        except ssl.SSLError as error:  # the pin is looked at within httpx, which does not know of it
            raise HubError(authority.code_of(error, through_proxy=self._through_proxy) or "hub.broken_off") from error
        sent = self._line.sent(body) if body else None
        self._meter.note(Exchange(body + len(reply.content), self._line.seconds(), sent=sent))
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


def _in_records(content: bytes | None, size: int) -> Iterator[bytes] | None:
    """The body in pieces that become a TLS record each."""
    if content is None:
        return None
    return (content[at : at + size] for at in range(0, len(content), size))


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
