"""What a reply of the hub says, and whether it was the hub's at all: what no call expects raises `HubError`.

A captive portal, a proxy and a cache answer as well, and what they say must never pass for the hub's word.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from station.errors import HubError
from station.sync.answers import NotAnnounced, Refusal
from station.sync.wire import read_refusal

_AUTH_CODES = {
    "auth.other_station": "hub.other_station",
    "auth.signature": "hub.unsigned",
    "auth.shut_out": "hub.shut_out",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came over the line."""

    status: int
    headers: httpx.Headers
    content: bytes


def must_not_be_trouble(reply: Reply) -> None:
    """Raise for what is wrong with the link, the login or the hub as a whole."""
    if reply.status == 511 or (_is_a_web_page(reply) and (reply.status < 300 or reply.status in {401, 403, 407})):
        raise HubError("hub.web_page", status=reply.status)  # a captive portal says yes to anything
    match reply.status:
        case 429 | 503:
            code = "hub.quota" if code_in(reply) == "station.quota" else "hub.busy"
            raise HubError(code, **_retry_after(reply))
        case status if status >= 500:
            raise HubError("hub.failed", status=status)
        case status if 300 <= status < 400:
            raise HubError("hub.redirected", status=status)
        case 401 | 403:
            raise HubError(_AUTH_CODES.get(code_in(reply), "hub.unknown_station"))
        case 413 if not code_in(reply):
            raise HubError("hub.body_cut")


def refusal_in(reply: Reply, never: str) -> Refusal:
    """What is refused is set aside for good: a cache that gives the answer to another request must not do that."""
    refusal = read_refusal(reply.content)
    if refusal.code.startswith(never):
        raise HubError("hub.malformed_answer", status=reply.status)
    return refusal


def code_in(reply: Reply) -> str:
    """The code of a refusal in the contract's words; empty where somebody else speaks, or there is no body."""
    try:
        return read_refusal(reply.content).code if reply.content else ""
    except HubError:
        return ""


def _retry_after(reply: Reply) -> dict[str, int]:
    """The contract's seconds; a date, or nonsense, counts as absent."""
    text = reply.headers.get("Retry-After", "")
    return {"retry_after": int(text)} if text.isascii() and text.isdigit() and len(text) < 8 else {}


def never_said(reply: Reply) -> HubError:
    if reply.status in {404, 405}:
        return HubError("hub.wrong_address", status=reply.status)
    return HubError("hub.malformed_answer", status=reply.status)


def not_announced(reply: Reply) -> NotAnnounced:
    if code_in(reply) != "page.not_announced":
        raise never_said(reply)
    return NotAnnounced()


def offset_in(reply: Reply, at_most: int | None = None) -> int:
    text = reply.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 16) or (at_most is not None and int(text) > at_most):
        raise HubError("hub.malformed_answer")
    return int(text)


def _is_a_web_page(reply: Reply) -> bool:
    media_type: str = reply.headers.get("Content-Type", "")
    return media_type.lower().startswith(("text/html", "application/xhtml"))
