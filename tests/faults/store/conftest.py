"""A station that each test may kill, starve of disk space or cut off from power."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.paths import DataFolder

from .writing_station import Station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(DataFolder(tmp_path / "station"))
