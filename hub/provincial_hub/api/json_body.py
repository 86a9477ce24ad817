"""Bodies that are one small JSON document."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from provincial_hub.api.body import whole
from provincial_hub.errors import RefusedError
from provincial_hub.receiving.events import parse

LARGEST_DOCUMENT = 16 << 10


async def json_body(request: Request, limit: int = LARGEST_DOCUMENT) -> Any:
    """The document; raises `RefusedError`: `request.malformed`, `request.too_large`."""
    body = await whole(request, limit)
    try:
        return parse(body)
    except ValueError as error:
        # The parser's own words may quote what it could not read.
        raise RefusedError("request.malformed", "the body is not JSON in UTF-8") from error
