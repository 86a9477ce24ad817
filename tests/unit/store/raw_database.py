"""Every byte of a station's database as somebody with its key would see it: slack, free pages and the log too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
"""SQLCipher 4: AES-256-CBC, each page ends in its IV, an HMAC and padding."""
LOG_HEAD, FRAME_HEAD = 32, 24


def decrypted(file: Path, key: bytes) -> Iterator[bytes]:
    """The pages of the file and of its write-ahead log."""
    content = file.read_bytes()
    for start in range(0, len(content), PAGE):
        skip = SALT if start == 0 else 0
        yield _page(content[start : start + PAGE], key, skip)
    log = file.with_name(f"{file.name}-wal")
    if log.exists():
        content = log.read_bytes()
        for start in range(LOG_HEAD, len(content), FRAME_HEAD + PAGE):
            number = int.from_bytes(content[start : start + 4], "big")
            yield _page(content[start + FRAME_HEAD : start + FRAME_HEAD + PAGE], key, SALT if number == 1 else 0)


def _page(page: bytes, key: bytes, skip: int) -> bytes:
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(page[skip : PAGE - RESERVED]) + decryptor.finalize()
