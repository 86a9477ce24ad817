"""Counting the dossiers that were kept before anything was counted of them, once, beside the running hub."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from provincial_hub.cases.facts import facts_of
from provincial_hub.keeping.case_books import CaseBooks
from provincial_hub.keeping.ledger import Ledger

log = logging.getLogger(__name__)

_AT_ONCE = 50


async def count_earlier(ledger: Ledger, now: Callable[[], datetime]) -> None:
    """A few at a time, so that no station waits behind it; several nodes may do so at once."""
    counted, batch = 0, await _count_some(ledger, now, "")
    while batch:
        counted += len(batch)
        batch = await _count_some(ledger, now, batch[-1])
    if counted:
        log.info("counted %d dossiers that were kept before", counted)


async def _count_some(ledger: Ledger, now: Callable[[], datetime], after: str) -> list[str]:
    async with ledger.transaction(CaseBooks) as books:
        uncounted = await books.uncounted(after, _AT_ONCE)
        for dossier_id in uncounted:
            sealed = await books.sealed_event(dossier_id)
            if sealed is None:
                raise LookupError(f"dossier {dossier_id} was never sealed")
            await books.open_late(dossier_id, sealed, facts_of(sealed.body, now().tzinfo))
        return uncounted
