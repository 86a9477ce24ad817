"""A bare machine and the real hub: invited, enrolled over the line or by a file, and told when people change."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.clock import SystemClock
from station.dossier.people import Role
from station.errors import StationError
from station.joins.first_start import Begun, FirstStart
from station.joins.trust import as_enrolled, look_for_roster, trust_desk
from station.paths import DataFolder
from station.settings import Settings
from station.store.store import Store
from station.sync.hub_client import HubClient
from station.sync.request_signature import RequestSigner
from tools.servers.hub import start_hub

pytestmark = pytest.mark.journey

OWN = "bảy con mèo vàng"
PRACTICE = Settings(practice=True)  # a hub on this machine, without TLS


class Province:
    """The hub's folder, and what its staff do on the command line."""

    def __init__(self, data: Path) -> None:
        self.data, self.first, self.code = data, "", ""

    def do(self, *words: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "provincial_hub", *words, "--data", str(self.data)]
        said: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return said

    def name(self, person_id: str, role: str) -> str:
        """The first passphrase, as it is told once."""
        words = ("people-add", "--id", person_id, "--name", f"{person_id} Mẫu", "--role", role, "--station", "xa.mau")
        return str(self.do(*words)["first_passphrase"])


@pytest.fixture
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Province:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")  # the keyring of whoever tests
    return Province(tmp_path / "hub")


@pytest.fixture
def listening(province: Province) -> Iterator[str]:
    """The hub's address; a person and an invitation are there before it starts."""
    province.first = province.name("it.mau", "it")
    province.code = province.do("invite", "--station", "xa.mau")["code"]
    process, told = start_hub(province.data)
    with process:
        yield str(told["listening"])
        process.kill()


def signs_in(folder: DataFolder, begun: Begun, person_id: str, *passphrases: str) -> frozenset[Role]:
    with Store.open(folder, begun.keys) as store:
        return trust_desk(folder, begun.keys, store, SystemClock()).sign_in(person_id, *passphrases).roles


def test_a_code_over_the_line_makes_a_station_whose_list_the_hub_renews(
    province: Province, listening: str, tmp_path: Path
) -> None:
    folder, first = DataFolder(tmp_path / "station"), province.first
    start = FirstStart(folder, PRACTICE)
    begun = start.by_hub(listening, province.code, "it.mau", first, OWN)
    assert signs_in(folder, begun, "it.mau", OWN) == {Role.IT}
    assert Settings.load(folder.settings).hub_url == listening, "or its dossiers would never leave"
    lan = province.name("lan.mau", "officer")
    with Store.open(folder, begun.keys) as store:
        trust = trust_desk(folder, begun.keys, store, SystemClock())
        settings = as_enrolled(PRACTICE, store.people.kept())
        signer = RequestSigner(store.hub_access.request_seed(), SystemClock().now)
        client = HubClient(listening, settings.hub_token, practice=True, signer=signer)
        try:
            look_for_roster(client, trust)
            assert trust.sign_in("lan.mau", lan, OWN).has(Role.OFFICER)
            province.do("people-remove", "--id", "lan.mau")
            look_for_roster(client, trust)
        finally:
            client.close()
        assert trust.attendance.officer == ""  # who is not on the list any more does not keep the seat
        with pytest.raises(StationError) as caught:
            trust.sign_in("lan.mau", OWN)
        assert caught.value.code == "people.wrong"


def test_a_file_and_its_code_do_the_same_without_a_line(province: Province, tmp_path: Path) -> None:
    first, file = province.name("it.mau", "it"), tmp_path / "xa-mau.tse"
    code = province.do("enrolment-file", "--station", "xa.mau", "--out", str(file))["code"]
    folder = DataFolder(tmp_path / "station")
    begun = FirstStart(folder, Settings()).by_file(file.read_bytes(), code, "it.mau", first, OWN)
    assert signs_in(folder, begun, "it.mau", OWN) == {Role.IT}


def test_who_came_and_who_left_is_told_on_a_stick_where_no_line_is(province: Province, tmp_path: Path) -> None:
    folder, stick = DataFolder(tmp_path / "station"), tmp_path / "stick"
    stick.mkdir()
    first, file = province.name("it.mau", "it"), tmp_path / "xa-mau.tse"
    minh = province.name("minh.mau", "supervisor")
    code = province.do("enrolment-file", "--station", "xa.mau", "--out", str(file))["code"]
    begun = FirstStart(folder, Settings()).by_file(file.read_bytes(), code, "it.mau", first, OWN)
    assert Role.SUPERVISOR in signs_in(folder, begun, "minh.mau", minh, OWN)

    def there_and_back() -> dict[str, Any]:
        """Nothing waits at the station: its parcel asks only what is new."""
        by_station(folder, "write", stick)
        (parcel,) = stick.glob("*.tsc")
        told = province.do("courier-read", str(parcel), "--answer", str(stick))
        by_station(folder, "read", Path(told["answer"]))
        parcel.unlink()
        return told

    lan = province.name("lan.mau", "officer")
    province.do("people-remove", "--id", "minh.mau")
    told = there_and_back()
    assert (told["station"], told["events"]) == ("xa.mau", 0)
    assert signs_in(folder, begun, "lan.mau", lan, OWN) == {Role.OFFICER}
    with pytest.raises(StationError) as caught:
        signs_in(folder, begun, "minh.mau", OWN)
    assert caught.value.code == "people.wrong"

    province.do("people-remove", "--id", "lan.mau")
    newer = there_and_back()
    by_station(folder, "read", Path(told["answer"]))  # the older stick turned up again
    assert newer["answer"] != told["answer"]
    with pytest.raises(StationError, match=r"people\.wrong"):
        signs_in(folder, begun, "lan.mau", OWN)


def by_station(folder: DataFolder, deed: str, place: Path) -> None:
    words = ("courier", deed, str(place), "--data", str(folder.root), "--by", "it.mau")
    subprocess.run(
        [sys.executable, "-m", "station", *words], input=f"{OWN}\n".encode(), check=True, capture_output=True
    )
