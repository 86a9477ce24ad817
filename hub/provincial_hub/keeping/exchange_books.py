"""What a system outside is told about one dossier, and which dossiers changed since a moment, from the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.case_books import CaseBooks
from provincial_hub.keeping.tables import cases, events, outgoing, revisions

_OF_THE_CASE = ("station", "number", "state", "received_at", "due_at", "ended_at", "official_code")


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """The newest sealed body, what became of the dossier since, and its values' texts now, by id."""

    body: dict[str, Any]
    case: dict[str, Any]
    texts: dict[str, str]


class ExchangeBooks(Books):
    """Open for one transaction."""

    async def record(self, dossier_id: str) -> HeldRecord | None:
        """As it was received whole the last time, None where it never was."""
        history = await CaseBooks(self._connection).history(dossier_id)
        corrected = select(revisions.c.version).where(revisions.c.dossier_id == dossier_id).scalar_subquery()
        sealed = (
            select(events.c.version, events.c.content, events.c.hub_number)
            .where(events.c.dossier_id == dossier_id, events.c.status == "accepted", events.c.version.not_in(corrected))
            .order_by(events.c.version.desc())
            .limit(1)
        )
        event = (await self._connection.execute(sealed)).one_or_none()
        found = await self._connection.execute(select(cases).where(cases.c.dossier_id == dossier_id))
        case = found.mappings().one_or_none()
        if history is None or event is None or case is None:
            return None
        known = {name: case[name] for name in _OF_THE_CASE}
        known |= {"dossier_id": dossier_id, "hub_number": event.hub_number, "version": history.version}
        # A newer one whose pages are still coming has other values.
        texts = history.values() if event.version == history.sealed_version else {}
        return HeldRecord(json.loads(event.content)["body"], known, texts)

    async def changed_since(self, at: str, after: str, most: int) -> list[str]:
        """Dossiers that were received, or of which something was told, from `at` on; by id, those above `after`."""
        told = select(outgoing.c.dossier_id).where(outgoing.c.at >= at)
        chosen = (
            select(cases.c.dossier_id)
            .where(cases.c.dossier_id > after, or_(cases.c.received_at >= at, cases.c.dossier_id.in_(told)))
            .order_by(cases.c.dossier_id)
            .limit(most)
        )
        return list(await self._connection.scalars(chosen))
