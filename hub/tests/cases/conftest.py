"""The hub's books, on either engine."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.tests.cases.opened_books import Books, opened


@pytest.fixture
def books(database: str, tmp_path: Path) -> Iterator[Books]:
    with asyncio.Runner() as runner:
        hub = opened(runner.run, database, tmp_path)  # type: ignore[arg-type]
        yield hub
        runner.run(hub.ledger.close())
