"""What was sealed for a person before: found by an index, of that person alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sql
from sqlalchemy.sql.selectable import TextualSelect

from station.dossier.dossier import Dossier
from station.paths import DataFolder
from station.store.database import Database
from station.store.forgetting import standings
from station.store.keys import Keys
from station.store.rows import known
from station.store.store import Store
from station.store.trail import known_times

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
    [
        (known.OF_PERSON, {"dossier_person"}),
        (known.WITH_PAGE, {"page_sha256", "INTEGER PRIMARY KEY"}),
        (standings.ONE, {"sqlite_autoindex_dossier", "legal_hold_in_force", "audit_dossier", "outbox_dossier"}),
    ],
)
def test_the_queries_read_indexes_and_no_whole_table(
    query: sql.TextClause | TextualSelect, indexes: set[str], store: Store, folder: DataFolder, keys: Keys
) -> None:
    steps = planned(query, folder, keys)
    assert all(step.startswith(("SEARCH", "CORRELATED")) for step in steps)
    assert all(any(index in step for step in steps) for index in indexes)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (known_times.NEWEST_LINE, "audit_confirmed"),
        (known_times.NOT_BEFORE, "audit_confirmed"),
        (known_times.HUB, "receipt_newest"),
    ],
)
def test_what_is_asked_before_each_dossier_reads_only_the_newest(
    query: sql.TextClause, index: str, store: Store, folder: DataFolder, keys: Keys
) -> None:
    steps = planned(query, folder, keys)
    assert any(index in step for step in steps)
    whole = [step for step in steps if step.startswith("SCAN") and "USING" not in step]
    assert set(whole) <= {"SCAN audit", "SCAN (subquery-1)"}, "by its number backwards, as far as the limit"


def planned(query: sql.TextClause | TextualSelect, folder: DataFolder, keys: Keys) -> list[str]:
    values = {"person": MINE, "limit": 50, "sha256": "0" * 64, "id": "dossier-1", "most": 500}
    compiled = query.compile()
    given = {name: values[name] for name in compiled.params}
    database = Database(folder.database, keys.database)
    with database.reading() as connection:
        plan = [row.detail for row in connection.execute(sql.text(f"EXPLAIN QUERY PLAN {compiled}"), given)]
    database.close()
    return [step for step in plan if "TEMP B-TREE" not in step]


def test_the_newest_is_found_without_sorting(folder: DataFolder, keys: Keys, store: Store) -> None:
    database = Database(folder.database, keys.database)
    with database.reading() as connection:
        plan = connection.execute(sql.text(f"EXPLAIN QUERY PLAN {known.OF_PERSON.text}"), {"person": MINE, "limit": 1})
        assert not any("TEMP B-TREE" in row.detail for row in plan)
    database.close()
