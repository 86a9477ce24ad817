"""What a station may bring, counted in the books; and which archives are packs of procedures."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub.errors import RefusedError, SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.stations.packs import LARGEST_MEMBER, Packs, check
from provincial_hub.stations.quotas import Allowance, Quota, Quotas

NOON = datetime(2026, 11, 23, 12, 0, 40, tzinfo=timezone(timedelta(hours=7)))
GOOD = {"procedures/9.000001.toml": "code = '9.000001'"}


def with_books(tmp_path: Path, work: Callable[[Ledger], Any]) -> None:
    async def run() -> None:
        ledger = Ledger(await open_database(embedded(tmp_path / "hub.db"), 1))
        try:
            await work(ledger)
        finally:
            await ledger.close()

    asyncio.run(run())


async def refusal(asked: Any) -> RefusedError | None:
    try:
        await asked
    except RefusedError as error:
        return error
    return None


def test_events_beyond_the_minute_are_refused_until_the_next_and_only_for_that_station(tmp_path: Path) -> None:
    clock = [NOON]

    async def work(ledger: Ledger) -> None:
        allowance = Allowance(ledger, Quotas(Quota(events_a_minute=50)), "node-1", lambda _: 0, lambda: clock[0])
        await allowance.take_events("T01", 30)
        refused = await refusal(allowance.take_events("T01", 21))
        assert refused
        assert (refused.code, refused.retry_after) == ("station.quota", 20)
        await allowance.take_events("T01", 20)  # nothing of the refused ones was counted
        await allowance.take_events("T02", 50)
        clock[0] += timedelta(seconds=20)
        await allowance.take_events("T01", 50)

    with_books(tmp_path, work)


def test_bytes_are_counted_by_the_day_and_told_when_they_are_free_again(tmp_path: Path) -> None:
    clock = [NOON]

    async def work(ledger: Ledger) -> None:
        quotas = Quotas(Quota(bytes_a_day=100), {"T02": Quota(bytes_a_day=200)})
        allowance = Allowance(ledger, quotas, "node-1", lambda _: 0, lambda: clock[0])
        for station in ("T01", "T02"):
            await allowance.count_bytes(station, 60)
            await allowance.count_bytes(station, 40)
        refused = await refusal(allowance.must_have_room("T01", 1))
        assert refused
        assert refused.retry_after == 12 * 3600 - 40
        await allowance.must_have_room("T02", 100)
        clock[0] += timedelta(hours=12)
        await allowance.must_have_room("T01", 100)

    with_books(tmp_path, work)


def test_only_so_many_pages_are_begun_at_a_time_whichever_node_they_came_to(tmp_path: Path) -> None:
    begun = {"node-1": 1, "node-2": 1}
    clock = [NOON]

    async def work(ledger: Ledger) -> None:
        quotas = Quotas(Quota(pages_begun=3))
        one, other = (
            Allowance(ledger, quotas, node, lambda _, node=node: begun[node], lambda: clock[0])  # type: ignore[misc]
            for node in ("node-1", "node-2")
        )
        await one.must_not_begin_more("T01")
        await other.must_not_begin_more("T01")
        begun["node-2"] = 2
        refused = await refusal(other.must_not_begin_more("T01"))
        assert refused
        assert refused.code == "station.quota"
        assert await refusal(one.must_not_begin_more("T01")), "the other node's are known here, too"
        await one.must_not_begin_more("T02")
        begun["node-2"] = 1
        await other.count_bytes("T01", 1)  # one has ended
        await one.must_not_begin_more("T01")
        begun["node-1"], begun["node-2"] = 2, 2
        await refusal(other.must_not_begin_more("T01"))
        clock[0] += timedelta(days=1)
        await one.must_not_begin_more("T01")  # the other node has died with what it had begun

    with_books(tmp_path, work)


def test_a_quota_of_one_station_stands_before_the_usual_one_and_a_batch_always_fits() -> None:
    told = {"events_a_minute": 100, "of": {"T01": {"bytes_a_day": 1 << 40}}}
    quotas = Quotas.read(Section(told, {}, ("quotas",)))
    assert quotas.for_station("T01") == Quota(1 << 40, 100)
    assert quotas.for_station("T02") == Quota(events_a_minute=100)
    for wrong in ({"events_a_minute": 49}, {"bytes_a_day": 1}, {"byte_a_day": 1 << 40}, {"of": {"T01": {"x": 1}}}):
        with pytest.raises(SetupError, match=r"hub\.toml: quotas"):
            Quotas.read(Section(wrong, {}, ("quotas",)))


def test_a_pack_that_is_offered_again_is_the_newest_again(tmp_path: Path) -> None:
    signer = Signer(Ed25519PrivateKey.generate())
    one, other = _zip(GOOD), _zip({"forms/receipt.toml": "title = 'Mẫu'"})

    async def work(ledger: Ledger) -> None:
        packs = Packs(ledger, signer, lambda: NOON)
        versions = [(await packs.offer(pack, ["T01"])).version for pack in (one, other, other, one)]
        assert versions == [1, 2, 2, 3]
        async with ledger.transaction(ChangeBooks) as books:
            told = await books.after("T01", 0, 100)
        assert [change["body"]["version"] for change in told.documents] == [1, 2, 2, 3]
        assert await packs.for_station("T01", told.documents[-1]["body"]["sha256"]) == one

    with_books(tmp_path, work)


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({}, "1 to"),
        ({"../procedures/a.toml": ""}, "is no procedures/NAME.toml"),
        ({"procedures/a.py": ""}, "is no procedures/NAME.toml"),
        ({"procedures/deep/a.toml": ""}, "is no procedures/NAME.toml"),
        ({"procedures/a.toml": "", "procedures/A.toml": ""}, "the same name"),
        ({"procedures/a.toml": "code = "}, r"procedures/a\.toml"),
        ({"procedures/a.toml": "#" * (LARGEST_MEMBER + 1)}, "too large when unpacked"),
    ],
)
def test_an_archive_that_is_no_pack_is_refused_before_anybody_is_told(files: dict[str, str], wrong: str) -> None:
    with pytest.raises(SetupError, match=wrong):
        check(_zip(files))


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\3\4" + bytes(100)], ids=["empty", "short", "garbled"])
def test_bytes_that_are_no_archive_are_refused(content: bytes) -> None:
    with pytest.raises(SetupError, match="no sound ZIP"):
        check(content)


def _zip(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()
