"""Work beside the requests: begun with the node, begun again when it fails, ended with the node."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)

AGAIN_AFTER = 30.0
"""Seconds before work that failed is begun again."""

Work = Callable[[], Awaitable[None]]


@asynccontextmanager
async def running(every: Iterable[Work]) -> AsyncIterator[None]:
    """Keep all of this going while the block runs."""
    tasks = [asyncio.create_task(_kept_going(work)) for work in every]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _kept_going(work: Work) -> None:
    while True:
        try:
            return await work()
        except Exception:
            log.exception("work beside the requests failed; it begins again in %d s", AGAIN_AFTER)
        await asyncio.sleep(AGAIN_AFTER)
