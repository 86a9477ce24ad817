"""A target that gets each message as a signed HTTP request."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from provincial_hub.keeping.outgoing_books import Message
from provincial_hub.outward.facts import leaving
from provincial_hub.outward.signature import Secret
from provincial_hub.outward.targets import MessageRefusedError, TargetFailedError

# What a receiver says about itself and not about the one message: its address, its door, its load.
_ABOUT_THE_TARGET = {401, 403, 404, 405, 407, 408, 410, 425, 429}
_MOST_READ = 64 << 10

Compose = Callable[[Message], Awaitable[dict[str, Any]]]


def bare(*, free_text: bool = False) -> Compose:
    """The facts alone, in the form that Standard Webhooks advises."""

    async def compose(message: Message) -> dict[str, Any]:
        data = leaving(message, free_text=free_text)
        return {"type": message.topic, "timestamp": message.at, "data": data}

    return compose


class Webhook:
    """Only an answer of 2xx counts as taken; redirections are not followed, proxies of the environment not used."""

    def __init__(
        self,
        name: str,
        url: str,
        secret: Secret,
        now: Callable[[], datetime],
        *,
        compose: Compose,
        trust: ssl.SSLContext | None = None,
        longest: float = 30.0,
    ) -> None:
        self.name = name
        self.longest = longest
        self._url = url
        self._secret = secret
        self._now = now
        self._compose = compose
        self._client = httpx.AsyncClient(
            verify=trust or ssl.create_default_context(),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(longest, connect=min(longest, 10.0)),
            headers={"User-Agent": "provincial-hub", "Content-Type": "application/json"},
        )

    async def hand_over(self, message: Message) -> None:
        document = await self._compose(message)
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        headers = self._secret.headers(f"msg_{message.id}", int(self._now().timestamp()), body)
        try:
            async with (
                asyncio.timeout(self.longest),
                self._client.stream("POST", self._url, content=body, headers=headers) as answer,
            ):
                await _hear_out(answer)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TargetFailedError("target.timeout") from error
        except httpx.TransportError as error:
            raise TargetFailedError(_cause(error)) from error
        _judge(answer)

    async def close(self) -> None:
        await self._client.aclose()


async def _hear_out(answer: httpx.Response) -> None:
    """Read a short body, so that the connection can be used again; a long one is nobody's business."""
    read = 0
    async for piece in answer.aiter_raw():
        read += len(piece)
        if read > _MOST_READ:
            return


def _judge(answer: httpx.Response) -> None:
    status = answer.status_code
    if 200 <= status < 300:
        return
    code = f"http.{status}"
    if 400 <= status < 500 and status not in _ABOUT_THE_TARGET:
        raise MessageRefusedError(code)
    raise TargetFailedError(code, _asked(answer.headers.get("Retry-After")))


def _asked(given: str | None) -> float | None:
    """Seconds that `Retry-After` asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    if given is None:
        return None
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _cause(error: httpx.TransportError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "target.tls"
        cause = cause.__cause__ or cause.__context__
    return "target.unreachable" if isinstance(error, httpx.ConnectError) else "target.broke_off"
