"""A page coded once more, smaller, for somebody to look at."""

from __future__ import annotations

from dataclasses import dataclass

MOST_BYTES = 64 << 10
"""What a preview may have (contract/v1)."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One coding of a page. The page itself stays what it is; this is never evidence of anything."""

    media_type: str
    content: bytes
