"""The station writes the parcel of the contract's vector byte for byte, and reads the answer to it."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest

from station.dossier.delivery import OutboxEvent
from station.errors import InputError
from station.sync.courier.answer import AnswerTaker, open_answer
from station.sync.courier.parcels import ParcelWriter, Sender
from station.sync.receipts import HubKey
from tests.unit.sync.invented import PageBox
from tests.unit.sync.memory_ledger import MemoryLedger
from tests.unit.sync.model_feed import ModelFeed

CONTRACT = Path(__file__).parents[2] / "contract" / "v1"
VECTOR: dict[str, Any] = json.loads((CONTRACT / "vectors" / "parcel.json").read_text(encoding="utf-8"))
KEY = HubKey(base64.b64decode(VECTOR["public_key"]))


def counter() -> tuple[MemoryLedger, PageBox]:
    """What waits: the event and the pages of the example."""
    ledger, pages = MemoryLedger(), PageBox()
    asked = [
        one["request"] for one in json.loads((CONTRACT / "examples" / "deliver.json").read_text("utf-8"))["exchanges"]
    ]
    told = next(one["json"]["events"][0] for one in asked if "json" in one)
    for one in asked:
        if one.get("body_base64"):
            pages.add(base64.b64decode(one["body_base64"]))
    told["created_at"], told["pages"] = datetime.fromisoformat(told["created_at"]), tuple(told["pages"])
    ledger.enqueue(OutboxEvent(**told))
    return ledger, pages


def test_the_station_writes_the_parcel_of_the_vector(tmp_path: Path) -> None:
    manifest = VECTOR["manifest"]
    sender = Sender(
        "T01",
        VECTOR["token"],
        base64.b64decode(VECTOR["request_seed"]),
        VECTOR["station_courier_key"],
        manifest["cursor"],
        manifest["trail_head"],
    )
    made = datetime.fromisoformat(manifest["made_at"])
    written = ParcelWriter(*counter(), VECTOR["hub_courier_key"], lambda: made).write(tmp_path, sender)
    content = (tmp_path / written.files[0]).read_bytes()
    tar = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(VECTOR["hub_identity"])])
    assert tar == base64.b64decode(VECTOR["tar_base64"])


def test_the_station_takes_the_receipt_and_the_changes_out_of_the_answer_of_the_vector(tmp_path: Path) -> None:
    file = tmp_path / "T01.tsa"
    file.write_bytes(base64.b64decode(VECTOR["answer_base64"]))
    answer = open_answer(file, VECTOR["station_identity"], "T01", KEY)
    assert answer == VECTOR["answer"]
    ledger, feed = counter()[0], ModelFeed()
    taken = AnswerTaker(ledger, feed, KEY).take(answer)
    assert (taken.received, taken.refused, taken.waiting, taken.changes) == (1, 0, 0, 1)
    assert ledger.pending() == []
    assert AnswerTaker(ledger, feed, KEY).take(answer).changes == 0, "what was read is not read twice"
    with pytest.raises(InputError, match=r"courier\.other_station"):
        open_answer(file, VECTOR["station_identity"], "T02", KEY)
