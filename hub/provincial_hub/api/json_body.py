"""Bodies that are one small JSON document."""

from __future__ import annotations

import zlib
from typing import Any

from fastapi import Request

from provincial_hub.api.body import whole
from provincial_hub.errors import RefusedError
from provincial_hub.receiving.events import parse

LARGEST_DOCUMENT = 16 << 10


async def json_body(request: Request, limit: int = LARGEST_DOCUMENT) -> Any:
    """The document; raises `RefusedError`: `request.malformed`, `request.too_large`."""
    body = await whole(request, limit)
    if request.headers.get("Content-Encoding", "identity").lower() == "gzip":
        body = _inflated(body, limit)
    try:
        return parse(body)
    except ValueError as error:
        # The parser's own words may quote what it could not read.
        raise RefusedError("request.malformed", "the body is not JSON in UTF-8") from error


def _inflated(body: bytes, limit: int) -> bytes:
    """One gzip member (RFC 1952), to its end, and never more of it than the limit."""
    inflating = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        inflated = inflating.decompress(body, limit + 1)
    except zlib.error as error:
        raise RefusedError("request.malformed", "the body is not gzip") from error
    if len(inflated) > limit:
        raise RefusedError("request.too_large", f"at most {limit} bytes")
    if not inflating.eof or inflating.unused_data:
        raise RefusedError("request.malformed", "the body is not one whole gzip member")
    return inflated
