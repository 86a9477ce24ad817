"""No network at all: dossiers go to the province on a stick, are answered on it, and are there once."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.piles import BIRTH, MARRIAGE, RESIDENCE, TRAY
from tests.journeys.programs import AStation, Hub, StationFailedError, _hub, until
from tests.journeys.test_kill_and_sync import assert_held, received, serve

Told = dict[str, Any]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub to which no line leads: its port is known, and closed."""
    hub = Hub(tmp_path / "hub")
    with socket.create_server(("127.0.0.1", 0)) as free:
        hub.port = free.getsockname()[1]
    hub.url = f"http://127.0.0.1:{hub.port}"
    yield hub
    hub.kill()


@pytest.fixture
def station(tmp_path: Path, hub: Hub) -> Iterator[AStation]:
    station = AStation(tmp_path / "station", TRAY, hub)
    yield station
    if station.process.is_running():
        station.kill()


def courier_read(hub: Hub, parcel: Path, stick: Path) -> tuple[int, Told]:
    asked = [*_hub("courier-read", hub.data), str(parcel), "--answer", str(stick)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def killed_while_reading(hub: Hub, parcel: Path, stick: Path) -> None:
    """As soon as the first page of it lies at the hub."""
    asked = [*_hub("courier-read", hub.data), str(parcel), "--answer", str(stick)]
    with subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reading:
        while reading.poll() is None and not any((hub.data / "pages").rglob("*[0-9a-f]")):
            time.sleep(0.01)
        reading.kill()


def test_three_dossiers_go_by_stick_and_are_there_once_whatever_is_killed_or_read_twice(
    hub: Hub, station: AStation, tmp_path: Path
) -> None:
    stick, key = tmp_path / "stick", tmp_path / "key.json"
    stick.mkdir()
    station.do("switch", online=False)
    sealed = {serve(station, pile): pile for pile in (BIRTH, MARRIAGE)}
    with pytest.raises(StationFailedError, match=r"courier\.no_key"):
        station.do("write_parcel", folder=str(stick))
    hub._say("courier-key", "--station", "T01", "--out", str(key))
    station.do("learn_key", file=str(key))
    (name,) = station.do("write_parcel", folder=str(stick))
    parcel = stick / name
    assert received(station) == 0
    assert b"full_name" not in parcel.read_bytes()

    killed_while_reading(hub, parcel, stick)
    status, told = courier_read(hub, parcel, stick)
    assert (status, told["events"], told["accepted"]) == (0, 2, 2)
    with pytest.raises(StationFailedError, match=r"courier\.not_for_us"):
        station.do("take_answer", file=str(parcel))
    assert station.do("take_answer", file=told["answer"]) == {"received": 2, "refused": 0, "waiting": 0}
    assert station.do("take_answer", file=told["answer"])["received"] == 2
    assert received(station) == 2

    sealed[serve(station, RESIDENCE)] = RESIDENCE
    (third,) = station.do("write_parcel", folder=str(stick))
    status, last = courier_read(hub, stick / third, stick)
    assert (status, last["events"], last["accepted"]) == (0, 1, 1)
    hub.start()  # the line is back before the answer is
    station.do("switch", online=True)
    assert until(lambda: received(station) == 3), station.do("state")
    assert station.do("take_answer", file=last["answer"]) == {"received": 1, "refused": 0, "waiting": 0}
    assert_held(hub, sealed)
    station.close()
