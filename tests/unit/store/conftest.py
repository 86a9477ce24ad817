"""A real store in a temporary folder, with keys made for the test."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "station")


@pytest.fixture
def keys() -> Keys:
    return Keys.derived_from(secrets.token_bytes(32))


@pytest.fixture
def store(folder: DataFolder, keys: Keys) -> Iterator[Store]:
    with Store.open(folder, keys, now=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def new_dossier() -> Callable[..., Dossier]:
    """Makes dossiers of invented people, each opened a minute after the one before."""
    made = 0

    def make(name: str = "Nguyễn Thị Đăng", id_number: str = "001099000001", **changes: object) -> Dossier:
        nonlocal made
        made += 1
        person = (
            Entry("person/full_name", "full_name", name),
            Entry("person/id_number", "id_number", id_number),
        )
        page = Page(f"page-{made}", 1, f"{made:064x}", 300_000, "image/jpeg", "sane", NOON)
        opened = NOON + timedelta(minutes=made)
        dossier = Dossier(f"dossier-{made}", "1.004873", "2026-1", "officer", opened, pages=(page,), entries=person)
        return replace(dossier, **changes)

    return make
