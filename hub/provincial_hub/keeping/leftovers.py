"""Drops the beginnings of pages that nobody went on sending."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta

from provincial_hub.keeping.spool import Spool

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
_EVERY = 6 * 3600.0


async def drop_leftovers(spool: Spool) -> None:
    """Look now and every few hours."""
    while True:
        dropped = await asyncio.to_thread(spool.drop_older_than, time.time() - KEPT_FOR.total_seconds())
        if dropped:
            log.info("dropped %d pages that nobody went on sending", dropped)
        await asyncio.sleep(_EVERY)
