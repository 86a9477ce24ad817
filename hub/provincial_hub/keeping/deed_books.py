"""Who did what at the hub: rows that are written in the transaction of the deed itself, and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import deeds


class DeedBooks(Books):
    """Open for one transaction."""

    async def write(
        self,
        at: str,
        by: str,
        deed: str,
        *,
        dossier_id: str | None = None,
        station: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Write one deed down. `detail` is JSON, without a value of any dossier."""
        row = {"at": at, "by": by, "deed": deed, "dossier_id": dossier_id, "station": station}
        text = json.dumps(detail or {}, ensure_ascii=False, sort_keys=True)
        await self._connection.execute(insert(deeds).values(**row, detail=text))
