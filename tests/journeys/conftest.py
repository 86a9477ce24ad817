"""A hub and stations for a journey, ended when it is over however it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.piles import TRAY
from tests.journeys.programs import AStation, Hub

StartStation = Callable[..., AStation]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    hub = Hub(tmp_path / "hub")
    hub.start()
    yield hub
    hub.kill()


@pytest.fixture
def start_station(tmp_path: Path, hub: Hub) -> Iterator[StartStation]:
    """Starts the station of `tmp_path/station`; again on the same folder, once the one before has ended."""
    started: list[AStation] = []

    def start(tray: Path = TRAY, **environment: Any) -> AStation:
        started.append(AStation(tmp_path / "station", tray, hub, environment))
        return started[-1]

    yield start
    for station in started:
        if station.process.is_running():
            station.kill()
