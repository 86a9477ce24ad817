"""A counter whose loop is taken turn by turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .looping_counter import Counter


@pytest.fixture
def counter() -> Iterator[Counter]:
    counter = Counter()
    yield counter
    counter.loop.close()
