"""Whether an address may be the hub's: encrypted, or a practice hub."""

from __future__ import annotations

import httpx

from station.errors import HubError


def checked(text: str, *, practice: bool = False) -> httpx.URL:
    """The hub's base address. Raises `HubError`: `hub.not_configured`, `hub.bad_address`, `hub.not_encrypted`."""
    if not text.strip():
        raise HubError("hub.not_configured")
    try:
        url = httpx.URL(text.strip().rstrip("/") + "/")
    except httpx.InvalidURL as error:
        raise HubError("hub.bad_address") from error
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo or url.query or url.fragment:
        raise HubError("hub.bad_address")
    if url.scheme == "http" and not practice:
        raise HubError("hub.not_encrypted")
    return url
