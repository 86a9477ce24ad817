"""Looking over the whole store: what is damaged is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from station.dossier.dossier import Dossier
from station.paths import DataFolder
from station.store.health.check import Finding, Trouble
from station.store.keys import Keys
from station.store.store import Store


@pytest.fixture
def kept(store: Store, new_dossier: Callable[..., Dossier]) -> Store:
    """A store with a dossier of one page."""
    dossier = new_dossier()
    page = replace(dossier.pages[0], sha256=store.pages.keep(b"a page", dossier.id))
    with store.dossiers.transaction() as transaction:
        transaction.save(replace(dossier, pages=(page,)))
    return store


def test_a_whole_store_has_no_trouble(kept: Store) -> None:
    assert kept.verify() == []


def test_a_damaged_page_and_then_a_missing_one_are_named(kept: Store, folder: DataFolder) -> None:
    (file,) = folder.pages.glob("*/*")
    sha256 = kept.dossiers.get("dossier-1").pages[0].sha256
    file.write_bytes(file.read_bytes()[:-1])
    assert kept.verify() == [Finding(Trouble.PAGE_DAMAGED, sha256)]
    file.unlink()
    assert kept.verify() == [Finding(Trouble.PAGE_MISSING, sha256)]


def test_a_flipped_bit_in_the_database_is_found(
    folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    with Store.open(folder, keys) as store, store.dossiers.transaction() as transaction:
        for _ in range(50):
            transaction.save(new_dossier())
    content = bytearray(folder.database.read_bytes())
    content[-5000] ^= 1  # in the rows that were written last; what every start reads stands before them
    folder.database.write_bytes(content)
    with Store.open(folder, keys) as store:
        findings = store.verify()
    assert {finding.trouble for finding in findings} == {Trouble.DATABASE}
    assert any("page" in finding.place for finding in findings)
