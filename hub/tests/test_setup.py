"""Setting a hub up: enrolling stations, and what the hub says when it is set up wrongly."""

from __future__ import annotations

import errno
import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from provincial_hub import toml_sections
from provincial_hub.errors import SetupError
from provincial_hub.settings import Stations, enrol

IN_USE = os.strerror(errno.EADDRINUSE)


def test_an_enrolled_station_is_known_by_its_token_and_the_token_is_kept_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "stations.toml"
    first, second = enrol(file, "T01"), enrol(file, "xa.an-binh")
    stations = Stations.load(file)
    assert (stations.owner_of(first), stations.owner_of(second)) == ("T01", "xa.an-binh")
    assert stations.owner_of(first[:-1]) is None
    assert first not in file.read_text()


@pytest.mark.parametrize(
    "text", ["['an']\nname = 'x'\n", "[ an ]\nname = 'x'\n", "[an]\nname = 'x'\n[[an.credentials]]\nid = 'x'\n", "[an]"]
)
def test_a_section_that_cannot_be_found_by_its_first_line_is_not_said_to_be_gone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match="only a person"):
        toml_sections.cut(file, "an")
    with pytest.raises(SetupError, match="only a person"):
        toml_sections.put(file, "an", {"name": "Y"})
    assert file.read_text(encoding="utf-8") == text


def test_two_who_write_at_the_same_moment_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "stations.toml"
    names = [f"T{number:02}" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: enrol(file, name), names))
    assert sorted(toml_sections.read(file)) == names


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a" * 33, "T01\n", "trạm"])
def test_a_name_that_could_not_be_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupError):
        enrol(tmp_path / "stations.toml", name)


def test_a_station_is_not_enrolled_twice(tmp_path: Path) -> None:
    enrol(tmp_path / "stations.toml", "T01")
    with pytest.raises(SetupError, match="enrolled already"):
        enrol(tmp_path / "stations.toml", "T01")


@pytest.mark.parametrize("text", ["[T01", "T01 = 3", '[T01]\ntoken = "x"', '[T01]\ntoken_sha256 = "x"'])
def test_a_wrong_stations_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "stations.toml").write_text(text)
    with pytest.raises(SetupError, match=r"stations\.toml"):
        Stations.load(tmp_path / "stations.toml")


def test_two_stations_cannot_share_a_token(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="same token"):
        Stations.load(tmp_path / "stations.toml", ["T01:x", "T02:x"])


def test_an_enrolled_station_can_deliver(own_hub: Any, sealed: Any, post: Any) -> None:
    told = json.loads(own_hub.command("enrol", "--station", "T09").stdout)
    own_hub.start({})
    assert told["key"] == own_hub.key
    (answer,) = post(own_hub.station(token=told["token"]), sealed(station="T09"))
    assert answer["status"] == "accepted"


def test_a_second_hub_on_the_same_folder_is_refused(hub: Any) -> None:
    second = hub.command("serve", "--station", "T01:x")
    assert second.returncode == 2
    assert "another hub is running" in second.stderr


def test_a_hub_whose_port_is_taken_says_so(own_hub: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        second = own_hub.command("serve", "--station", "T01:x", "--port", str(port))
    assert second.returncode == 2
    assert second.stderr.startswith(f"provincial-hub: cannot listen on port {port} of 127.0.0.1: {IN_USE}")


def test_a_hub_without_stations_says_how_to_invite_one(own_hub: Any) -> None:
    started = own_hub.command("serve")
    assert started.returncode == 2
    assert "provincial-hub invite" in started.stderr


def test_listing_a_folder_without_a_hub_is_an_error_not_an_empty_list(own_hub: Any) -> None:
    assert own_hub.command("list", "--json").returncode == 2
