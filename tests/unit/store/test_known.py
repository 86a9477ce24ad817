"""What was sealed for a person before: found by an index, of that person alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sql

from station.dossier.dossier import Dossier
from station.paths import DataFolder
from station.store import known
from station.store.database import Database
from station.store.keys import Keys
from station.store.store import Store

from .conftest import NOON

MINE, THEIRS = "001099000001", "001099000002"


def keep(store: Store, dossier: Dossier, *, sealed: bool = True) -> Dossier:
    """Saved, and sealed in a second write as at the counter."""
    with store.dossiers.transaction() as kept:
        saved = kept.save(dossier)
        if sealed:
            saved = kept.save(saved.sealed(f"T01-{dossier.id}", "officer", NOON, NOON + timedelta(days=1)))
    return saved


def test_a_persons_sealed_dossiers_come_whole_the_newest_first(
    store: Store, new_dossier: Callable[..., Dossier]
) -> None:
    first, second = keep(store, new_dossier()), keep(store, new_dossier())
    keep(store, new_dossier(), sealed=False)
    keep(store, new_dossier(id_number=THEIRS))
    assert store.dossiers.sealed_of(MINE) == [second, first]
    assert store.dossiers.sealed_of(MINE, limit=1) == [second]
    assert store.dossiers.sealed_of("001099000009") == []


def test_a_discarded_dossier_is_not_found(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    made = keep(store, new_dossier(), sealed=False)
    with store.dossiers.transaction() as kept:
        kept.save(made.discarded())
    assert store.dossiers.sealed_of(MINE) == []


def test_the_same_page_with_two_people_is_each_persons_own(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    mine = new_dossier()
    theirs = replace(new_dossier(id_number=THEIRS), pages=mine.pages)
    keep(store, mine)
    sha256 = mine.pages[0].sha256
    assert store.dossiers.sealed_with_page(sha256, THEIRS) is None
    keep(store, theirs)
    assert store.dossiers.sealed_with_page(sha256, MINE) == mine.id
    assert store.dossiers.sealed_with_page(sha256, THEIRS) == theirs.id


@pytest.mark.parametrize(
    ("query", "indexes"),
    [(known.OF_PERSON, {"dossier_person"}), (known.WITH_PAGE, {"page_sha256", "INTEGER PRIMARY KEY"})],
)
def test_the_queries_read_indexes_and_no_whole_table(
    query: sql.TextClause, indexes: set[str], store: Store, folder: DataFolder, keys: Keys
) -> None:
    values = {"person": MINE, "limit": 50, "sha256": "0" * 64}
    given = {name: values[name] for name in query.compile().params}
    database = Database(folder.database, keys.database)
    with database.reading() as connection:
        plan = [row.detail for row in connection.execute(sql.text(f"EXPLAIN QUERY PLAN {query.text}"), given)]
    database.close()
    steps = [step for step in plan if "TEMP B-TREE" not in step]
    assert all(step.startswith("SEARCH") for step in steps)
    assert all(any(index in step for step in steps) for index in indexes)


def test_the_newest_is_found_without_sorting(folder: DataFolder, keys: Keys, store: Store) -> None:
    database = Database(folder.database, keys.database)
    with database.reading() as connection:
        plan = connection.execute(sql.text(f"EXPLAIN QUERY PLAN {known.OF_PERSON.text}"), {"person": MINE, "limit": 1})
        assert not any("TEMP B-TREE" in row.detail for row in plan)
    database.close()
