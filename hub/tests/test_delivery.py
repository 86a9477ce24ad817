"""Delivering dossiers to a hub that is killed, interrupted and lied to."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from provincial_hub import inspection
from provincial_hub.settings import Settings


def test_a_dossier_is_delivered_acknowledged_listed_and_verified(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    station, event = hub.station(), sealed(page)
    assert post(station, event) == [{"seq": 1, "status": "need_pages", "pages": event["pages"]}]
    assert put(station, page).status_code == 201
    (answer,) = post(station, event)
    assert answer["status"] == "accepted"
    row = next(row for row in json.loads(hub.command("list", "--json").stdout) if row["station"] == hub.one)
    assert row["hub_number"] == answer["receipt"]["hub_number"]
    assert row["received_at"] == answer["receipt"]["received_at"]
    assert row["pages"] == [{"sha256": event["pages"][0], "size": len(page), "complete": True}]
    checked = hub.command("verify")
    assert (checked.returncode, json.loads(checked.stdout)["gaps"]) == (0, 0)


def test_the_last_page_settles_the_event_even_if_the_station_never_asks_again(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    station = hub.station()
    post(station, sealed(page))
    put(station, page)
    assert hub.holdings()[0]["status"] == "accepted"


@dataclass(frozen=True, slots=True)
class Killed:
    """A hub that was killed and started again, and what stood there before, each at a station of its own."""

    key: str
    receipt: str
    receipts: list[dict[str, Any]]
    waiting: str
    midway: str
    unverified: str
    spoilt: str
    renamed: str


@pytest.fixture(scope="module")
def killed(shared: Any, unused: Any, sealed: Any, page: bytes, post: Any, put: Any, held: Any) -> Killed:
    """One kill for all: a start costs more than everything that is done here."""
    if not shared.running:
        shared.start()
    receipt, waiting, midway, unverified, spoilt, renamed = (f"A{next(unused)}" for _ in range(6))
    key, name = shared.key, hashlib.sha256(page).hexdigest()
    for station in (receipt, waiting, midway, unverified, spoilt, renamed):
        post(shared.station(station), sealed(page, station=station))
    put(shared.station(receipt), page)
    receipts = post(shared.station(receipt), sealed(page, station=receipt))
    put(shared.station(unverified), page, 0, 1000)
    put(shared.station(spoilt), page, 0, 4096)
    with shared.connect() as wire:
        wire.sendall(_put_head(midway, page) + page[:100_000])
        assert held(shared.station(midway), page, least=100_000) == 100_000
        shared.kill()
    (shared.data / "spool" / unverified / name).write_bytes(page)
    (shared.data / "spool" / spoilt / name).write_bytes(bytes(4096))  # what a power cut can leave
    folder = shared.data / "pages" / renamed / name[:2]
    folder.mkdir(parents=True)
    (folder / name).write_bytes(page)
    shared.start()
    return Killed(key, receipt, receipts, waiting, midway, unverified, spoilt, renamed)


def test_a_receipt_survives_the_hub_and_is_given_again_unchanged(
    killed: Killed, hub: Any, sealed: Any, page: bytes, post: Any
) -> None:
    assert hub.key == killed.key
    assert killed.receipts[0]["status"] == "accepted"
    assert post(hub.station(killed.receipt), sealed(page, station=killed.receipt)) == killed.receipts


def test_an_event_survives_a_kill_right_after_need_pages(killed: Killed, hub: Any, page: bytes, put: Any) -> None:
    assert put(hub.station(killed.waiting), page).status_code == 201
    hub.one = killed.waiting
    assert hub.holdings()[0]["status"] == "accepted"


def test_a_page_is_continued_after_the_hub_was_killed_in_the_middle_of_it(
    killed: Killed, hub: Any, sealed: Any, page: bytes, post: Any, put: Any, held: Any
) -> None:
    station = hub.station(killed.midway)
    offset = held(station, page)
    assert offset == 100_000
    assert put(station, page, offset).status_code == 201
    assert post(station, sealed(page, station=killed.midway))[0]["status"] == "accepted"
    assert inspection.verify(Settings.load(hub.data)).gaps == []


def test_what_arrived_before_the_connection_broke_is_kept(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any, held: Any
) -> None:
    post(hub.station(), sealed(page))
    with hub.connect() as wire:
        wire.sendall(_put_head(hub.one, page) + page[:123_456])
    assert held(hub.station(), page, least=123_456) == 123_456
    assert put(hub.station(), page, 123_456).status_code == 201


def test_the_newest_request_wins_over_one_that_hangs(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any, held: Any
) -> None:
    post(hub.station(), sealed(page))
    with hub.connect() as hanging:
        hanging.sendall(_put_head(hub.one, page) + page[:50_000])
        assert held(hub.station(), page, least=50_000) == 50_000
        assert put(hub.station(), page, 50_000, 60_000).status_code == 202
        hanging.sendall(b"\0" * 1000)  # the old request wakes up: nothing of it may be written any more
        assert hanging.recv(100).startswith(b"HTTP/1.1 409")
    assert put(hub.station(), page, 60_000).status_code == 201
    assert inspection.verify(Settings.load(hub.data)).gaps == []


def test_a_page_that_is_complete_but_was_never_verified_is_finished_with_an_empty_body(
    killed: Killed, hub: Any, page: bytes, put: Any
) -> None:
    assert put(hub.station(killed.unverified), page, len(page)).status_code == 201


def test_what_a_power_cut_left_of_a_page_is_dropped_when_its_hash_is_wrong(
    killed: Killed, hub: Any, page: bytes, put: Any
) -> None:
    assert put(hub.station(killed.spoilt), page, 4096).status_code == 422
    assert put(hub.station(killed.spoilt), page).status_code == 201


def test_a_page_already_renamed_when_the_hub_died_is_not_trusted_before_it_is_sent_again(
    killed: Killed, hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    station, event = hub.station(killed.renamed), sealed(page, station=killed.renamed)
    assert post(station, event)[0]["status"] == "need_pages"
    assert put(station, page).status_code == 201
    assert post(station, event)[0]["status"] == "accepted"


def test_a_page_of_another_station_is_as_unknown_as_any_other(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    post(hub.station(), sealed(page))
    put(hub.station(), page)
    event = sealed(page, station=hub.other)
    assert put(hub.station(hub.other), page).status_code == 404
    assert post(hub.station(hub.other), event)[0]["status"] == "need_pages"
    assert put(hub.station(hub.other), page).status_code == 201


def test_one_page_settles_every_event_that_waited_for_it(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    other = page[:1000]
    post(hub.station(), sealed(page, seq=1), sealed(page, other, seq=2), sealed(page, seq=3))
    put(hub.station(), page)
    assert [row["status"] for row in hub.holdings()] == ["accepted", "need_pages", "accepted"]


def test_hub_numbers_count_without_gaps(hub: Any, sealed: Any, post: Any) -> None:
    answers = post(hub.station(), *(sealed(seq=seq) for seq in range(1, 51)))
    numbers = [int(answer["receipt"]["hub_number"].rpartition("-")[2]) for answer in answers]
    assert numbers == list(range(numbers[0], numbers[0] + 50))


def test_a_page_says_which_paper_it_is_part_of_or_does_not(hub: Any, sealed: Any, post: Any) -> None:
    for seq, (paper, status) in enumerate([(2, "need_pages"), (None, "need_pages"), (0, "rejected")], 1):
        event = sealed(b"page %d" % seq, seq=seq)
        event["body"]["pages"][0].pop("paper")
        if paper is not None:
            event["body"]["pages"][0]["paper"] = paper
        (answer,) = post(hub.station(), event)
        assert answer["status"] == status, answer


def test_an_event_that_cannot_be_written_canonically_is_malformed(hub: Any, sealed: Any) -> None:
    event = json.dumps(sealed()).replace("officer", "\\ud800")
    response = hub.station().post("/v1/events", content=f'{{"events": [{event}]}}')
    assert response.json()["answers"][0]["reason"]["code"] == "event.malformed"


def test_a_bomb_of_nested_brackets_is_refused_and_the_hub_lives_on(hub: Any) -> None:
    response = hub.station().post("/v1/events", content=b"[" * 1_000_000)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "request.malformed")
    assert hub.station().get("/v1/health").status_code == 200


def test_a_batch_over_four_mebibytes_is_refused(hub: Any) -> None:
    response = hub.station().post("/v1/events", content=b" " * ((4 << 20) + 1))
    assert (response.status_code, response.json()["error"]["code"]) == (413, "request.too_large")


def test_no_value_of_a_dossier_and_no_page_name_reaches_the_log(
    hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    event = sealed(page)
    bad = {**sealed(seq=2), "body": {**event["body"], "sealed_by": None}}
    post(hub.station(), event, bad)
    put(hub.station(), page)
    assert hub.stop() == 0
    log = hub.log.read_text()
    assert f"event {hub.one}/1: need_pages" in log
    assert f"event {hub.one}/2: rejected" in log
    for secret in ("NGUYỄN", "1990-02-01", event["pages"][0], "token-of-"):
        assert secret not in log


def test_the_key_and_the_folder_are_the_owners_alone(hub: Any) -> None:
    assert stat.S_IMODE((hub.data / "hub.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(hub.data.stat().st_mode) == 0o700


def test_verify_finds_every_gap_and_its_exit_status_says_so(
    own_hub: Any, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    own_hub.start()
    event = sealed(page, station=own_hub.one)
    post(own_hub.station(), event)
    put(own_hub.station(), page)
    own_hub.stop()
    data = Settings.load(own_hub.data)
    assert inspection.verify(data).gaps == []

    name = event["pages"][0]
    kept = data.pages / own_hub.one / name[:2] / name
    kept.write_bytes(b"\0" + page[1:])
    assert inspection.verify(data).gaps == [f"page {own_hub.one}/{name}: the content has changed"]
    kept.unlink()
    assert inspection.verify(data).gaps == [f"page {own_hub.one}/{name}: No such file or directory"]
    kept.write_bytes(page)

    with closing(sqlite3.connect(data.data.database)) as books, books:
        books.execute("UPDATE event SET receipt = replace(receipt, 'H00.', 'H01.')")
    checked = own_hub.command("verify")
    assert checked.returncode == 1
    assert "the receipt's signature is wrong" in checked.stderr
    assert "the receipt does not fit the event" in checked.stderr


def _put_head(station: str, page: bytes) -> bytes:
    lines = [
        f"PUT /v1/pages/{hashlib.sha256(page).hexdigest()} HTTP/1.1",
        "Host: hub",
        f"Authorization: Bearer token-of-{station}",
        f"Upload-Length: {len(page)}",
        f"Content-Length: {len(page)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii")
