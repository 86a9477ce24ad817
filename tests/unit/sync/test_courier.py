"""Parcels as they lie on a stick that is pulled out, full or too small, and answers that are not for this station."""

from __future__ import annotations

import hashlib
import io
import json
import resource
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.courier import Written
from station.dossier.delivery import Delivery
from station.dossier.signed_document import canonical, signed
from station.errors import InputError, StoreError
from station.sync.courier.answer import AnswerTaker, open_answer
from station.sync.courier.key_file import read_key_file
from station.sync.courier.parcels import ParcelWriter, Sender
from station.sync.receipts import HubKey
from station.sync.wire import event_bytes

from .invented import PageBox, TurnedClock, event, image
from .memory_ledger import MemoryLedger
from .model_feed import ModelFeed

ROOT = Path(__file__).parents[3]
HUB = pyrage.x25519.Identity.generate()
OWN = pyrage.x25519.Identity.generate()
SIGNER = Ed25519PrivateKey.generate()
KEY = HubKey(SIGNER.public_key().public_bytes_raw())
SENDER = Sender("T01", "token", bytes(range(32)), str(OWN.to_public()), 4, None)


class Counter:
    """A station with dossiers that wait, and the stick."""

    def __init__(self, dossiers: int, size: int = 3000) -> None:
        self.ledger, self.pages = MemoryLedger(), PageBox()
        for seq in range(1, dossiers + 1):
            names = tuple(self.pages.add(image(10 * seq + at, size)) for at in range(2))
            body = {"number": str(seq), "pages": [{"sha256": name, "size": len(self.pages[name])} for name in names]}
            self.ledger.enqueue(event(seq, names, body=body))

    def write(self, folder: Path, largest: int = 1 << 30, *, whole: bool = False) -> Written:
        writer = ParcelWriter(self.ledger, self.pages, str(HUB.to_public()), TurnedClock().now, largest)
        return writer.write(folder, SENDER, whole=whole)


def opened(file: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(file.read_bytes(), [HUB])), mode="r:") as tape:
        for about in tape:
            inside = tape.extractfile(about)
            assert inside is not None
            yield about.name, inside.read()


def test_a_parcel_says_what_is_in_it_and_holds_the_very_bytes_of_the_line(tmp_path: Path) -> None:
    counter = Counter(3)
    counter.ledger.sent.add(counter.ledger.events["T01", 2].pages[0])
    written = counter.write(tmp_path)
    (name,) = written.files
    (first, told), *members = opened(tmp_path / name)
    manifest = json.loads(told)
    assert first == "manifest.json"
    assert canonical(manifest) == told
    assert (manifest["count"], manifest["highest_seq"], manifest["cursor"]) == (3, 3, 4)
    listed = [(one["name"], one["sha256"]) for one in manifest["members"]]
    assert listed == [(name, hashlib.sha256(content).hexdigest()) for name, content in members]
    events = {name: content for name, content in members if name.startswith("events/")}
    assert events == {f"events/{one.seq}.json": event_bytes(one) for one in counter.ledger.pending()}
    assert (written.events, written.pages, len(members)) == (3, 5, 8)
    assert counter.write(tmp_path / "..", whole=True).pages == 6


def test_what_does_not_fit_goes_into_further_parcels_each_with_the_event_of_its_pages(tmp_path: Path) -> None:
    counter = Counter(3)
    written = counter.write(tmp_path, largest=6_000)
    assert len(written.files) > 3
    pages: list[str] = []
    for name in written.files:
        members = list(opened(tmp_path / name))[1:]
        announced = [json.loads(content)["pages"] for of, content in members if of.startswith("events/")]
        brought = [of.removeprefix("pages/") for of, _ in members if of.startswith("pages/")]
        assert set(brought) <= set(chain.from_iterable(announced))
        assert sum(512 + len(content) for _, content in members) <= 6_000
        pages += brought
    assert len(pages) == len(set(pages)) == 6


def test_a_stick_that_is_pulled_while_it_is_written_holds_no_parcel_and_the_next_write_is_whole(tmp_path: Path) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from tests.unit.sync.test_courier import Counter
counter = Counter(3, 200_000)
read, left = counter.pages.read, iter(range(4))
def pulled(sha256):
    if next(left) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(sha256)
counter.pages.read = pulled
counter.write(Path(sys.argv[1]))
"""
    asked = [sys.executable, "-c", program, str(tmp_path)]
    assert subprocess.run(asked, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    (half,) = tmp_path.iterdir()
    assert half.name.endswith(".tsc.part")
    with pytest.raises((pyrage.DecryptError, OSError)):
        pyrage.decrypt(half.read_bytes(), [HUB])
    written = Counter(3, 200_000).write(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == list(written.files)


def test_a_stick_that_takes_no_more_is_said_to_be_full_and_nothing_half_stays_on_it(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, before[1]))
    try:
        with pytest.raises(InputError, match=r"courier\.no_room"):
            Counter(3).write(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_read_is_told_as_what_it_is(tmp_path: Path) -> None:
    counter = Counter(2)

    def read(sha256: str) -> bytes:
        raise StoreError("store.page_missing")

    counter.pages.read = read  # type: ignore[method-assign]
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        counter.write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_and_a_key_that_is_none_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"courier\.no_folder"):
        Counter(1).write(tmp_path / "gone")
    with pytest.raises(InputError, match=r"courier\.no_key"):
        ParcelWriter(MemoryLedger(), PageBox(), "age1nobody", TurnedClock().now)


def answer(file: Path, to: pyrage.x25519.Identity = OWN, by: Ed25519PrivateKey = SIGNER, **members: Any) -> Path:
    told = {"kind": "parcel_answer", "station": "T01", "answers": [], "after": 0, "changes": [], "cursor": 0} | members
    file.write_bytes(pyrage.encrypt(canonical(signed(told, by)), [to.to_public()]))
    return file


def test_nothing_is_taken_that_the_hub_did_not_sign_for_this_station(tmp_path: Path) -> None:
    file = tmp_path / "T01.tsa"
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"to": HUB}, "courier.not_for_us"),
        ({"by": Ed25519PrivateKey.generate()}, "courier.not_signed"),
        ({"kind": "change"}, "courier.not_signed"),
        ({"station": "T02"}, "courier.other_station"),
    ]
    for members, code in wrong:
        with pytest.raises(InputError) as refused:
            open_answer(answer(file, **members), str(OWN), "T01", KEY)
        assert refused.value.code == code
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(InputError, match=r"courier\.not_for_us"):
        open_answer(file, str(OWN), "T01", KEY)
    assert open_answer(answer(file), str(OWN), "T01", KEY)["station"] == "T01"


def test_an_event_is_received_by_a_receipt_of_its_own_and_by_nothing_else(tmp_path: Path) -> None:
    ledger = Counter(4).ledger
    one, two, three, _ = ledger.pending()

    def receipt(of: Any, by: Ed25519PrivateKey) -> dict[str, Any]:
        told = {
            "station": "T01", "seq": of.seq, "dossier_id": of.dossier_id, "pages": list(of.pages), "hub_number": "H1",
            "received_at": "2026-11-23T08:00:00+07:00", "durable": True,
        }  # fmt: skip
        return {"seq": of.seq, "status": "accepted", "receipt": signed(told, by)}

    reason = {"code": "dossier.version", "message": "the hub holds version 2"}
    answers = [
        receipt(one, SIGNER),
        receipt(two, Ed25519PrivateKey.generate()),
        {"seq": 3, "status": "conflict", "reason": reason},
        {"seq": 4, "status": "need_pages", "pages": [ledger.events["T01", 4].pages[0]]},
        {"seq": 77, "status": "accepted", "receipt": {}},
        "nonsense",
    ]
    document = open_answer(answer(tmp_path / "a.tsa", answers=answers), str(OWN), "T01", KEY)
    taker = AnswerTaker(ledger, ModelFeed(), KEY)
    for _ in range(2):
        taken = taker.take(document)
        assert (taken.received, taken.refused, taken.waiting) == (1, 1, 1)
    states = [ledger.progress(f"T01-{seq}") for seq in (1, 2, 3, 4)]
    assert [one.delivery for one in states if one] == [
        Delivery.RECEIVED, Delivery.WAITING, Delivery.REFUSED, Delivery.WAITING,
    ]  # fmt: skip
    assert three.seq == 3


def test_the_hubs_key_comes_from_a_file_that_the_hub_has_signed_for_this_station(tmp_path: Path) -> None:
    file, told = tmp_path / "key.json", {"kind": "courier", "station": "T01", "courier_key": str(HUB.to_public())}
    file.write_bytes(canonical(signed(told, SIGNER)))
    assert read_key_file(file, "T01", KEY.raw) == str(HUB.to_public())
    with pytest.raises(InputError, match=r"courier\.other_station"):
        read_key_file(file, "T02", KEY.raw)
    for content in (b"{}", b"[", canonical(signed(told, Ed25519PrivateKey.generate())), canonical(told)):
        file.write_bytes(content)
        with pytest.raises(InputError, match=r"courier\.not_signed"):
            read_key_file(file, "T01", KEY.raw)
