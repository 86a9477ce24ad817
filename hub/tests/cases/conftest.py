"""The hub's books: embedded for most tests, on either engine for those that walk the whole way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from provincial_hub.keeping.database import embedded

from hub.tests.cases.opened_books import Books, opened


def _opened(url: str, folder: Path) -> Iterator[Books]:
    with asyncio.Runner() as runner:
        hub = opened(runner.run, url, folder)
        yield hub
        runner.run(hub.ledger.close())


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    yield from _opened(embedded(tmp_path / "hub.db"), tmp_path)


@pytest.fixture
def either_books(database: str, tmp_path: Path) -> Iterator[Books]:
    yield from _opened(database, tmp_path)
