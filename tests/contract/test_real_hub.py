"""The real sync room against the real hub, as two processes, over a line that breaks and through a killed hub."""

from __future__ import annotations

import copy
import dataclasses
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station.clock import SystemClock
from station.dossier.delivery import Delivery, OutboxEvent
from station.errors import HubError
from station.sync.answers import Refusal, Standing
from station.sync.hub_client import HubClient
from station.sync.loop import SyncLoop
from station.sync.receipts import HubKey
from station.sync.thread import SyncThread
from tools.servers.hub import start_hub

from ..unit.sync.chaos_proxy import chaos
from ..unit.sync.invented import PageBox, event, image
from ..unit.sync.memory_ledger import MemoryLedger

pytestmark = pytest.mark.journey

EXAMPLE = Path(__file__).parents[2] / "contract" / "v1" / "examples" / "deliver.json"
TOKEN = "token-of-T01"


class HubProcess:
    """The hub as IT would start it."""

    def __init__(self, data: Path, port: int = 0) -> None:
        self.data = data
        self.process, ready = start_hub(data, "--port", str(port), "--station", f"T01:{TOKEN}")
        self.url = str(ready["listening"])
        self.url = self.url if self.url.startswith("http") else f"http://{self.url}"
        self.port = int(self.url.rpartition(":")[2].rstrip("/"))
        self.key = HubKey.parse(ready["key"])
        assert self.key.key_id == ready["key_id"]

    def close(self) -> None:
        """Kill it: a hub must stand that at any moment."""
        self.process.kill()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def holdings(self) -> list[dict[str, Any]]:
        command = [sys.executable, "-m", "provincial_hub", "list", "--data", str(self.data), "--json"]
        rows: list[dict[str, Any]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return rows


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    hub.close()


@pytest.fixture(scope="module")
def body() -> dict[str, Any]:
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    told = next(each["request"]["json"] for each in example["exchanges"] if "json" in each["request"])
    return dict(told["events"][0]["body"])


def sealed(seq: int, pages: PageBox, body: dict[str, Any], *sizes: int) -> OutboxEvent:
    """An event as a station makes it: the example's dossier with these pages."""
    names = tuple(pages.add(image(100 * seq + at, size)) for at, size in enumerate(sizes))
    own = copy.deepcopy(body)
    own["number"] = f"T01-261120-{seq:04}"
    own["values"] = [value for value in own["values"] if value["page"] is None]
    own["pages"] = [
        {**own["pages"][0], "number": at, "sha256": name, "size": len(pages[name])} for at, name in enumerate(names, 1)
    ]
    return event(seq, names, body=own)


def deliver(hub_url: str, key: HubKey, ledger: MemoryLedger, pages: PageBox) -> None:
    """Run the sync thread until the outbox is empty."""
    clock = SystemClock()
    loop = SyncLoop(ledger, pages, HubClient(hub_url, TOKEN, practice=True), key, clock, lambda: 0.05)
    sync = SyncThread(loop, clock)
    sync.start()
    deadline = time.monotonic() + 120
    while ledger.pending() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sync.stop()


def assert_held(hub: HubProcess, ledger: MemoryLedger) -> None:
    """The hub holds exactly the events of the outbox, each with a receipt, and all their pages."""
    assert [progress.delivery for progress in ledger.standing.values()] == [Delivery.RECEIVED] * len(ledger.events)
    rows = {(row["station"], row["seq"]): row for row in hub.holdings()}
    assert set(rows) == set(ledger.events)
    for key, told in ledger.events.items():
        receipt = ledger.standing[key].receipt
        assert receipt is not None
        assert rows[key]["hub_number"] == receipt.hub_number
        assert [(page["sha256"], page["complete"]) for page in rows[key]["pages"]] == [(p, True) for p in told.pages]


def test_dossiers_reach_the_real_hub_whole(hub: HubProcess, body: dict[str, Any]) -> None:
    ledger, pages = MemoryLedger(), PageBox()
    for seq in range(1, 6):
        ledger.enqueue(sealed(seq, pages, body, 150_000, 70_000))
    ledger.enqueue(sealed(6, pages, body))
    deliver(hub.url, hub.key, ledger, pages)
    assert_held(hub, ledger)


def test_dossiers_reach_the_real_hub_over_a_line_that_resets(hub: HubProcess, body: dict[str, Any]) -> None:
    ledger, pages = MemoryLedger(), PageBox()
    for seq in (1, 2):
        ledger.enqueue(sealed(seq, pages, body, 200_000))
    with chaos(hub.port, [900, 30_000, 70_000, 5_000, 120_000, 66_000]) as proxy:
        deliver(proxy.url, hub.key, ledger, pages)
        assert proxy.resets == 6
    assert_held(hub, ledger)


def test_a_hub_killed_again_and_again_loses_nothing(hub: HubProcess, body: dict[str, Any]) -> None:
    ledger, pages = MemoryLedger(), PageBox()
    for seq in range(1, 7):
        ledger.enqueue(sealed(seq, pages, body, 180_000, 180_000))
    delivery = threading.Thread(target=deliver, args=(hub.url, hub.key, ledger, pages))
    delivery.start()
    try:
        for _ in range(2):
            before = len(ledger.sent)
            while len(ledger.sent) < before + 2 and ledger.pending():
                time.sleep(0.005)
            hub.close()
            restarted = HubProcess(hub.data, hub.port)
            hub.process, hub.key = restarted.process, restarted.key
    finally:
        delivery.join()
    assert_held(hub, ledger)


def test_a_dossier_that_the_hub_refuses_is_set_aside_and_the_next_goes_through(
    hub: HubProcess, body: dict[str, Any]
) -> None:
    ledger, pages = MemoryLedger(), PageBox()
    ledger.enqueue(event(1, body={"number": "nothing of what the contract wants"}))
    ledger.enqueue(sealed(2, pages, body, 1000))
    deliver(hub.url, hub.key, ledger, pages)
    assert ledger.standing["T01", 1].delivery is Delivery.REFUSED
    assert ledger.standing["T01", 1].detail
    assert ledger.standing["T01", 2].delivery is Delivery.RECEIVED


def test_the_real_hubs_refusals_have_their_codes(hub: HubProcess, body: dict[str, Any]) -> None:
    stranger = HubClient(hub.url, "nobody", practice=True)
    with pytest.raises(HubError, match=r"hub.unknown_station"):
        stranger.tell([event(1)])
    stranger.close()
    client = HubClient(hub.url, TOKEN, practice=True)
    with pytest.raises(HubError, match=r"hub.other_station"):
        client.tell([dataclasses.replace(sealed(1, PageBox(), body), station="T02")])
    elsewhere = HubClient(f"{hub.url}/elsewhere", TOKEN, practice=True)
    with pytest.raises(HubError, match=r"hub.wrong_address"):
        elsewhere.tell([event(1)])
    elsewhere.close()
    assert isinstance(client.tell([event(seq) for seq in range(1, 52)]), Refusal)
    assert client.health()
    pages = PageBox()
    told = sealed(1, pages, body, 100_000)
    client.tell([told])
    assert client.send_page(told.pages[0], pages[told.pages[0]], 0) == Standing(65536, complete=False)
    assert client.ask_page(told.pages[0]) == Standing(65536, complete=False)
    client.close()
