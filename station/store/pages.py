"""Page images as encrypted files, one a page, named so that the names tell nothing.

A page is known by the SHA-256 of its bytes. The file's name is an HMAC of that, in 256 folders; its content is a
mark, a 96-bit nonce, and AES-256-GCM with the SHA-256 as associated data, so that a file put in another's place
does not open. When `keep` returns, the page survives a power cut.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.errors import StoreError
from station.store import durable
from station.store.keys import Secrets

MARK = b"TSP1"
NONCE = 12
ORPHAN_AGE = timedelta(hours=24)
"""A page is kept before the row that names it: a younger file may be one whose row is about to be written."""


class Pages:
    """Keeps and reads pages; safe to call from several threads."""

    def __init__(self, folder: Path, own: Secrets) -> None:
        """Raises `StoreError` where the folder cannot be made."""
        self._folder = folder
        self._cipher = AESGCM(own.pages)
        self._name_key = own.names
        self._sweeping = threading.Lock()
        durable.make_folder(folder)
        try:
            for number in range(256):
                (folder / f"{number:02x}").mkdir(mode=0o700, exist_ok=True)
            # Always: an earlier run may have died after making a folder and before this.
            durable.sync_folder(folder)
        except OSError as error:
            raise durable.failure(error) from error

    def keep(self, content: bytes) -> str:
        """Store durably and return the SHA-256 (hex). Keeping the same page again writes nothing.

        Raises `StoreError("store.disk_full")` and its like, with nothing half-written.
        """
        digest = hashlib.sha256(content).digest()
        file = self._file(digest)
        if not self._kept_already(file, digest):
            nonce = secrets.token_bytes(NONCE)
            durable.write(file, MARK + nonce + self._cipher.encrypt(nonce, content, digest))
        return digest.hex()

    def read(self, sha256: str) -> bytes:
        """The bytes as they were kept; raises `store.page_missing` or `store.page_damaged`."""
        digest = bytes.fromhex(sha256)
        file = self._file(digest)
        content = self._opened(file, digest)
        if content is None:
            raise StoreError("store.page_damaged" if file.exists() else "store.page_missing")
        return content

    def sweep(self, known: Collection[str], now: datetime) -> int:
        """Delete files that no row names and that are older than a day; return how many."""
        named = {self._file(bytes.fromhex(sha256)) for sha256 in known}
        limit = (now - ORPHAN_AGE).timestamp()
        swept = 0
        try:
            for file in self._folder.glob("*/*"):
                with self._sweeping:
                    if file not in named and file.stat().st_mtime < limit:
                        file.unlink()
                        swept += 1
        except OSError as error:
            raise durable.failure(error) from error
        return swept

    def _file(self, digest: bytes) -> Path:
        name = hmac.digest(self._name_key, digest, "sha256").hex()
        return self._folder / name[:2] / name

    def _opened(self, file: Path, digest: bytes) -> bytes | None:
        """The page in this file, or None where it is not there or not whole."""
        try:
            sealed = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise durable.failure(error) from error
        head = len(MARK) + NONCE
        try:
            content = self._cipher.decrypt(sealed[len(MARK) : head], sealed[head:], digest)
        except (InvalidTag, ValueError):
            return None
        return content if sealed.startswith(MARK) and hashlib.sha256(content).digest() == digest else None

    def _kept_already(self, file: Path, digest: bytes) -> bool:
        with self._sweeping:
            if self._opened(file, digest) is None:
                return False
            try:
                os.utime(file)  # as young as a new page: its row is about to be written
                durable.sync_folder(file.parent)  # another thread may not have flushed the name yet
            except OSError as error:
                raise durable.failure(error) from error
            return True
