"""What becomes of a request that brings (a part of) a page: taken, not needed, or to be continued elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from provincial_hub.errors import RefusedError

LARGEST_PAGE = 32 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Outcome(Enum):
    """How a PUT ended."""

    COMPLETE = "complete"  # this request brought the last byte, and the hash is right
    KNOWN = "known"  # the hub had the page already
    PARTIAL = "partial"  # more is expected from `offset`
    WRONG_OFFSET = "wrong_offset"  # nothing of this request was taken; continue from `offset`
    SUPERSEDED = "superseded"  # a newer request for the same page has taken over; nothing more of this one is read
    MISMATCH = "mismatch"  # the bytes are not this page; all of them were dropped


@dataclass(frozen=True, slots=True)
class PagePart:
    """What a request says it brings: bytes from `offset` on, of a page of `length` bytes in all."""

    offset: int
    length: int
    announced_size: int | None = None

    def __post_init__(self) -> None:
        if self.length > LARGEST_PAGE:
            raise RefusedError("page.too_large", f"a page has at most {LARGEST_PAGE} bytes")
        if self.length < 1 or not 0 <= self.offset <= self.length:
            raise RefusedError("request.malformed", "Upload-Offset and Upload-Length do not fit together")
        if self.announced_size is not None and self.offset + self.announced_size > self.length:
            raise RefusedError("request.malformed", "the body goes beyond Upload-Length")


def is_sha256(name: str) -> bool:
    """A page's name: 64 lower-case hex digits and nothing else, so that it is safe as a file name."""
    return _SHA256.fullmatch(name) is not None


def can_continue(part: PagePart, held: int) -> bool:
    """The part begins where what the hub holds ends."""
    return part.offset == held


def belongs_to_another_length(part: PagePart, held: int) -> bool:
    """More has arrived than the page is now said to have: an earlier request lied, nothing of it can be used."""
    return held > part.length
