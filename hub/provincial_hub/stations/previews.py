"""Keeps the previews that stations send ahead of their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.preview_books import PreviewBooks


class Previews:
    """The last one of a page counts."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now

    async def keep(self, station: str, sha256: str, media_type: str, content: bytes) -> bool:
        """False where it took the place of another."""
        at = self._now().isoformat()

        async def work(books: PreviewBooks) -> bool:
            return await books.put(station, sha256, media_type, content, at)

        return await self._ledger.carry_out(PreviewBooks, work, f"preview {station}/{sha256}")
