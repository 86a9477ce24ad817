"""Erasing is cut off at every step: afterwards the dossier is whole or gone, and what others share is always there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sql

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.dossier.erasure import ErasureOrder
from station.dossier.page import Page
from station.dossier.retention import Due, Standing
from station.errors import RuleError
from station.paths import DataFolder
from station.store import durable
from station.store.database import Database
from station.store.keys import Keys
from station.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
KEYS = Keys.derived_from(b"k" * 32)
KILLED = 9
EACH = 1 if os.environ.get("FAULTS") == "all" else 6
"""Every step takes a quarter of a minute; the suite tries each sixth."""
SHARED, OWN = b"a card that is used again", (b"a form", b"a second form")


def due(standing: Standing) -> Due:
    return Due(standing, NOON)


@pytest.fixture
def prepared(tmp_path: Path) -> DataFolder:
    """A discarded dossier of three pages; another has one of them, and a key that is not made yet."""
    folder = DataFolder(tmp_path / "prepared")
    with Store.open(folder, KEYS, now=lambda: NOON) as store:
        pages = tuple(
            Page(f"p{number}", number, store.pages.keep(image, "first"), len(image), "image/jpeg", "sane", NOON)
            for number, image in enumerate((SHARED, *OWN), 1)
        )
        first = Dossier("first", "1.004873", "1", "officer", NOON, pages=pages)
        second = replace(first, id="second", pages=(replace(pages[0], reused_from="first"),))
        with store.dossiers.transaction() as kept:
            kept.save(first.discarded())
            kept.save(second)
        with store._database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM dossier_key WHERE dossier_id = 'second'")
    return folder


def dying_at(step: int) -> None:
    """From now on, in this process, every step that changes something counts, and the one of this number is the end."""
    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os._exit(KILLED)

    def before_and_after(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object, **options: object) -> object:
            count()
            result = call(*args, **options)
            count()
            return result

        return counted

    writing = Database.writing

    @contextmanager
    def counted_writing(self: Database) -> Iterator[sql.Connection]:
        with writing(self) as connection:
            yield connection
            count()
        count()

    Database.writing = counted_writing  # type: ignore[method-assign]
    Database.scrub = before_and_after(Database.scrub)  # type: ignore[method-assign, assignment]
    durable._flush = before_and_after(durable._flush)  # type: ignore[assignment]
    Path.unlink = before_and_after(Path.unlink)  # type: ignore[method-assign, assignment]
    Path.replace = before_and_after(Path.replace)  # type: ignore[method-assign, assignment]


def erase_until(step: int, folder: DataFolder) -> bool:
    """In a process of its own; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            store = Store.open(folder, KEYS, now=lambda: NOON)
            dying_at(step)
            store.erasing.erase("first", ErasureOrder("c", "one", "two", NOON), due)
            store.erasing.finish()
            os._exit(0)
        finally:
            os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, KILLED)
    return ended == KILLED


def assert_nothing_is_lost(folder: DataFolder) -> bool:
    """Whether the dossier is gone; all traces too, once `finish` has been called again."""
    with Store.open(folder, KEYS, now=lambda: NOON) as store:
        (shared,) = store.dossiers.get("second").pages
        assert store.pages.read(shared.sha256) == SHARED
        assert store.verify() == []
        store.erasing.finish()
        assert store.erasing.finish() == 0
        assert store.pages.read(shared.sha256) == SHARED
        there = len([file for file in folder.pages.glob("*/*") if not file.name.startswith(durable.TEMPORARY)])
        try:
            first = store.dossiers.get("first")
        except RuleError:
            assert there == 1
            assert len(store.erasing.on_certificate("c")) == 1
            return True
        assert [store.pages.read(page.sha256) for page in first.pages] == [SHARED, *OWN]
        assert (there, store.erasing.on_certificate("c")) == (3, [])
        return False


def test_killed_at_every_step_nothing_is_half_gone(prepared: DataFolder, tmp_path: Path) -> None:
    gone = []
    for step in range(1, 200, EACH):
        folder = DataFolder(tmp_path / "killed")
        shutil.copytree(prepared.root, folder.root)
        killed = erase_until(step, folder)
        gone.append(assert_nothing_is_lost(folder))
        shutil.rmtree(folder.root)
        if not killed:
            break
    assert gone[-1]
    assert not gone[0]
    assert gone == sorted(gone), "from one step on it is gone for good"
    assert len(gone) * EACH > 15
