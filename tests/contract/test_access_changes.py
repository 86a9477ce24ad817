"""A station changes its key and its token at a real hub, and dies at every point of it; and a hub that went back."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.store import migrations
from station.store.database import Database
from station.store.database_copy import copy_database

from . import killed_access
from .test_real_hub import TOKEN, HubProcess

pytestmark = pytest.mark.journey

PROGRAM = Path(killed_access.__file__)
EVERY = "1" if os.environ.get("EVERY_FAULT") else "6"
"""All points take a minute; every sixth shows in the suite that none of them is a bad one."""
KEY = bytes(range(32))


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    hub.close()


@pytest.fixture
def arguments(hub: HubProcess, tmp_path: Path) -> list[str]:
    file = tmp_path / "station.db"
    database = Database(file, KEY)
    migrations.bring_forward(database)
    database.close()
    return [str(file), KEY.hex(), hub.url, hub.key.raw.hex(), TOKEN]


def register(hub: HubProcess) -> dict[str, Any]:
    """What the hub knows the station by."""
    with sqlite3.connect(hub.data / "hub.db") as books:
        books.row_factory = sqlite3.Row
        return dict(books.execute("SELECT * FROM station WHERE name = 'T01'").fetchone())


@pytest.mark.parametrize("death", ["kill", "lose"])
def test_wherever_a_change_is_broken_off_the_next_request_is_heard_and_the_change_ends(
    hub: HubProcess, arguments: list[str], death: str
) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests.contract.killed_access", *arguments, death, EVERY],
        capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    *lines, last = [json.loads(line) for line in said.stdout.splitlines()] or [{"exit": said.stderr}]
    assert last == {"exit": 0}, said.stderr
    deaths, after = lines[::2], lines[1::2]
    assert len(deaths) == len(after) > 3
    for died, found in zip(deaths, after, strict=True):
        assert (found["wanted"], found["in_use"]) == (False, True), died
    assert len({found["token"] for found in after}) > 3, "the token was changed again and again"
    station = killed_access.Station(arguments)
    known = station.access.identities(TOKEN).current
    station.change()
    assert register(hub)["token_sha256"] == station.token_sha256()
    assert register(hub)["next_token_sha256"] is None
    assert station.client.identity == known
    station.close()


def test_a_hub_or_a_station_from_before_the_change_still_knows_the_other(
    hub: HubProcess, arguments: list[str], tmp_path: Path
) -> None:
    station = killed_access.Station(arguments)
    station.change()
    earlier = tmp_path / "earlier.db"
    copy_database(station.database, earlier)
    before = register(hub)
    station.access.want_change()
    station.change()
    changed = register(hub)
    assert before["token_sha256"] != changed["token_sha256"]
    assert before["request_key"] != changed["request_key"]

    with sqlite3.connect(hub.data / "hub.db") as books:  # the hub is brought back from a backup
        books.execute(
            "UPDATE station SET token_sha256 = ?, request_key = ?", (before["token_sha256"], before["request_key"])
        )
    station.client.changes(0)
    station.change()
    assert register(hub)["token_sha256"] == changed["token_sha256"]
    assert register(hub)["request_key"] == changed["request_key"]
    station.close()

    restored = killed_access.Station([str(earlier), *arguments[1:]])  # and the station
    restored.client.changes(0)
    restored.change()
    assert register(hub)["token_sha256"] == changed["token_sha256"] == restored.token_sha256()
    restored.close()
