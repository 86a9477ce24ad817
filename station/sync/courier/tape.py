"""A parcel's inside as it is made: a plain tar, read piece by piece, so that no more than one page lies in memory."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator

_END = bytes(2 * tarfile.BLOCKSIZE)


class Tape(io.RawIOBase):
    """A file to be read once. `failure` is what `members` raised: who encrypts makes another error of it."""

    def __init__(self, members: Iterable[tuple[str, bytes]]) -> None:
        super().__init__()
        self._pieces = _pieces(members)
        self._rest = memoryview(b"")
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            try:
                piece = next(self._pieces, None)
            except Exception as error:
                self.failure = self.failure or error
                raise
            if piece is None:
                return b""
            self._rest = memoryview(piece)
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return bytes(taken)


def room_for(size: int) -> int:
    """Bytes that a member of this size takes."""
    return tarfile.BLOCKSIZE + size + -size % tarfile.BLOCKSIZE


def _pieces(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    for name, content in members:
        about = tarfile.TarInfo(name)
        about.size, about.mode = len(content), 0o600
        yield about.tobuf(tarfile.USTAR_FORMAT)
        yield content
        yield bytes(-len(content) % tarfile.BLOCKSIZE)
    yield _END
