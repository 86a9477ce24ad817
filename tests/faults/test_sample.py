"""A few faults of every kind, as `make faults` tries them by the thousand."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.app import open_keys

from . import full_day
from .counter import PASSPHRASE, Place
from .disks import power_disk, small_disk
from .flips import flipped_bits
from .matrix import (
    STAGES,
    Hubs,
    MakeStrike,
    Row,
    Trial,
    disk_full,
    first_start,
    flush_fails,
    hubs,
    kill,
    power_cut,
    write_fails,
)
from .promises import Promises, check
from .writes import can_be_watched, watched

pytestmark = pytest.mark.skipif(not can_be_watched(), reason="one process cannot watch another's writes here")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hubs]:
    with hubs(tmp_path_factory.mktemp("hub")) as made:
        yield made


@pytest.fixture
def dice() -> random.Random:
    return random.Random(7)


def test_a_bit_that_flipped_is_found_or_makes_no_difference(tmp_path: Path, hub: Hubs, dice: random.Random) -> None:
    assert_nothing_lost(flipped_bits(tmp_path, hub, dice, a_while(), 4), 4)


def a_while() -> float:
    return time.monotonic() + 200


def assert_nothing_lost(row: Row, tried: int) -> None:
    assert row.losses == []
    assert row.tried == tried


def test_a_station_that_is_killed_at_any_write_loses_nothing(tmp_path: Path, hub: Hubs, dice: random.Random) -> None:
    assert_nothing_lost(Trial("killed", tmp_path, hub, kill, dice).run(a_while(), 5), 5)
    assert hub.losses() == []


def test_a_first_start_that_is_killed_is_simply_done_again(tmp_path: Path, dice: random.Random) -> None:
    assert_nothing_lost(first_start(tmp_path, dice, a_while(), 1), 1)


def test_nothing_is_lost_when_the_power_fails(tmp_path: Path, hub: Hubs, dice: random.Random) -> None:
    with power_disk(tmp_path) as disk:
        if disk is None:
            pytest.skip("needs root and ext4 on a loop device")
        assert_nothing_lost(Trial("power", disk.place, hub, power_cut(disk), dice).run(a_while(), 2), 2)


def test_a_full_disk_is_told_and_work_goes_on_when_there_is_room(
    tmp_path: Path, hub: Hubs, dice: random.Random
) -> None:
    with small_disk(tmp_path) as disk:
        if disk is None:
            pytest.skip("a small disk cannot be mounted here")
        row = Trial("full", disk.place, hub, disk_full(disk), dice).run(a_while(), 2)
    assert_nothing_lost(row, 2)


@pytest.mark.parametrize("make", [flush_fails, write_fails])
def test_what_was_told_is_there_though_the_disk_refused_once(
    tmp_path: Path, hub: Hubs, dice: random.Random, make: MakeStrike
) -> None:
    row = Trial("refused", tmp_path, hub, make, dice).run(a_while(), 1)
    assert_nothing_lost(row, 1)


def test_the_check_would_see_a_loss(tmp_path: Path, dice: random.Random) -> None:
    """Or the tests above would prove nothing."""
    place, promises = Place(tmp_path / "station"), Promises()
    done = {"first:note_papers", "first:settle", "first:seal", "first:deliver"}
    stop = {name for name in STAGES if not name.startswith("first:")}
    promises.hear(watched(lambda tell: full_day.work(place, "day", tell, done=done | stop), lambda _write: 0))
    keys = open_keys(place.folder, PASSPHRASE)
    assert check(place, keys, promises) == []
    (page,) = (file for file in place.folder.pages.glob("*/*") if file.is_file())
    page.unlink()
    assert any("page_missing" in one or "ledger" in one for one in check(place, keys, promises))
