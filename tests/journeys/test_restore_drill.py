"""The drill: a counter at work is backed up, destroyed, brought back with the recovery key; nothing is told twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage

from station.paths import DataFolder
from station.store.keys import KeyRing
from station.store.store import Store
from tests.journeys.piles import BIRTH, COPIES, MARRIAGE, RESIDENCE, TRAY, Pile
from tests.journeys.programs import ROOT, AStation, Hub, until
from tests.journeys.station_at_work import PASSPHRASE
from tests.journeys.test_kill_and_sync import finish, received

Told = dict[str, Any]
LOOK = 0.5
"""Seconds between two looks at a station: it reads every page back at each."""
IDENTITY = pyrage.x25519.Identity.generate()


def station_command(*words: object) -> str:
    """Run a word of the command line as IT staff would; what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "station", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def what_is_kept(station: AStation) -> list[Told]:
    """Every dossier with its pages, without how far its delivery has got."""
    return [
        {name: value for name, value in told.items() if name not in ("delivery", "reason", "hub_number")}
        for told in station.do("state")
    ]


def take_in(station: AStation, pile: Pile) -> str:
    """One citizen, up to the last sheet of the pile; the dossier's id."""
    dossier = station.do("open", procedure=pile.procedure)
    subject = {key.partition(".")[2]: value for key, value in pile.truth[0]["fields"].items()}
    person = {key: subject[key] for key in ("full_name", "id_number", "birth_date", "sex")}
    assert station.do("identify_by_hand", **person) == subject["id_number"]
    assert station.do("scan") == len(pile.pictures)
    return str(dossier)


def serve(station: AStation, pile: Pile) -> None:
    """The same, and sealed."""
    take_in(station, pile)
    finish(station, pile)


def by_number(station: AStation) -> dict[str, Told]:
    return {told["number"]: told for told in station.do("state") if told["number"]}


def test_a_destroyed_counter_comes_back_and_the_hub_has_each_dossier_once(
    hub: Hub, start_station: Callable[..., AStation], tmp_path: Path
) -> None:
    old, new, usb = tmp_path / "station", tmp_path / "new machine", tmp_path / "usb"
    usb.mkdir()
    KeyRing.create(old / "keys.json", PASSPHRASE, use_keyring=False, recovery=[str(IDENTITY.to_public())])

    station = start_station()
    serve(station, BIRTH)
    assert until(lambda: received(station) == 1, every=LOOK), station.do("state")
    station.do("switch", online=False)
    serve(station, MARRIAGE)  # pending in the backup, and delivered before the disaster
    open_one = take_in(station, RESIDENCE)

    assert "bản số 1" in station_command("backup", usb, "--new-disk", "--data", old)  # beside the open counter
    before = what_is_kept(station)

    serve(station, COPIES)  # sealed after the backup: the hub will have it, the station no more
    station.do("switch", online=True)
    assert until(lambda: received(station) == 3, every=LOOK), station.do("state")
    given = by_number(station)
    lost_number = max(given)
    station.kill()
    shutil.rmtree(old)
    hub.kill()

    identity = tmp_path / "recovery.txt"
    identity.write_text(str(IDENTITY), encoding="utf-8")
    assert "bản số 1" in station_command("restore", usb, "--data", new, "--identity", identity)
    brought_back = AStation(new, TRAY, hub)
    try:
        assert what_is_kept(brought_back) == before
        assert received(brought_back) == 1, "the other is pending again"

        hub.start()
        assert until(lambda: received(brought_back) == 2, every=LOOK), brought_back.do("state")
        brought_back.do("take_up", dossier=open_one)
        finish(brought_back, RESIDENCE)
        assert until(lambda: received(brought_back) == 3, every=LOOK), brought_back.do("state")
        sealed = by_number(brought_back)
    finally:
        brought_back.close()

    rows = sorted(hub.holdings(), key=lambda row: int(row["seq"]))
    assert [row["seq"] for row in rows] == [1, 2, 3, 4]
    assert len({row["dossier_id"] for row in rows}) == 4
    assert all(page["complete"] for row in rows for page in row["pages"])
    assert [row["hub_number"] for row in rows[:3]] == [told["hub_number"] for _number, told in sorted(given.items())]
    assert all(sealed[number]["hub_number"] == given[number]["hub_number"] for number in set(given) - {lost_number})
    assert lost_number not in sealed, "no citizen's receipt has the number of another's"
    assert max(sealed).endswith("-1001")
    with Store.open(DataFolder(new), KeyRing.open(new / "keys.json", PASSPHRASE)) as store:
        (restoration,) = store.restorations.all()
        assert list(restoration.lost) == [3]
        assert store.verify() == []
        (line,) = [entry for entry in store.audit.entries() if entry.deed == "learn_what_was_lost"]
        assert line.detail == {"last_event": 2, "hub_event": 3, "lost_from": 3, "lost_to": 3}
