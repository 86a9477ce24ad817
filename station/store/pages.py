"""Page images as encrypted files, one a page, named so that the names tell nothing.

A page is known by the SHA-256 of its bytes. The file's name is an HMAC of that, in 256 folders; its content is a
mark, the name of a dossier's key, a 96-bit nonce, and AES-256-GCM with the mark, the key's name and the SHA-256 as
associated data, so that a file put in another's place does not open. Files of before there were keys for each dossier
bear another mark and no name of a key. When `keep` returns, the page survives a power cut.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.errors import StoreError
from station.store import durable
from station.store.keys import Secrets, dossier_keys
from station.store.keys.dossier_keys import DossierKey, DossierKeys

MARK = b"TSP2"
OLD_MARK = b"TSP1"
"""Under one key for all pages, derived from the data key."""
NONCE = 12
_HEAD = len(MARK) + dossier_keys.ID
ORPHAN_AGE = timedelta(hours=24)
"""A page is kept before the row that names it: a younger file may be one whose row is about to be written."""


class Pages:
    """Keeps and reads pages; safe to call from several threads."""

    def __init__(self, folder: Path, secrets: Secrets, dossier_keys: DossierKeys) -> None:
        """Raises `StoreError` where the folder cannot be made."""
        self._folder = folder
        self._keys = dossier_keys
        self._old_cipher = AESGCM(secrets.pages)
        self._name_key = secrets.names
        self._changing = threading.Lock()
        """Held from looking at a file to replacing or removing it: else one that was just kept could be removed."""
        durable.make_folder(folder)
        try:
            for number in range(256):
                (folder / f"{number:02x}").mkdir(mode=0o700, exist_ok=True)
            # Always: an earlier run may have died after making a folder and before this.
            durable.sync_folder(folder)
        except OSError as error:
            raise durable.failure(error) from error

    def keep(self, content: bytes, dossier_id: str) -> str:
        """Store durably under the dossier's key and return the SHA-256 (hex). Keeping it again writes nothing.

        A page that another dossier had kept comes under this one's key: the other may be erased before the row is
        written that names it here. Raises `StoreError("store.disk_full")` and its like, with nothing half-written.
        """
        digest = hashlib.sha256(content).digest()
        file, key = self._file(digest), self._keys.of(dossier_id)
        with self._changing:
            if not self._kept_already(file, digest, key):
                durable.write(file, _sealed(content, digest, key))
        return digest.hex()

    def read(self, sha256: str) -> bytes:
        """The bytes as they were kept; raises `store.page_missing` or `store.page_damaged`."""
        digest = bytes.fromhex(sha256)
        file = self._file(digest)
        content = self._opened(file, digest)
        if content is None:
            raise StoreError("store.page_damaged" if file.exists() else "store.page_missing")
        return content

    def names(self, images: Iterable[str]) -> list[str]:
        """What the files of these pages are called."""
        return [self._file(bytes.fromhex(sha256)).name for sha256 in images]

    def remove_lost(self, names: Iterable[str]) -> None:
        """Remove the files of these names that no key opens any more; durable on return.

        A file that has come under another dossier's key meanwhile is that one's, and stays. One of before there were
        keys of dossiers goes.
        """
        touched = set()
        try:
            for name in names:
                file = self._folder / name[:2] / name
                with self._changing:
                    key_id = _key_of(file)
                    if key_id is None or self._keys.named(key_id) is None:
                        file.unlink(missing_ok=True)
                touched.add(file.parent)
            for folder in touched:
                durable.sync_folder(folder)
        except OSError as error:
            raise durable.failure(error) from error

    def holds(self, sha256: str) -> bool:
        """Whether the page's file is there; `read` says whether it is whole."""
        return self._file(bytes.fromhex(sha256)).exists()

    def forget_keys(self) -> None:
        """Look every key up again: some were destroyed."""
        self._keys.forget()

    def sweep(self, known: Collection[str], now: datetime) -> int:
        """Delete files that no row names and that are older than a day; return how many."""
        named = {self._file(bytes.fromhex(sha256)) for sha256 in known}
        limit = (now - ORPHAN_AGE).timestamp()
        swept = 0
        try:
            for file in self._folder.glob("*/*"):
                with self._changing:
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
        """The page in this file, or None where it is not there or not whole, or its key was destroyed."""
        try:
            sealed = file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise durable.failure(error) from error
        head, cipher = self._how_sealed(sealed)
        if cipher is None:
            return None
        try:
            content = cipher.decrypt(
                sealed[len(head) : len(head) + NONCE], sealed[len(head) + NONCE :], _bound(head, digest)
            )
        except (InvalidTag, ValueError):
            return None
        return content if hashlib.sha256(content).digest() == digest else None

    def _how_sealed(self, sealed: bytes) -> tuple[bytes, AESGCM | None]:
        """What stands before the nonce, and what opens the rest."""
        if sealed.startswith(OLD_MARK):
            return OLD_MARK, self._old_cipher
        head = sealed[:_HEAD]
        key = self._keys.named(head[len(MARK) :]) if head.startswith(MARK) else None
        return head, AESGCM(key) if key else None

    def _kept_already(self, file: Path, digest: bytes, key: DossierKey) -> bool:
        if self._opened(file, digest) is None or _key_of(file) != key.id:
            return False
        try:
            os.utime(file)  # as young as a new page: its row is about to be written
            durable.sync_folder(file.parent)  # an earlier run may have died before it flushed the name
        except OSError as error:
            raise durable.failure(error) from error
        return True


def _sealed(content: bytes, digest: bytes, key: DossierKey) -> bytes:
    head, nonce = MARK + key.id, secrets.token_bytes(NONCE)
    return head + nonce + AESGCM(key.key).encrypt(nonce, content, _bound(head, digest))


def _bound(head: bytes, digest: bytes) -> bytes:
    """The associated data; the old files knew of no key that could be named."""
    return digest if head == OLD_MARK else head + digest


def _key_of(file: Path) -> bytes | None:
    """The name of the key that a file is under; None for an old one, or where there is none."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise durable.failure(error) from error
    return head[len(MARK) :] if head.startswith(MARK) else None
