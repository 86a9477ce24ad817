"""The trail: chained, append-only, and any edit shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import sqlalchemy as sql

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.paths import DataFolder
from station.store.database import Database
from station.store.keys import Keys
from station.store.store import Store
from station.store.trail.audit import Head

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
ENTRIES = [AuditEntry("correct_field", "officer", NOON, "d1", {"field": "person/full_name", "n": n}) for n in range(5)]


@pytest.fixture
def trail(store: Store) -> Store:
    for entry in ENTRIES:
        with store.dossiers.transaction() as transaction:
            transaction.audit(entry)
    return store


@contextmanager
def intruder(folder: DataFolder, keys: Keys) -> Iterator[sql.Connection]:
    """Somebody who holds the key and takes the triggers away."""
    database = Database(folder.database, keys.database)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_is_never_edited")
        connection.exec_driver_sql("DROP TRIGGER audit_is_never_cut")
        yield connection
    database.close()


def test_an_untouched_trail_is_well(trail: Store) -> None:
    assert trail.audit.verify() is None
    assert trail.audit.verify(trail.audit.head()) is None
    assert list(trail.audit.entries()) == ENTRIES[::-1]
    assert list(trail.audit.entries("d1", limit=2)) == ENTRIES[:2:-1]
    assert trail.audit.entries("d2") == []


def test_an_empty_trail_is_well(store: Store) -> None:
    assert store.audit.verify() is None
    assert store.audit.head() == Head(0, "0" * 64)


@pytest.mark.parametrize("statement", ["UPDATE audit SET by = 'x' WHERE seq = 3", "DELETE FROM audit WHERE seq = 3"])
def test_the_database_itself_refuses_to_change_a_line(
    trail: Store, folder: DataFolder, keys: Keys, statement: str
) -> None:
    database = Database(folder.database, keys.database)
    with pytest.raises(sql.exc.IntegrityError, match="append-only"), database.writing() as connection:
        connection.exec_driver_sql(statement)
    database.close()
    assert trail.audit.verify() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET by = 'somebody else' WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2026-11-21T12:00:00+07:00' WHERE seq = 1", 1),
        ("UPDATE audit SET detail = '{}' WHERE seq = 5", 5),
        ("UPDATE audit SET dossier_id = NULL WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 1", 1),
    ],
)
def test_an_edit_by_somebody_with_the_key_shows(
    trail: Store, folder: DataFolder, keys: Keys, statement: str, broken: int
) -> None:
    with intruder(folder, keys) as connection:
        connection.exec_driver_sql(statement)
    assert trail.audit.verify() == broken


def test_a_trail_cut_off_shows_against_the_printed_head(trail: Store, folder: DataFolder, keys: Keys) -> None:
    printed = trail.audit.head()
    with intruder(folder, keys) as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE seq > 3")
    assert trail.audit.verify() is None
    assert trail.audit.verify(printed) == 4


def test_a_trail_written_anew_as_a_whole_shows_against_the_printed_head(
    trail: Store, folder: DataFolder, keys: Keys
) -> None:
    printed = trail.audit.head()
    with intruder(folder, keys) as connection:
        connection.exec_driver_sql("DELETE FROM audit")
    for entry in [*ENTRIES[:4], AuditEntry("correct_field", "somebody else", NOON)]:
        with trail.dossiers.transaction() as transaction:
            transaction.audit(entry)
    assert trail.audit.verify() is None
    assert trail.audit.verify(printed) == 5
