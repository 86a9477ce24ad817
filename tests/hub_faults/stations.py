"""Stations that bring small dossiers without a pause, and remember every word that the hub gave them."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from .node import STATIONS, Node, token

_EXAMPLE = Path(__file__).parents[2] / "contract" / "v1" / "examples" / "deliver.json"
_PAUSE = 0.05
_PIECE, _BETWEEN_PIECES = 16_384, 0.01
"""A large page comes in such pieces, with that pause between two: one is nearly always in the middle."""
AWAY = {(503, "hub.storage")}
"""The only refusal that a fault of the hub's own may bring."""
AGAIN = (422, "page.hash_mismatch")
"""After a power cut the end of a page's beginning may be no longer what came: the hub finds that, and begins again."""

_Batch = dict[int, tuple[dict[str, Any], list[bytes]]]


@dataclass
class Promised:
    """What the hub said, by all stations together."""

    pages: dict[tuple[str, str], int] = field(default_factory=dict)
    """Size of each page that was acknowledged, by station and SHA-256."""
    receipts: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    refusals: Counter[tuple[int, str]] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    """Pages on their way when the line broke: nobody said what became of them. By station."""
    broken: list[str] = field(default_factory=list)
    """Words that were taken back or make no sense."""


class Stations:
    """Each is a thread that turns to the next node where one does not answer."""

    def __init__(self, nodes: Sequence[Node], seed: int, first: int = 1) -> None:
        self.promised = Promised()
        self._nodes, self._stop, self._first = nodes, threading.Event(), first
        self._ends = float("inf")
        self._putting: dict[str, Node] = {}
        model = json.loads(_EXAMPLE.read_text(encoding="utf-8"))
        self._model = model["exchanges"][1]["request"]["json"]["events"][0]
        self._threads = [
            threading.Thread(target=self._work, args=(station, random.Random(f"{seed}/{station}")))
            for station in STATIONS
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for(self, receipts: int, seconds: float) -> None:
        """Until so many more receipts came, or so long."""
        wanted, ends = len(self.promised.receipts) + receipts, time.monotonic() + seconds
        while len(self.promised.receipts) < wanted and time.monotonic() < ends:
            time.sleep(_PAUSE)

    def wait_for_refusals(self, refusals: int, seconds: float) -> None:
        """Until so many more requests were put off, or so long."""
        wanted, ends = self.promised.refusals.total() + refusals, time.monotonic() + seconds
        while self.promised.refusals.total() < wanted and time.monotonic() < ends:
            time.sleep(_PAUSE)

    def wait_for_upload(self, nodes: Sequence[Node], seconds: float) -> int:
        """Until a page is on its way to one of these nodes, or so long; how many are."""
        ends = time.monotonic() + seconds
        while True:
            under_way = sum(node in nodes for node in self._putting.copy().values())
            if under_way or time.monotonic() > ends:
                return under_way
            time.sleep(0.002)

    def finish(self, patience: float = 60) -> None:
        """Begin no dossier any more and bring those that were begun to their end."""
        self._ends = time.monotonic() + patience
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, station: str, dice: random.Random) -> None:
        seq, turn = self._first, dice.randrange(len(self._nodes))
        headers = {"Authorization": f"Bearer {token(station)}"}
        with httpx.Client(headers=headers, timeout=15, trust_env=False) as client:
            while not self._stop.is_set():
                batch: _Batch = {}
                for _ in range(dice.randint(1, 4)):
                    contents = [dice.randbytes(_size(dice)) for _ in range(dice.randint(1, 4))]
                    batch[seq] = (self._sealed(station, seq, contents), contents)
                    seq += 1
                while any((station, number) not in self.promised.receipts for number in batch):
                    if time.monotonic() > self._ends:
                        self.promised.broken.append(f"{station}: no receipt in the time after the last strike")
                        return
                    turn = (turn + 1) % len(self._nodes)
                    try:
                        self._bring(client, station, self._nodes[turn], batch)
                    except httpx.TransportError:
                        time.sleep(_PAUSE)

    def _bring(self, client: httpx.Client, station: str, node: Node, batch: _Batch) -> None:
        """Say the events, put what is missing, and ask for the receipts."""
        address, events = node.address, [event for event, _ in batch.values()]
        if not self._say(client, address, events):
            return
        for number, (_, contents) in batch.items():
            if (station, number) not in self.promised.receipts:
                for content in contents:
                    self._putting[station] = node
                    try:
                        self._put(client, address, station, content)
                    finally:
                        del self._putting[station]
        self._say(client, address, events)

    def _say(self, client: httpx.Client, address: str, events: list[dict[str, Any]]) -> bool:
        response = client.post(f"{address}/v1/events", json={"events": events})
        if response.status_code != 200:
            return self._refused(response)
        for event, answer in zip(events, response.json()["answers"], strict=True):
            key = event["station"], event["seq"]
            if answer["status"] == "accepted":
                if self.promised.receipts.setdefault(key, answer["receipt"]) != answer["receipt"]:
                    self.promised.broken.append(f"{key[0]}/{key[1]}: another receipt than before")
            elif answer["status"] != "need_pages" or key in self.promised.receipts:
                self.promised.broken.append(f"{key[0]}/{key[1]}: {answer['status']}")
        return True

    def _put(self, client: httpx.Client, address: str, station: str, content: bytes) -> None:
        name, offset = hashlib.sha256(content).hexdigest(), 0
        for _ in range(3):
            told = {
                "Upload-Offset": str(offset),
                "Upload-Length": str(len(content)),
                "Content-Length": str(len(content) - offset),
            }
            try:
                response = client.put(f"{address}/v1/pages/{name}", content=_pieces(content[offset:]), headers=told)
            except httpx.ConnectError:
                raise
            except httpx.TransportError:
                self.promised.cut[station] += 1
                raise
            if response.status_code in (200, 201):
                self.promised.pages[station, name] = len(content)
                return
            if (station, name) in self.promised.pages and response.status_code != 503:
                self.promised.broken.append(f"{station}: a page was acknowledged, then {response.status_code}")
            if response.status_code != 409:
                self._refused(response)
                return
            offset = int(response.headers["Upload-Offset"])

    def _refused(self, response: httpx.Response) -> bool:
        self.promised.refusals[response.status_code, response.json()["error"]["code"]] += 1
        time.sleep(_PAUSE)
        return False

    def _sealed(self, station: str, seq: int, contents: list[bytes]) -> dict[str, Any]:
        event = copy.deepcopy(self._model)
        names = [hashlib.sha256(content).hexdigest() for content in contents]
        event |= {"seq": seq, "station": station, "dossier_id": f"dossier-{station}-{seq}", "pages": names}
        shape = event["body"]["pages"][0]
        event["body"]["pages"] = [
            {**shape, "number": number, "sha256": name, "size": len(content)}
            for number, (name, content) in enumerate(zip(names, contents, strict=True), 1)
        ]
        return event


def _pieces(content: bytes) -> Iterator[bytes]:
    yield content[:_PIECE]
    for first in range(_PIECE, len(content), _PIECE):
        time.sleep(_BETWEEN_PIECES)
        yield content[first : first + _PIECE]


def _size(dice: random.Random) -> int:
    """Mostly small, so that there are thousands; some as large as a scanned page is."""
    return 300_000 if dice.random() < 0.05 else dice.randint(200, 6_000)
