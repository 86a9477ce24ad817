"""Two stations send whatever they like, in any order, to a reception that loses its memory now and then.

The reception, the database and the page files are the real ones; the model is a few dictionaries.
"""

from __future__ import annotations

import asyncio
import copy
import hashlib
import json
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from provincial_hub.app import vietnam_time
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.spool import Spool
from provincial_hub.keeping.uploads import Uploads
from provincial_hub.receipts import Signer
from provincial_hub.receiving.pages import Outcome, PagePart
from provincial_hub.reception import Reception

EXAMPLE = Path(__file__).parents[2] / "contract" / "v1" / "examples" / "deliver-without-pages.json"
MODEL_EVENT = json.loads(EXAMPLE.read_text(encoding="utf-8"))["exchanges"][0]["request"]["json"]["events"][0]
PAGES = [bytes([number]) * 10 for number in range(3)]
NAMES = [hashlib.sha256(page).hexdigest() for page in PAGES]

stations = st.sampled_from(["T01", "T02"])
numbers = st.integers(1, 4)


class BreaksOffError(Exception):
    """The sender is gone."""


class TwoStations(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.root = Path(tempfile.mkdtemp())
        self.events: dict[tuple[str, int], dict[str, Any]] = {}  # what was kept under each number
        self.aside: set[tuple[str, int]] = set()
        self.versions: dict[str, tuple[str, int]] = {}
        self.announced: set[tuple[str, str]] = set()
        self.arrived: dict[tuple[str, str], bytes] = {}
        self.complete: set[tuple[str, str]] = set()
        self.receipts: dict[tuple[str, int], dict[str, Any]] = {}
        self.open()

    def open(self) -> None:
        self.ledger = Ledger(self.runner.run(open_database(embedded(self.root / "hub.db"))))
        self.pages = PageDirectory(self.root / "pages")
        self.signer = Signer.open(self.root / "hub.key")
        uploads = Uploads(Spool(self.root / "spool"), self.pages)
        self.reception = Reception(self.ledger, uploads, self.signer, "H00", vietnam_time)

    @rule()
    def the_hub_starts_again(self) -> None:
        self.runner.run(self.ledger.close())
        self.open()

    @rule(
        station=stations,
        seq=numbers,
        dossier=st.sampled_from(["d1", "d2"]),
        base=st.integers(0, 2),
        pages=st.lists(st.sampled_from(NAMES), unique=True),
    )
    def a_station_tells_something(self, station: str, seq: int, dossier: str, base: int, pages: list[str]) -> None:
        event = copy.deepcopy(MODEL_EVENT) | {"station": station, "seq": seq, "dossier_id": dossier}
        self.send(event | {"base_version": base, "pages": pages})

    @rule(station=stations, seq=numbers)
    def a_station_repeats_itself(self, station: str, seq: int) -> None:
        if (station, seq) in self.events:
            self.send(self.events[station, seq])

    def send(self, event: dict[str, Any]) -> None:
        key = (event["station"], event["seq"])
        answer = self.runner.run(self.reception.take_event(event))
        if self.events.get(key, event) != event:
            assert (answer["status"], answer["reason"]["code"]) == ("rejected", "event.changed")
            return
        if key not in self.events:
            self.keep(key, event)
        if key in self.aside:
            assert answer["status"] == "conflict"
            return
        lacking = [name for name in event["pages"] if (key[0], name) not in self.complete]
        if lacking:
            assert answer == {"seq": key[1], "status": "need_pages", "pages": lacking}
        else:
            assert answer["status"] == "accepted"
            assert self.signer.vouches_for(answer["receipt"])
            assert self.receipts.setdefault(key, answer["receipt"]) == answer["receipt"]

    def keep(self, key: tuple[str, int], event: dict[str, Any]) -> None:
        self.events[key] = event
        self.announced.update((key[0], name) for name in event["pages"])
        owner, version = self.versions.get(event["dossier_id"], (key[0], 0))
        if (owner, version) == (key[0], event["base_version"]):
            self.versions[event["dossier_id"]] = (owner, version + 1)
        else:
            self.aside.add(key)

    @rule(
        station=stations,
        page=st.sampled_from(PAGES),
        offset=st.none() | st.integers(0, 10),
        size=st.integers(0, 10),
        spoilt=st.booleans(),
        breaks=st.booleans(),
    )
    def a_station_sends_bytes(
        self, station: str, page: bytes, offset: int | None, size: int, spoilt: bool, breaks: bool
    ) -> None:
        key = (station, hashlib.sha256(page).hexdigest())
        held = self.arrived.get(key, b"")
        offset = len(held) if offset is None else offset
        sent = (b"x" * len(page) if spoilt else page)[offset : offset + size]

        async def body() -> AsyncIterator[bytes]:
            yield sent
            if breaks:
                raise BreaksOffError

        taken: Any
        try:
            taken = self.runner.run(self.reception.take_page(*key, PagePart(offset, len(page)), body()))
        except RefusedError:
            taken = "refused"
        except BreaksOffError:
            taken = None
        assert (taken == "refused") == (key not in self.announced)
        if taken == "refused":
            return
        self.compare(key, page, offset, sent, taken)

    def compare(
        self, key: tuple[str, str], page: bytes, offset: int, sent: bytes, taken: tuple[Outcome, int] | None
    ) -> None:
        held = self.arrived.get(key, b"")
        if key in self.complete:
            assert taken == (Outcome.KNOWN, len(page))
        elif offset != len(held):
            assert taken == (Outcome.WRONG_OFFSET, len(held))
        else:
            now = self.arrived[key] = held + sent
            if taken is None or len(now) < len(page):
                assert taken in (None, (Outcome.PARTIAL, len(now)))
            elif now == page:
                assert taken == (Outcome.COMPLETE, len(page))
                self.complete.add(key)
            else:
                assert taken == (Outcome.MISMATCH, 0)
                del self.arrived[key]

    @invariant()
    def every_page_that_counts_as_complete_is_there(self) -> None:
        for station, name in self.complete:
            assert hashlib.sha256(self.pages.get(f"{station}/{name}")).hexdigest() == name

    def teardown(self) -> None:
        self.runner.run(self.ledger.close())
        self.runner.close()
        shutil.rmtree(self.root)


TestReceivingRules = TwoStations.TestCase
TestReceivingRules.settings = settings(
    max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
