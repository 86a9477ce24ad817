"""Two nodes on one PostgreSQL and one object store, killed, cut off and refilled: no receipt for what is gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from provincial_hub import inspection
from provincial_hub.settings import Settings

from tests.faults.disks import SmallDisk, small_disk
from tools.servers.postgres import Postgres
from tools.servers.seaweed import SeaweedFS

from .conftest import Hub

PATIENCE = 60.0


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, and fail where it never comes."""
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)


class Province:
    """Two nodes with one key, each with a spool of its own."""

    def __init__(self, root: Path, postgres: Postgres, seaweed: SeaweedFS, disk: SmallDisk | None) -> None:
        self.postgres, self.seaweed, self.disk = postgres, seaweed, disk
        url = postgres.new_database()
        user, _, rest = url.partition("@")
        secrets = {"password": user.rpartition(":")[2], "access": seaweed.access_key, "secret": seaweed.secret_key}
        root.mkdir()
        for name, secret in secrets.items():
            (root / name).write_text(secret)
        self.nodes = []
        for name in ("node-1", "node-2"):
            folder = root / name
            folder.mkdir()
            spool = disk.place if disk is not None and name == "node-1" else folder / "spool"
            (folder / "hub.toml").write_text(
                f"""
                node = "{name}"
                key = "{root}/hub.key"
                [database]
                url = "{user.rpartition(":")[0]}@{rest}"
                password_file = "{root}/password"
                connections = 6
                [pages]
                store = "s3"
                bucket = "{seaweed.bucket}"
                endpoint = "{seaweed.endpoint}"
                access_key_file = "{root}/access"
                secret_key_file = "{root}/secret"
                [spool]
                folder = "{spool}"
                grace_hours = 0
                """
            )
            self.nodes.append(Hub(folder))

    def start(self) -> None:
        for node in self.nodes:
            node.start(TOKENS)

    def elsewhere(self) -> int:
        """How many pages lie in no place that the first node reaches; fails on a gap that either finds."""
        found = [inspection.verify(Settings.load(node.data, {})) for node in self.nodes]
        assert [one.gaps for one in found] == [[], []]
        return found[0].elsewhere


TOKENS = {f"N{number}": f"token-of-N{number}" for number in range(8)}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, seaweed: SeaweedFS) -> Iterator[Province]:
    root = tmp_path_factory.mktemp("province")
    with small_disk(root) as disk:
        made = Province(root / "hub", postgres, seaweed, disk)
        made.start()
        yield made
        for node in made.nodes:
            node.kill()


def test_two_pages_that_come_to_their_end_on_two_nodes_at_once_make_one_receipt(
    province: Province, sealed: Any, post: Any, put: Any
) -> None:
    first, second = (node.station(token=TOKENS["N0"]) for node in province.nodes)
    events, contents = [], []
    for seq in range(1, 13):
        pair = (b"first of %d" % seq, b"second of %d" % seq)
        events.append(sealed(*pair, seq=seq, station="N0"))
        contents.append(pair)
    post(first, *events)
    with ThreadPoolExecutor(2) as pool:
        for one, other in contents:
            together = threading.Barrier(2)

            def send(station: httpx.Client, content: bytes, together: threading.Barrier = together) -> int:
                together.wait()
                return int(put(station, content).status_code)

            assert list(pool.map(send, (first, second), (one, other))) == [201, 201]
        asked = list(pool.map(lambda station: post(station, *events), (first, second)))
    assert asked[0] == asked[1]
    numbers = sorted(int(answer["receipt"]["hub_number"].rpartition("-")[2]) for answer in asked[0])
    assert numbers == list(range(numbers[0], numbers[0] + len(events)))


def test_a_dossier_that_two_stations_bring_at_once_belongs_to_one_of_them(
    province: Province, sealed: Any, post: Any
) -> None:
    together = threading.Barrier(2)

    def bring(number: int, dossier: str) -> str:
        station = province.nodes[number].station(token=TOKENS[f"N{number + 1}"])
        event = sealed(seq=int(dossier), station=f"N{number + 1}", dossier=f"shared-{dossier}")
        together.wait()
        return str(post(station, event)[0]["status"])

    with ThreadPoolExecutor(2) as pool:
        for dossier in map(str, range(1, 9)):
            ends = sorted(pool.map(bring, (0, 1), (dossier, dossier)))
            assert ends[0] == "accepted"
            assert ends[1] in ("conflict", "rejected")


def test_receipts_go_on_while_the_object_store_is_down_and_a_killed_node_finishes_what_was_left(
    province: Province, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    first, second = province.nodes
    event = sealed(page, b"small", seq=1, station="N3")
    province.seaweed.stop()
    try:
        post(first.station(token=TOKENS["N3"]), event)
        assert put(first.station(token=TOKENS["N3"]), b"small").status_code == 201
        assert put(second.station(token=TOKENS["N3"]), page).status_code == 201
        (answer,) = post(first.station(token=TOKENS["N3"]), event)
        assert answer["status"] == "accepted"
        until(lambda: httpx.get(f"{second.address}/readyz", trust_env=False, timeout=30).json()["failing"] == ["pages"])
        assert httpx.get(f"{second.address}/readyz", trust_env=False, timeout=30).status_code == 200
        second.kill()
    finally:
        province.seaweed.start()
    second.start(TOKENS)
    until(lambda: province.elsewhere() == 0)
    name = event["pages"][0]
    kept = second.data / "spool" / ".complete" / "N3" / name[:2] / name
    assert not kept.exists() or kept.read_bytes() == page
    assert post(second.station(token=TOKENS["N3"]), event) == [answer]


def test_a_node_whose_spool_is_full_takes_nothing_more_and_the_other_one_does(
    province: Province, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    if province.disk is None:
        pytest.skip("a small disk needs root")
    first, second = (node.station(token=TOKENS["N4"]) for node in province.nodes)
    event = sealed(page, seq=1, station="N4")
    post(first, event)
    province.disk.fill(but=len(page) // 2)
    try:
        refused = put(first, page)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "hub.storage")
        assert "Retry-After" in refused.headers
        assert post(first, event)[0]["status"] == "need_pages"
        assert put(second, page).status_code == 201
        assert post(first, event)[0]["status"] == "accepted"
    finally:
        province.disk.clear()
    until(lambda: province.elsewhere() == 0)


def test_nothing_that_was_acknowledged_is_gone_after_postgresql_was_cut_off_and_nodes_were_killed_under_load(
    province: Province, sealed: Any, put: Any
) -> None:
    receipts: dict[tuple[str, int], dict[str, Any]] = {}
    stop, told = threading.Event(), set()

    def say(client: httpx.Client, event: dict[str, Any]) -> str:
        response = client.post("/v1/events", json={"events": [event]})
        if response.status_code != 200:
            told.add((response.status_code, response.json()["error"]["code"]))
            return ""
        (answer,) = response.json()["answers"]
        if answer["status"] == "accepted":
            receipts[event["station"], event["seq"]] = answer["receipt"]
        return str(answer["status"])

    def deliver(station: str, node: int) -> None:
        """As a station does: again and again, by turns at both nodes, until it has its receipt."""
        seq = 0
        while not stop.is_set():
            seq += 1
            content = f"page of {station}/{seq}".encode() * 400
            event = sealed(content, seq=seq, station=station)
            while (station, seq) not in receipts and not stop.is_set():
                node = 1 - node
                try:
                    with httpx.Client(
                        base_url=province.nodes[node].address,
                        headers={"Authorization": f"Bearer {TOKENS[station]}"},
                        timeout=10,
                        trust_env=False,
                    ) as client:
                        if say(client, event) == "need_pages" and put(client, content).status_code in (200, 201):
                            say(client, event)
                except httpx.TransportError:
                    stop.wait(0.05)

    with ThreadPoolExecutor(3) as pool:
        ends = [pool.submit(deliver, station, number % 2) for number, station in enumerate(("N5", "N6", "N7"))]
        for strike in (province.postgres.restart, province.nodes[1].restart, province.postgres.restart):
            before = len(receipts)
            until(lambda before=before: len(receipts) >= before + 5)  # type: ignore[misc]
            strike()
        before = len(receipts)
        until(lambda: len(receipts) >= before + 5)
        stop.set()
        for end in ends:
            end.result()
    until(lambda: province.elsewhere() == 0)
    rows = inspection.holdings(Settings.load(province.nodes[0].data, {}))
    held = {(row["station"], row["seq"]): row["hub_number"] for row in rows}
    assert told <= {(503, "hub.storage")}
    assert {key: held[key] for key in receipts} == {key: one["hub_number"] for key, one in receipts.items()}
