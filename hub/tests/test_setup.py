"""Setting a hub up: enrolling stations, and what the hub says when it is set up wrongly."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from provincial_hub.__main__ import main
from provincial_hub.clock import vietnam_time
from provincial_hub.errors import RefusedError, SetupError
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.stations.former_files import take_in
from provincial_hub.stations.people import four_eyes_of
from provincial_hub.stations.recovery_key import recovery_key
from provincial_hub.stations.registry import Stations, checked_name, digest_of
from provincial_hub.stations.speakers import Speakers

from tools.servers.hub import start_hub

AGE = "age1" + "q" * 58

IN_USE = os.strerror(errno.EADDRINUSE)


@pytest.fixture
def register(database: str) -> Callable[..., Any]:
    """Does something with the register of stations, in a transaction of its own."""

    def ask(work: Callable[[Stations], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            ledger = Ledger(await open_database(database))
            try:
                return await work(Stations(ledger, vietnam_time))
            finally:
                await ledger.close()

        return asyncio.run(run())

    return ask


@pytest.fixture
def speaker(database: str) -> Callable[[str], str]:
    """The name of the station with a token; `auth.unknown_station` for none."""

    def ask(token: str) -> str:
        async def run() -> str:
            ledger = Ledger(await open_database(database))
            try:
                return (await Speakers(ledger, vietnam_time).with_token(token)).station
            except RefusedError as refused:
                return refused.code
            finally:
                await ledger.close()

        return asyncio.run(run())

    return ask


def test_an_enrolled_station_is_known_by_its_token_and_the_token_is_kept_nowhere(register: Any, speaker: Any) -> None:
    first, second = register(lambda known: known.enrol("T01")), register(lambda known: known.enrol("xa.an-binh"))
    assert [speaker(token) for token in (first, second)] == ["T01", "xa.an-binh"]
    assert speaker(first[:-1]) == "auth.unknown_station"
    assert first not in str(register(lambda known: known.every()))


def test_a_new_token_ends_the_one_before(register: Any, speaker: Any) -> None:
    first = register(lambda known: known.enrol("T01"))
    with pytest.raises(SetupError, match="enrolled already"):
        register(lambda known: known.enrol("T01"))
    second = register(lambda known: known.enrol("T01", again=True))
    assert [speaker(token) for token in (first, second)] == ["auth.unknown_station", "T01"]


def test_two_stations_cannot_share_a_token(register: Any) -> None:
    with pytest.raises(SetupError, match="same token"):
        register(lambda known: known.give({"T01": "x", "T02": "x"}))
    assert register(lambda known: known.every()) == []


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a" * 33, "T01\n", "trạm"])
def test_a_name_that_could_not_be_a_folder_is_refused(name: str) -> None:
    with pytest.raises(SetupError):
        checked_name(name)


def test_the_files_of_an_earlier_hub_are_taken_in_once(tmp_path: Path) -> None:
    stations, people = tmp_path / "stations.toml", tmp_path / "people.toml"
    stations.write_text(f'[T01]\ntoken_sha256 = "{digest_of("x")}"\ntrail_key = "k"\n')
    people.write_text('four_eyes = ["discard"]\n["canbo.mau"]\nname = "A"\nroles = ["it"]\nstations = ["*"]\n')
    (tmp_path / "recovery.txt").write_text(f"{AGE}\n")

    async def run() -> tuple[Any, ...]:
        ledger = Ledger(await open_database(embedded(tmp_path / "hub.db")))
        try:
            for _ in range(2):
                await take_in(tmp_path, ledger)
            async with ledger.transaction(PersonBooks) as books:
                decided = (await recovery_key(books), await four_eyes_of(books), await books.every())
            speaker = await Speakers(ledger, vietnam_time).with_token("x")
            return decided, speaker.station, await Stations(ledger, vietnam_time).trail_key("T01")
        finally:
            await ledger.close()

    (recovery, four_eyes, (person,)), station, trail_key = asyncio.run(run())
    assert (recovery, four_eyes, person["id"], person["stations"]) == (AGE, ["discard"], "canbo.mau", ["*"])
    assert (station, trail_key) == ("T01", "k")
    assert sorted(file.name for file in tmp_path.glob("*.t*")) == [
        "people.toml.taken-in",
        "recovery.txt.taken-in",
        "stations.toml.taken-in",
    ]


@pytest.mark.parametrize("text", ["[T01", "T01 = 3", '[T01]\ntoken = "x"', '[T01]\ntoken_sha256 = "x"'])
def test_a_wrong_file_of_stations_is_named_and_stays(own_hub: Any, text: str, capsys: Any) -> None:
    own_hub.data.mkdir()
    (own_hub.data / "stations.toml").write_text(text)
    assert main(["stations", "--data", str(own_hub.data)]) == 2
    assert "stations.toml" in capsys.readouterr().err
    assert (own_hub.data / "stations.toml").exists()


def test_a_station_is_shut_out_and_let_in_again_while_the_hub_runs(hub: Any, sealed: Any, post: Any) -> None:
    station = ("--data", str(hub.data), "--station", hub.one)
    assert main(["station-shut-out", *station, "--by", "it.mau", "--reason", "stolen"]) == 0
    refused = hub.station().get("/v1/roster")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "auth.shut_out")
    assert main(["station-let-in", *station, "--by", "it.mau", "--reason", "found"]) == 0
    assert post(hub.station(), sealed())[0]["status"] == "accepted"


def test_an_enrolled_station_can_deliver(own_hub: Any, sealed: Any, post: Any) -> None:
    told = json.loads(own_hub.command("enrol", "--station", "T09").stdout)
    own_hub.start({})
    assert told["key"] == own_hub.key
    (answer,) = post(own_hub.station(token=told["token"]), sealed(station="T09"))
    assert answer["status"] == "accepted"


def test_a_second_hub_on_the_same_folder_is_refused(hub: Any) -> None:
    second = hub.process("serve", "--station", "T01:x")
    for refused in (second, hub.command("restored", "--by", "it.mau")):
        assert refused.returncode == 2
        assert "another hub is running" in refused.stderr


def test_a_hub_without_the_key_that_its_stations_believe_makes_no_other(own_hub: Any) -> None:
    assert own_hub.command("enrol", "--station", "T09").returncode == 0
    own_hub.data.joinpath("hub.key").unlink()
    words = (("restored", "--by", "it.mau"), ("invite", "--station", "T10"), ("enrol", "--station", "T10"))
    for refused in (own_hub.process("serve"), *(own_hub.command(*said) for said in words)):
        assert refused.returncode == 2
        assert f"{own_hub.data}/hub.key is missing" in refused.stderr
    assert not own_hub.data.joinpath("hub.key").exists()
    own_hub.data.joinpath("hub.key").write_text("spoilt")
    assert "holds no Ed25519 key" in own_hub.command("invite", "--station", "T10").stderr


def test_a_hub_whose_port_is_taken_says_so(own_hub: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        second = own_hub.process("serve", "--station", "T01:x", "--port", str(port))
    assert second.returncode == 2
    assert second.stderr.startswith(f"provincial-hub: cannot listen on port {port} of 127.0.0.1: {IN_USE}")


def test_a_hub_without_stations_says_how_to_invite_one(own_hub: Any) -> None:
    started = own_hub.process("serve")
    assert started.returncode == 2
    assert "provincial-hub invite" in started.stderr


def test_listing_a_folder_without_a_hub_is_an_error_not_an_empty_list(own_hub: Any) -> None:
    assert own_hub.process("list", "--json").returncode == 2


def test_what_a_hub_says_that_does_not_start_reaches_whoever_started_it(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("[listen]\nport = 99999\n")
    with pytest.raises(RuntimeError, match=r"did not start \(2\): .*hub\.toml: listen\.port wants a number"):
        start_hub(tmp_path)


def test_a_file_that_cannot_be_written_is_named_and_nobody_is_enrolled_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, no_stick = tmp_path / "hub", tmp_path / "no stick" / "file"
    assert main(["invite", "--data", str(data), "--station", "T01"]) == 0
    assert main(["enrolment-file", "--data", str(data), "--station", "T02", "--out", str(no_stick)]) == 2
    assert str(no_stick.parent) in capsys.readouterr().err
    assert main(["stations", "--data", str(data)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["enrol", "--data", str(data), "--station", "T03"]) == 0
    assert main(["courier-key", "--data", str(data), "--station", "T03", "--out", str(no_stick)]) == 2
    assert str(no_stick.parent) in capsys.readouterr().err
    assert main(["invite", "--data", "/proc/hub", "--station", "T01"]) == 2
    assert "/proc/hub: No such file or directory" in capsys.readouterr().err


def test_the_key_of_parcels_is_written_for_nobody_who_is_not_enrolled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, key = str(tmp_path / "hub"), tmp_path / "key.json"
    assert main(["enrol", "--data", data, "--station", "T01"]) == 0
    capsys.readouterr()
    assert main(["courier-key", "--data", data, "--station", "T10", "--out", str(key)]) == 2
    assert capsys.readouterr() == ("", "provincial-hub: T10 is not enrolled\n")
    assert not key.exists()
    assert main(["courier-key", "--data", data, "--station", "T01", "--out", str(key)]) == 0
    assert key.exists()


def test_a_moment_that_is_none_is_told_how_one_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["export", "--data", str(tmp_path), "--since", "2026-13-01", "--out", str(tmp_path)])
    assert "2026-13-01 is no moment: 2026-11-20" in capsys.readouterr().err


def test_a_slip_in_the_name_of_the_folder_is_told_and_the_next_word_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["people-list", "--data", str(tmp_path / "huub")]
    assert main(words) == 0
    assert capsys.readouterr() == ("", f"provincial-hub: {tmp_path}/huub was not there: a new hub begins in it\n")
    assert main(words) == 0
    assert capsys.readouterr() == ("", "")
