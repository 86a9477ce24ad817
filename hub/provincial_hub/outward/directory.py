"""A target that is a folder: one file a dossier, replaced whole, for an adapter that picks files up (LGSP)."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from provincial_hub.keeping.durable import sync_folder
from provincial_hub.keeping.outgoing_books import Message
from provincial_hub.outward.composing import Composed, Composer
from provincial_hub.outward.targets import MessageRefusedError, TargetFailedError

FetchPage = Callable[[str, str], Awaitable[bytes]]
"""The content of a station's page by its SHA-256."""


class Directory:
    """`fetch` is None where pages are not wanted; else they stand in `pages/` before the file that names them."""

    def __init__(
        self, name: str, folder: Path, composer: Composer, fetch: FetchPage | None, longest: float = 60
    ) -> None:
        self.name = name
        self.longest = longest
        self._folder = folder
        self._composer = composer
        self._fetch = fetch

    async def hand_over(self, message: Message) -> None:
        composed = await self._composer.whole(message.dossier_id)
        try:
            async with asyncio.timeout(self.longest):
                await self.put(message.dossier_id, composed)
        except TimeoutError as error:
            raise TargetFailedError("target.timeout") from error
        except OSError as error:
            raise TargetFailedError("target.folder") from error

    async def put(self, dossier_id: str, composed: Composed) -> None:
        """Write a dossier's pages, where they are wanted, and then its file; raises `OSError`."""
        if self._fetch is not None:
            for sha256 in composed.pages:
                if not (self._folder / "pages" / sha256).exists():
                    await self._put_page(composed.station, sha256, self._fetch)
        content = json.dumps(composed.document, ensure_ascii=False, indent=1).encode("utf-8")
        await asyncio.to_thread(_replace, self._folder / f"{dossier_id}.json", content)

    async def close(self) -> None:
        """Nothing is open."""

    async def _put_page(self, station: str, sha256: str, fetch: FetchPage) -> None:
        try:
            content = await fetch(station, sha256)
        except FileNotFoundError as error:  # in the spool of another node, which brings it to the store
            raise TargetFailedError("page.not_here_yet") from error
        except OSError as error:
            raise TargetFailedError("page.store") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise MessageRefusedError("page.hash_mismatch")
        await asyncio.to_thread(_replace, self._folder / "pages" / sha256, content)


def _replace(file: Path, content: bytes) -> None:
    """An adapter sees the old file or the new one, never half; what is half written begins with a dot."""
    file.parent.mkdir(mode=0o750, exist_ok=True)
    partial = file.with_name(f".{file.name}.new")
    with open(partial, "wb", opener=lambda path, flags: os.open(path, flags, 0o640)) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)
    sync_folder(file.parent)
