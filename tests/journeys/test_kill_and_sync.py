"""Sealed without a network, killed in the middle of a scan, started again: everything reaches the hub, once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys.piles import BIRTH, PILES, Pile
from tests.journeys.programs import AStation, Hub, alive, until

Told = dict[str, Any]
StartStation = Callable[..., AStation]


@dataclass(frozen=True)
class Kill:
    """When the station is killed: `after` so many announced pages of five, and `seconds` later."""

    after: int
    seconds: float
    read: bool
    """Whether the real readers read the first pile's pages, and are at work on the last's when the kill comes."""
    piles: tuple[Pile, ...] = PILES[:2]
    """All but the last are sealed before; the last is the one that is torn."""


KILLS = (
    pytest.param(Kill(after=2, seconds=0.0, read=True, piles=PILES), id="as a page is announced, while readers work"),
    pytest.param(Kill(after=3, seconds=0.06, read=False), id="between two pages"),
    pytest.param(Kill(after=4, seconds=0.119, read=False), id="as the last page is being kept"),
)


def serve(station: AStation, pile: Pile, *, read: bool = False) -> str:
    """One citizen, from the card to the seal; the dossier's id."""
    dossier = station.do("open", procedure=pile.procedure)
    assert station.do("identify", picture=pile.card)
    assert station.do("scan", read=read) == len(pile.pictures)
    finish(station, pile, read=read)
    return str(dossier)


def finish(station: AStation, pile: Pile, *, read: bool = False) -> None:
    if read:
        station.do("wait_read")
    else:
        station.do("set_kinds", kinds=pile.kinds)
        for number, told in enumerate(pile.truth, 1):
            for key in (key for key in told["fields"] if key.endswith("full_name")):
                station.do("type", page=number, key=key, value=told["fields"][key])
    station.do("note_papers")
    station.do("check_all")
    assert station.do("confirm_all")
    assert station.do("seal")


def received(station: AStation) -> int:
    return sum(told["delivery"] == "received" for told in station.do("state"))


def assert_held(hub: Hub, dossiers: dict[str, Pile]) -> list[Told]:
    """The hub holds exactly these, each once, with every page of its pile, byte for byte; its list of them."""
    rows = hub.holdings()
    assert sorted(row["dossier_id"] for row in rows) == sorted(dossiers)
    assert [row["seq"] for row in rows] == list(range(1, len(dossiers) + 1))
    assert len({row["hub_number"] for row in rows}) == len(rows)
    for row in rows:
        assert [page["sha256"] for page in row["pages"]] == dossiers[row["dossier_id"]].sha256
        assert all(page["complete"] for page in row["pages"])
    pages = sum(len(pile.pictures) for pile in dossiers.values())
    # `verify` hashes every page file anew.
    assert hub.verified() == {"receipts": len(dossiers), "pages": pages, "waiting": 0, "elsewhere": 0, "gaps": 0}
    return rows


@pytest.mark.parametrize("kill", KILLS)
def test_a_kill_in_the_middle_of_a_scan_loses_no_announced_page_and_delivers_every_seal_once(
    hub: Hub, start_station: StartStation, kill: Kill
) -> None:
    station = start_station()
    station.do("switch", online=False)
    *whole, torn = kill.piles
    sealed = {serve(station, pile, read=kill.read and pile is BIRTH): pile for pile in whole}
    last = station.do("open", procedure=torn.procedure)
    station.do("identify", picture=torn.card)
    announced = []
    for said in station.begin("scan", read=kill.read):
        announced.append(said["captured"])
        if len(announced) == kill.after:
            break
    time.sleep(kill.seconds)
    family = station.family()
    assert len(family) >= 2 or not kill.read  # without reading, only what looks for codes and pictures may run
    station.process.kill()
    assert until(lambda: not alive(family)), alive(family)
    last_words = station.last_words()
    if any("done" in said for said in last_words):
        pytest.skip("the scan was over before the kill came")
    announced += [said["captured"] for said in last_words if "captured" in said]

    station = start_station(torn.folder)
    before = {told["id"]: told for told in station.do("state")}
    assert set(before) == {*sealed, last}
    assert [before[dossier]["state"] for dossier in sealed] == ["sealed"] * len(sealed)
    assert_still_open_with(before[last], torn, announced)
    assert until(lambda: received(station) == len(sealed)), station.do("state")
    rows = assert_held(hub, sealed)
    told = [told for told in station.do("state") if told["state"] == "sealed"]
    assert [one["hub_number"] for one in told] == [row["hub_number"] for row in rows]
    assert [one["number"].rpartition("-")[2] for one in told] == ["0001", "0002", "0003"][: len(sealed)]

    go_on(station, before[last], torn)
    assert until(lambda: received(station) == len(sealed) + 1), station.do("state")
    station.close()


def assert_still_open_with(dossier: Told, pile: Pile, announced: list[Told]) -> None:
    """Each announced page is there and reads back; at most the one page more that was being announced."""
    assert dossier["state"] == "open"
    assert dossier["person_id"] == pile.truth[0]["fields"]["subject.id_number"]
    pages = dossier["pages"]
    assert [{key: page[key] for key in ("id", "number", "sha256")} for page in pages[: len(announced)]] == announced
    assert len(pages) <= len(announced) + 1
    assert [page["read_back"] for page in pages] == pile.sha256[: len(pages)]


def go_on(station: AStation, dossier: Told, pile: Pile) -> None:
    """The officer takes the interrupted dossier up again, scans the sheets that were left, and seals."""
    station.do("take_up", dossier=dossier["id"])
    for picture in pile.pictures[len(dossier["pages"]) :]:
        station.do("add_file", file=str(picture))
    finish(station, pile)


def test_a_hub_killed_in_the_middle_of_a_delivery_gets_everything_once_when_it_is_back(
    hub: Hub, start_station: StartStation
) -> None:
    station = start_station()
    station.do("switch", online=False)
    sealed = {serve(station, pile): pile for pile in PILES}
    station.do("switch", online=True, limit=50_000)
    pages = hub.data / "pages"
    assert until(lambda: any(file.is_file() for file in pages.rglob("*")), every=0.001)
    hub.kill()
    incomplete = [page for row in hub.holdings() for page in row["pages"] if not page["complete"]]
    assert incomplete, "the delivery was over before the kill"
    station.do("switch", online=True)
    assert until(lambda: "hub.unreachable" in reasons(station)), station.do("state")
    assert received(station) < 4
    hub.start()
    assert until(lambda: received(station) == 4), station.do("state")
    assert_held(hub, sealed)
    station.close()


def test_a_network_that_refuses_leaves_the_dossier_waiting_and_says_why(hub: Hub, start_station: StartStation) -> None:
    hub.kill()
    station = start_station()
    sealed = {serve(station, BIRTH): BIRTH}
    assert until(lambda: reasons(station) == {"hub.unreachable"}), station.do("state")
    (told,) = station.do("state")
    assert (told["state"], told["delivery"], told["hub_number"]) == ("sealed", "waiting", None)
    hub.start()
    assert until(lambda: received(station) == 1), station.do("state")
    assert reasons(station) == {None}
    assert_held(hub, sealed)
    station.close()


def reasons(station: AStation) -> set[str | None]:
    return {told["reason"] for told in station.do("state")}
