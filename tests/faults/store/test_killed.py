"""The program is killed while it works."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import pytest

from station.clock import SystemClock
from station.errors import StoreError
from station.store.store import Store

from .writing_station import Station


def test_nothing_that_was_acknowledged_is_lost_when_the_program_is_killed(station: Station) -> None:
    chance = random.Random(20)
    for _ in range(6):
        with station.working():
            time.sleep(chance.uniform(0.05, 0.5))
    assert len(station.told.dossiers) > 6
    station.nothing_is_lost()


@pytest.mark.parametrize("made_so_far", ["store.lock", "station.db", "station.db-wal", "pages"])
def test_a_first_start_that_is_killed_is_simply_done_again(station: Station, made_so_far: str) -> None:
    station.killed_when_this_appears(made_so_far)
    station.nothing_is_lost()
    with station.working():
        time.sleep(0.2)
    station.nothing_is_lost()


def test_a_page_whose_row_was_never_written_is_kept_for_a_day_and_then_swept(station: Station) -> None:
    with station.working("pause"):
        pass
    (sha256,) = station.told.pages
    station.nothing_is_lost()
    now = SystemClock().now()
    with Store.open(station.folder, station.keys, now=lambda: now + timedelta(hours=23)) as store:
        assert store.sweep_pages() == 0
        assert len(store.pages.read(sha256)) >= 20_000
    with Store.open(station.folder, station.keys, now=lambda: now + timedelta(hours=25)) as store:
        assert store.sweep_pages() == 1
        with pytest.raises(StoreError, match=r"store\.page_missing"):
            store.pages.read(sha256)
