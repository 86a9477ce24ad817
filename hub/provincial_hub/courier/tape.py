"""The inside of a parcel as it is decrypted: the plainest tar there is, member by member, and nothing else.

No name is ever used as a path: there are three kinds of names, and any other is refused, as is every link, every long
name and every header that says more than a name and a size.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from provincial_hub.errors import RefusedError

BLOCK = 512
MANIFEST = "manifest.json"
_NAME = re.compile(rb"manifest\.json|events/[1-9][0-9]{0,14}\.json|pages/[0-9a-f]{64}")
_LARGEST = {"manifest.json": 8 << 20, "events": 4 << 20, "pages": 32 << 20}
_OCTAL = re.compile(rb"[0-7]{1,11}[ \0]*")


class Tape(io.RawIOBase):
    """A file to be written to. `handle` is given each member whole; what it raises is kept in `failure`, too.

    Raises `RefusedError`: `parcel.malformed`, `parcel.too_large`.
    """

    def __init__(self, handle: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self._handle = handle
        self._held = bytearray()
        self._member: tuple[str, int] | None = None
        self._ended = False
        self.failure: Exception | None = None

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        if self.failure is not None:  # who decrypts may ask once more
            raise self.failure
        self._held += piece
        try:
            while self._step():
                pass
        except Exception as error:
            self.failure = error  # who decrypts may make another error of it
            raise
        return len(piece)

    def end(self) -> None:
        """There is no more: it must have come to its end."""
        if not self._ended or self._held:
            raise RefusedError("parcel.malformed", "the tar ends too early")

    def _step(self) -> bool:
        """Take one member, one header or one block of the end; False where more has to come first."""
        if self._member is not None:
            name, size = self._member
            whole = size + -size % BLOCK
            if len(self._held) < whole:
                return False
            content = bytes(self._held[:size])
            del self._held[:whole]
            self._member = None
            self._handle(name, content)
            return True
        if len(self._held) < BLOCK:
            return False
        header = bytes(self._held[:BLOCK])
        del self._held[:BLOCK]
        if not any(header):
            self._ended = True
        elif self._ended:
            raise RefusedError("parcel.malformed", "something stands behind the end of the tar")
        else:
            self._member = _read(header)
        return True


def _read(header: bytes) -> tuple[str, int]:
    name = header[:100].rstrip(b"\0")
    octal, told = header[124:136], header[148:156]
    if not _NAME.fullmatch(name) or header[156:157] != b"0" or header[257:263] != b"ustar\0" or any(header[345:500]):
        raise RefusedError("parcel.malformed", "a member that is no manifest, event or page")
    summed = sum(header) - sum(told) + 8 * ord(" ")
    if not _OCTAL.fullmatch(octal) or not _OCTAL.fullmatch(told) or int(told.rstrip(b" \0"), 8) != summed:
        raise RefusedError("parcel.malformed", "a header of the tar is wrong")
    text, size = name.decode("ascii"), int(octal.rstrip(b" \0"), 8)
    if size > _LARGEST[text.partition("/")[0]]:
        raise RefusedError("parcel.too_large", "a member is larger than it may be")
    return text, size
