"""From a node's spool to the store: nothing goes before the store has it whole, and nothing stands in the way."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from provincial_hub.errors import SetupError
from provincial_hub.keeping import page_directory
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.durable import sync_folder
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.mover import UNCLAIMED_FOR, Mover
from provincial_hub.keeping.object_store import ObjectPages, ObjectStoreError
from provincial_hub.keeping.page_books import START, PageBooks
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.spool import Spool
from provincial_hub.keeping.spooled_pages import SpooledPages
from provincial_hub.settings import ObjectStore

from tools.servers.seaweed import SeaweedFS

NODE = "node-1"
DAY = timedelta(days=1)


class Objects(PageDirectory):
    """A store in a directory that leaves what it is given where it is, as an object store does."""

    def put_if_absent(self, key: str, source: Path) -> None:
        copy = source.with_suffix(".copy")
        copy.write_bytes(source.read_bytes())
        super().put_if_absent(key, copy)


class Room:
    """A node's spool before a store, and the books."""

    def __init__(self, root: Path, database: str) -> None:
        self.root, self._database = root, database
        self.store = Objects(root / "store")
        self.pages = SpooledPages(root / "spool", NODE, self.store)

    def run(self, work: Callable[[Mover, Ledger], Awaitable[Any]], grace: timedelta = DAY) -> Any:
        async def running() -> Any:
            ledger = Ledger(await open_database(self._database))
            try:
                return await work(Mover(ledger, self.pages, grace), ledger)
            finally:
                await ledger.close()

        return asyncio.run(running())

    def take(self, content: bytes, *, note: bool = True) -> str:
        """A page that has come whole, with its line in the books or without."""
        name = hashlib.sha256(content).hexdigest()
        arrived = self.root / "arrived"
        arrived.write_bytes(content)
        self.pages.put_if_absent(f"T01/{name}", arrived)

        async def noting(_: Mover, ledger: Ledger) -> None:
            async with ledger.transaction(EventBooks) as books:
                await books.add_page("T01", name, len(content), "2026-11-20T08:00:00+07:00", NODE)

        if note:
            self.run(noting)
        return f"T01/{name}"

    def turn(self) -> int:
        return int(self.run(lambda mover, _: mover.turn()))

    def clear(self, grace: timedelta = DAY) -> int:
        return int(self.run(lambda mover, _: mover.clear(), grace))

    def left(self) -> int:
        async def counting(_: Mover, ledger: Ledger) -> int:
            async with ledger.transaction(PageBooks) as books:
                return len(await books.spooled_by(NODE, START, 1000))

        return int(self.run(counting))


@pytest.fixture
def room(tmp_path: Path, database: str) -> Room:
    return Room(tmp_path, database)


def test_a_page_comes_to_the_store_and_its_spool_copy_goes_only_when_its_day_is_over(room: Room) -> None:
    key = room.take(b"one page")
    os.utime(room.pages.spool.path(key), (0, 0))  # received long ago, while the store was down
    assert room.clear() == 0, "the books say that the store does not have it"
    assert (room.turn(), room.left()) == (1, 0)
    assert room.store.get(key) == b"one page"
    assert room.clear() == 0, "its day has just begun"
    assert room.clear(timedelta(seconds=-1)) == 1
    assert room.pages.get(key) == b"one page", "from the store"


def test_what_the_store_keeps_wrongly_is_put_there_again(room: Room) -> None:
    key = room.take(b"one page")
    wrong = room.root / "wrong"
    wrong.write_bytes(b"not page")
    room.store.put_if_absent(key, wrong)
    assert (room.turn(), room.left()) == (0, 1)
    assert room.store.head(key) is None
    assert (room.turn(), room.left()) == (1, 0)
    assert room.store.get(key) == b"one page"


def test_a_page_that_is_lost_stays_in_the_books_and_holds_no_other_up(room: Room) -> None:
    keys = [room.take(b"page %d" % number) for number in range(3)]
    room.pages.spool.path(sorted(keys)[0]).unlink()
    assert (room.turn(), room.left()) == (2, 1)


def test_a_page_without_a_line_in_the_books_is_dropped_after_a_week(room: Room) -> None:
    key = room.take(b"one page", note=False)
    file = room.pages.spool.path(key)
    for days, dropped in [(6, 0), (8, 1)]:
        long_ago = time.time() - timedelta(days=days).total_seconds()
        os.utime(file, (long_ago, long_ago))
        assert room.clear() == dropped
    assert timedelta(days=6) < UNCLAIMED_FOR < timedelta(days=8)


def test_a_page_that_its_station_brings_again_after_weeks_is_not_dropped_before_it_is_noted(room: Room) -> None:
    file = room.pages.spool.path(room.take(b"one page", note=False))
    long_ago = time.time() - timedelta(days=30).total_seconds()
    os.utime(file, (long_ago, long_ago))
    room.take(b"one page", note=False)
    assert room.clear() == 0
    assert file.exists()


def test_a_spool_is_not_taken_for_that_of_another_node(tmp_path: Path) -> None:
    SpooledPages(tmp_path / "spool", "node-1", PageDirectory(tmp_path / "store"))
    with pytest.raises(SetupError, match="node-1"):
        SpooledPages(tmp_path / "spool", "node-2", PageDirectory(tmp_path / "store"))


def test_what_stopped_arriving_is_dropped_and_complete_pages_are_not(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    pages = SpooledPages(tmp_path, NODE, PageDirectory(tmp_path / "store"))
    spool.append("T01/ab", b"beginning")
    spool.append("T01/cd", b"fresh")
    spool.append("T01/ef", b"whole")
    pages.put_if_absent("T01/ef", spool.path("T01/ef"))
    for file in (spool.path("T01/ab"), pages.spool.path("T01/ef")):
        os.utime(file, (0, 0))
    assert spool.drop_older_than(1.0) == 1
    assert (spool.held("T01/ab"), spool.held("T01/cd"), pages.spool.head("T01/ef")) == (0, 5, 5)


def test_the_object_store_keeps_what_was_first_put_under_a_name(tmp_path: Path, seaweed: SeaweedFS) -> None:
    reached = ObjectStore(seaweed.bucket, seaweed.endpoint, "us-east-1", seaweed.access_key, seaweed.secret_key)
    pages, file = ObjectPages(reached), tmp_path / "page"
    for content in (b"first", b"second"):
        file.write_bytes(content)
        pages.put_if_absent("T01/ab", file)
    assert (pages.get("T01/ab"), pages.head("T01/ab"), pages.head("T01/cd")) == (b"first", 5, None)
    with pytest.raises(FileNotFoundError):
        pages.get("T01/cd")
    pages.delete("T01/ab")
    assert pages.head("T01/ab") is None
    stranger = ObjectPages(ObjectStore(seaweed.bucket, seaweed.endpoint, "us-east-1", "nobody", "x"))
    with pytest.raises(ObjectStoreError) as refused:
        stranger.head("T01/ab")
    assert "nobody" not in str(refused.value)


def test_the_names_of_folders_that_another_process_made_are_synced_before_a_page_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been killed between making a folder and syncing the folder above."""
    synced: list[Path] = []
    monkeypatch.setattr(page_directory, "sync_folder", lambda folder: (synced.append(folder), sync_folder(folder)))
    root = tmp_path / "pages"
    pages = PageDirectory(root)
    for content in (b"one page", b"one page again"):
        name = hashlib.sha256(content).hexdigest()
        folder = root / "T01" / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "arrived").write_bytes(content)
        pages.put_if_absent(f"T01/{name}", tmp_path / "arrived")
        assert synced == [root / "T01", root, folder]
        synced.clear()
