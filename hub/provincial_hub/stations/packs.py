"""Packs of procedures (contract/v1/changes.md): checked, kept, and told to stations by a signed change."""

from __future__ import annotations

import hashlib
import io
import re
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import datetime

from provincial_hub.errors import RefusedError, SetupError
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.pack_books import Pack, PackBooks
from provincial_hub.lost_versions import lost_versions
from provincial_hub.receipts import Signer
from provincial_hub.receiving.pages import is_sha256

LARGEST_PACK = 8 << 20
LARGEST_UNPACKED = 64 << 20
LARGEST_MEMBER = 1 << 20
MOST_MEMBERS = 5_000
_MEMBER = re.compile(r"(procedures|calendar|forms)/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.toml")
_ENCRYPTED = 0x1


class Packs:
    """What stations were told of they may have; nobody else can tell that it is there."""

    def __init__(self, ledger: Ledger, signer: Signer, now: Callable[[], datetime]) -> None:
        self._ledger, self._signer, self._now = ledger, signer, now

    async def offer(self, content: bytes, stations: Sequence[str]) -> Pack:
        """Keep a pack and tell these stations of it; raises `SetupError` where it is none."""
        check(content)
        sha256, at = hashlib.sha256(content).hexdigest(), self._now().isoformat()

        async def work(books: PackBooks) -> int:
            version = await books.keep(sha256, content, at, await lost_versions(books.beside(EventBooks)))
            told = {"version": version, "sha256": sha256, "size": len(content)}
            changes = books.beside(ChangeBooks)
            for station in sorted(set(stations)):
                await books.offer(station, sha256)
                await changes.tell(station, "procedures", told, at, self._signer)
            return version

        return Pack(sha256, await self._ledger.carry_out(PackBooks, work, "packs"), content)

    async def for_station(self, station: str, sha256: str) -> bytes:
        """Raises `RefusedError("procedures.none")`."""
        found = None
        if is_sha256(sha256):
            async with self._ledger.transaction(PackBooks) as books:
                found = await books.offered(station, sha256)
        if found is None:
            raise RefusedError("procedures.none", "this station was told of no such pack")
        return found.content


def check(content: bytes) -> None:
    """What every station would check first; raises `SetupError` with what is wrong, and where."""
    if len(content) > LARGEST_PACK:
        raise SetupError(f"a pack has at most {LARGEST_PACK >> 20} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SetupError("this is no sound ZIP archive") from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if not 0 < len(members) <= MOST_MEMBERS:
        raise SetupError(f"a pack has 1 to {MOST_MEMBERS} files")
    if len({member.filename.casefold() for member in members}) < len(members):
        raise SetupError("two files of the pack have the same name")
    unpacked = 0
    for member in members:
        if not _MEMBER.fullmatch(member.orig_filename):
            raise SetupError(f"{member.filename!r} is no procedures/NAME.toml, calendar/NAME.toml or forms/NAME.toml")
        plain = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not plain or member.flag_bits & _ENCRYPTED:
            raise SetupError(f"{member.filename} is neither stored nor deflated")
        with archive.open(member) as opened:
            text = opened.read(LARGEST_MEMBER + 1)
        unpacked += len(text)
        if len(text) > LARGEST_MEMBER or unpacked > LARGEST_UNPACKED:
            raise SetupError(f"{member.filename}: the pack is too large when unpacked")
        try:
            tomllib.loads(text.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SetupError(f"{member.filename}: {error}") from error
