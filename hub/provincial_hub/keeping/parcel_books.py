"""Which parcels were brought; one transaction at a time."""

from __future__ import annotations

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import parcels


class ParcelBooks(Books):
    """Open for one transaction."""

    async def brought(self, sha256: str, station: str, at: str, by: str) -> bool:
        """Write down that this very file was brought; False where it was before."""
        row = {"sha256": sha256, "station": station, "brought_at": at, "by": by}
        written = upsert(self._connection, parcels).values(row).on_conflict_do_nothing()
        return bool((await self._connection.execute(written)).rowcount)
