"""What stations are told and how they are heard, in the books of either engine."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub.hub_number import A_MINUTE, next_hub_number, pass_over_lost_numbers
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.metric_books import MetricBooks
from provincial_hub.keeping.preview_books import PreviewBooks
from provincial_hub.keeping.report_books import ReportBooks
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.keeping.usage_books import UsageBooks
from provincial_hub.receipts import Signer
from provincial_hub.stations.packs import Packs
from provincial_hub.stations.registry import Stations
from provincial_hub.stations.reports import Reports
from provincial_hub.stations.restoration import tell_restored
from provincial_hub.stations.speakers import Speakers

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))
AT = NOON.isoformat()
SIGNER = Signer(Ed25519PrivateKey.generate())

Run = Callable[[Callable[[Ledger], Awaitable[None]]], None]


@pytest.fixture
def run(database: str) -> Run:
    def doing(work: Callable[[Ledger], Awaitable[None]]) -> None:
        async def opened() -> None:
            ledger = Ledger(await open_database(database, 8))
            try:
                await work(ledger)
            finally:
                await ledger.close()

        asyncio.run(opened())

    return doing


async def next_number(ledger: Ledger, at: datetime) -> str:
    async with ledger.transaction(EventBooks) as books:
        return await next_hub_number(books, "H00", at)


def test_no_hub_number_of_a_day_is_given_out_again_after_a_restoration(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        assert [await next_number(ledger, NOON) for _ in range(2)] == ["H00-261123-0001", "H00-261123-0002"]
        await tell_restored(ledger, SIGNER, lambda: NOON, "it", "H00")
        first = await next_number(ledger, NOON)
        assert first == "H00-261123-72100001"
        await tell_restored(ledger, SIGNER, lambda: NOON, "it", "H00")  # said twice
        assert await next_number(ledger, NOON) == "H00-261123-72100002"
        assert await next_number(ledger, NOON + timedelta(days=1)) == "H00-261124-0001"
        async with ledger.transaction(MetricBooks) as books:
            assert (await books.standing("H00", NOON)).receipts == 5

    run(work)


def test_a_second_restoration_from_the_same_backup_goes_on_above_the_numbers_of_the_first(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        later = NOON + timedelta(minutes=1)
        async with ledger.transaction(EventBooks) as books:
            first = await pass_over_lost_numbers(books, "H00", NOON)
        async with ledger.transaction(EventBooks) as books:
            await books.count_on("H00-261124", 7)  # of another life: this day has not begun here
            assert await pass_over_lost_numbers(books, "H00", later) == first + A_MINUTE
            assert await books.counted("H00-261124") == 7

    run(work)


def test_after_a_restoration_a_pack_that_is_offered_is_newer_than_any_that_was_lost(run: Run) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("procedures/9.000001.toml", 'code = "9.000001"')

    async def work(ledger: Ledger) -> None:
        packs, pack = Packs(ledger, SIGNER, lambda: NOON), content.getvalue()
        assert (await packs.offer(pack, ["T01"])).version == (await packs.offer(pack, ["T01"])).version == 1
        await tell_restored(ledger, SIGNER, lambda: NOON, "it", "H00")
        again = await packs.offer(pack, ["T01"])
        assert again.version > 100_000
        assert (await packs.offer(pack, ["T01"])).version == again.version

    run(work)


async def tell(ledger: Ledger, station: str, code: str, *, fail: bool = False) -> None:
    async with ledger.transaction(ChangeBooks) as books:
        body = {"dossier_id": "d-1", "code": code, "by": "lanhdao.mau"}
        await books.tell(station, "dossier.code", body, AT, SIGNER)
        if fail:
            raise LookupError(code)


async def read(ledger: Ledger, station: str, after: int, limit: int = 100) -> tuple[list[int], int, bool]:
    async with ledger.transaction(ChangeBooks) as books:
        found = await books.after(station, after, limit)
    return [one["cursor"] for one in found.documents], found.cursor, found.more


def test_a_station_that_was_further_than_a_restored_hub_is_sent_back_to_what_it_says(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        await Stations(ledger, lambda: NOON).give({"T01": "token"})
        for number in range(3):  # what the backup knew; the station has read twenty
            await tell(ledger, "T01", f"H00.00.00-{number}")
        assert await tell_restored(ledger, SIGNER, lambda: NOON, "it", "H00") == {"T01": 0}
        for number in range(30):  # the new life has overtaken the old one before the station asks
            await tell(ledger, "T01", f"H00.00.01-{number}")
        assert await read(ledger, "T01", 20) == ([], 3, True)
        assert await read(ledger, "T01", 20) == ([], 3, True)  # the answer was lost
        assert await read(ledger, "T01", 2, 1) == ([3], 3, True)
        assert await read(ledger, "T01", 4) == ([], 3, True)
        assert await read(ledger, "T01", 3, 2) == ([4, 5], 5, True)
        async with ledger.transaction(ChangeBooks) as books:
            said = (await books.after("T01", 3, 1)).documents[0]
        assert (said["subject"], said["body"]) == ("hub.restored", {"highest_seq": 0})
        assert await read(ledger, "T01", 20) == ([], 3, True)  # cut off before it kept the answer
        assert await read(ledger, "T01", 3, 2) == ([4, 5], 5, True)
        assert (await read(ledger, "T01", 5, 2))[0] == [6, 7]
        assert (await read(ledger, "T01", 20, 2))[0] == [21, 22]  # of this life

    run(work)


def test_cursors_have_no_gap_and_none_is_read_before_an_earlier_one(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        seen: list[int] = []

        async def telling() -> None:
            await asyncio.gather(*(tell(ledger, "T01", str(number)) for number in range(12)))

        told = asyncio.create_task(telling())
        while not told.done():
            cursors, reached, _ = await read(ledger, "T01", len(seen))
            assert cursors == list(range(len(seen) + 1, reached + 1))
            seen += cursors
        await told
        assert (await read(ledger, "T01", 0))[0] == list(range(1, 13))

    run(work)


def test_what_was_not_kept_takes_no_cursor_and_each_station_has_its_own(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        await tell(ledger, "T01", "1")
        with pytest.raises(LookupError):
            await tell(ledger, "T01", "2", fail=True)
        await tell(ledger, "T01", "3")
        await tell(ledger, "T02", "1")
        assert await read(ledger, "T01", 0) == ([1, 2], 2, False)
        assert await read(ledger, "T01", 0, limit=1) == ([1], 1, True)
        assert await read(ledger, "T01", 2) == ([], 2, False)
        assert await read(ledger, "T01", 7) == ([], 2, False)
        assert await read(ledger, "T02", 0) == ([1], 1, False)
        assert await read(ledger, "T03", 0) == ([], 0, False)

    run(work)


def test_a_clock_that_ran_ahead_once_does_not_silence_a_station(run: Run) -> None:
    def report(at: datetime, waiting: int) -> dict[str, object]:
        told = {"version": "1", "refused": 0, "oldest_waiting_at": None, "bytes_waiting": 0, "free_bytes": 1}
        return {**told, "at": at.isoformat(timespec="seconds"), "waiting": waiting, "contract": "1"}

    async def work(ledger: Ledger) -> None:
        reports = Reports(ledger, lambda: NOON)
        year = timedelta(days=365)
        for at, waiting, counts in (
            (NOON + 900 * year, 1, 1),
            (NOON - timedelta(seconds=1), 2, 2),
            (NOON - timedelta(minutes=1), 3, 2),
        ):
            await reports.take("T01", report(at, waiting))
            async with ledger.transaction(ReportBooks) as books:
                kept = await books.of("T01")
            assert kept is not None
            assert kept["waiting"] == counts

    run(work)


def test_previews_reports_and_what_was_used_take_the_place_of_those_before(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        async with ledger.transaction(PreviewBooks) as previews:
            assert await previews.put("T01", "a" * 64, "image/webp", b"one", AT)
            assert not await previews.put("T01", "a" * 64, "image/jpeg", b"two", AT)
        async with ledger.transaction(ReportBooks) as reports:
            assert await reports.of("T01") is None
            for waiting in (1, 2):
                await reports.keep("T01", {"at": AT, "waiting": waiting}, 250, AT)
            assert await reports.of("T01") == {"at": AT, "waiting": 2}
        async with ledger.transaction(UsageBooks) as usage:
            assert [await usage.use("T01", "bytes", day, 5) for day in ("d1", "d1", "d2")] == [5, 10, 5]
            assert (await usage.used("T01", "bytes", "d2"), await usage.used("T01", "bytes", "d1")) == (5, 0)

    run(work)


def test_what_time_a_station_says_it_has_is_recorded_and_never_judged(run: Run) -> None:
    async def work(ledger: Ledger) -> None:
        token = await Stations(ledger, lambda: NOON).enrol("T01")
        speakers = Speakers(ledger, lambda: NOON)
        speaker = await speakers.with_token(token)
        await speakers.heard(speaker, None)
        await speakers.heard(speaker, NOON - timedelta(days=400))
        async with ledger.transaction(StationBooks) as books:
            row = await books.named("T01")
        assert row
        assert (row["seen_at"], row["clock_offset_ms"]) == (AT, -400 * 24 * 3600 * 1000)

    run(work)
