"""The hub, and the desk at which its words are read."""

from __future__ import annotations

import pytest

from station.actions.hub_desk import HubDesk

from ..conftest import Counter
from .telling_hub import Hub


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def desk(counter: Counter) -> HubDesk:
    return HubDesk.over(
        counter.store.hub_words, counter.dossiers, counter.procedures, counter.clock, counter.guard, "T01"
    )
