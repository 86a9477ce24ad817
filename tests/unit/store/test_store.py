"""Opening the store: one program at a time, the right keys, the right version, and never a hidden loss."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sql

from station.clock import SystemClock
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier
from station.errors import StoreError
from station.paths import DataFolder
from station.store import database, migrations, schema
from station.store.database import Database
from station.store.keys import Keys
from station.store.store import Store
from station.store.versions import VERSIONS


def test_what_was_kept_is_there_when_opened_again(
    folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    with Store.open(folder, keys) as store, store.dossiers.transaction() as transaction:
        saved = transaction.save(new_dossier())
    with Store.open(folder, keys) as store:
        assert store.dossiers.get(saved.id) == saved


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other rights there")
def test_a_folder_that_it_staff_made_is_shut_to_others(folder: DataFolder, keys: Keys) -> None:
    folder.root.mkdir(parents=True, exist_ok=True)
    folder.root.chmod(0o755)
    Store.open(folder, keys).close()
    assert folder.root.stat().st_mode & 0o777 == 0o700


def test_a_second_program_cannot_open_the_store(store: Store, folder: DataFolder, keys: Keys) -> None:
    with pytest.raises(StoreError, match=r"store\.in_use"):
        Store.open(folder, keys)
    program = (
        "import sys; from pathlib import Path; from station.store.lock import FolderLock\n"
        "from station.errors import StoreError\n"
        "try: FolderLock.take(Path(sys.argv[1]))\n"
        "except StoreError as error: print(error.code)"
    )
    told = subprocess.run([sys.executable, "-c", program, folder.root], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "store.in_use"


def test_other_keys_do_not_open_it_and_the_lock_is_given_back(folder: DataFolder, keys: Keys) -> None:
    Store.open(folder, keys).close()
    with pytest.raises(StoreError, match=r"store\.wrong_key"):
        Store.open(folder, Keys.derived_from(b"other" + bytes(27)))
    Store.open(folder, keys).close()


def test_the_key_stands_in_no_traceback_and_no_log(
    folder: DataFolder, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("sqlalchemy").setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG):
            Store.open(folder, keys).close()
            with pytest.raises(StoreError) as caught:
                Store.open(folder, replace(keys, database=b"o" * 32))
    finally:
        logging.getLogger("sqlalchemy").setLevel(logging.NOTSET)
    told = caplog.text + "".join(traceback.format_exception(caught.value))
    assert "wrong_key" in told
    for key in (keys.database, b"o" * 32):
        assert key.hex() not in told
        assert repr(key) not in told


def test_a_refused_statement_shows_no_values(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    with store.dossiers.transaction() as transaction:
        transaction.save(new_dossier(number="1"))
    with pytest.raises(sql.exc.IntegrityError) as caught, store.dossiers.transaction() as transaction:
        transaction.save(new_dossier(number="1"))
    assert "Đăng" not in "".join(traceback.format_exception(caught.value))


def test_the_file_is_no_plain_sqlite_database(store: Store, folder: DataFolder) -> None:
    plain = sqlite3.connect(folder.database)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        plain.execute("SELECT * FROM sqlite_master")
    plain.close()


def test_every_connection_is_set_up_for_durability(folder: DataFolder, keys: Keys) -> None:
    opened = Database(folder.root.parent / "settings.db", keys.database)
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete", "temp_store")
    with opened.writing() as one, opened.reading() as other:
        for connection in (one, other):
            told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]
            assert told == ["wal", 2, 1, 10000, 1, 2]
    opened.close()


def test_an_engine_with_the_known_corruption_is_refused(
    folder: DataFolder, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LEAST_SQLITE", (99, 0, 0))
    with pytest.raises(StoreError, match=r"store\.old_engine"):
        Store.open(folder, keys)


@pytest.mark.parametrize("left", [None, b""])
def test_a_lost_database_beside_its_pages_is_not_begun_anew(folder: DataFolder, keys: Keys, left: bytes | None) -> None:
    Store.open(folder, keys).close()
    folder.database.unlink()
    if left is not None:
        folder.database.write_bytes(left)
    with pytest.raises(StoreError, match=r"store\.database_missing"):
        Store.open(folder, keys)


def test_a_first_start_that_was_interrupted_is_simply_done_again(folder: DataFolder, keys: Keys) -> None:
    folder.root.mkdir()
    folder.database.touch()
    (folder.root / "store.lock").touch()
    with Store.open(folder, keys) as store:
        assert store.verify() == []


def test_a_database_of_a_later_program_is_refused_and_left_alone(folder: DataFolder, keys: Keys) -> None:
    Store.open(folder, keys).close()
    later = Database(folder.database, keys.database)
    with later.writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    later.close()
    before = folder.database.read_bytes()
    with pytest.raises(StoreError, match=rf"store\.newer_schema \(found=99, known={len(VERSIONS)}\)"):
        Store.open(folder, keys)
    assert folder.database.read_bytes() == before


def test_a_migration_keeps_an_encrypted_copy_and_what_was_there(
    folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    with Store.open(folder, keys) as store, store.dossiers.transaction() as transaction:
        saved = transaction.save(new_dossier())
    opened = Database(folder.database, keys.database)
    migrations.bring_forward(opened, [*VERSIONS, ["CREATE TABLE later (a INTEGER)"]])
    assert migrations.schema_version(opened) == len(VERSIONS) + 1
    opened.close()
    copied = migrations.backup_of(folder.database, len(VERSIONS))
    assert not copied.read_bytes().startswith(b"SQLite format 3")
    copied.replace(folder.database)
    with Store.open(folder, keys) as store:
        assert store.dossiers.get(saved.id) == saved


def test_a_migration_that_fails_changes_nothing(folder: DataFolder, keys: Keys) -> None:
    Store.open(folder, keys).close()
    opened = Database(folder.database, keys.database)
    with pytest.raises(sql.exc.OperationalError):
        migrations.bring_forward(opened, [*VERSIONS, ["CREATE TABLE later (a INTEGER)", "DROP TABLE nowhere"]])
    assert migrations.schema_version(opened) == len(VERSIONS)
    with opened.reading() as connection:
        assert "later" not in sql.inspect(connection).get_table_names()
    opened.close()


def test_the_tables_are_those_that_the_statements_make(store: Store, folder: DataFolder, keys: Keys) -> None:
    opened = Database(folder.database, keys.database)
    with opened.reading() as connection:
        inspected = sql.inspect(connection)
        for table in schema.tables.sorted_tables:
            made = inspected.get_columns(table.name)
            assert [column["name"] for column in made] == list(table.columns.keys()), table.name
            keyed = inspected.get_pk_constraint(table.name)["constrained_columns"]
            assert keyed == list(table.primary_key.columns.keys()), table.name
    opened.close()


def test_pages_that_a_dossier_or_an_event_names_are_never_swept(
    folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    in_two_days = SystemClock().now() + timedelta(days=2)
    with Store.open(folder, keys, now=lambda: in_two_days) as store:
        in_dossier, in_event, orphan = (
            store.pages.keep(content, "dossier") for content in (b"dossier", b"event", b"orphan")
        )
        dossier = new_dossier()
        dossier = replace(dossier, pages=(replace(dossier.pages[0], sha256=in_dossier),))
        with store.dossiers.transaction() as transaction:
            transaction.save(dossier)
            transaction.enqueue(OutboxEvent("T01", 1, "dossier.sealed", dossier.id, 0, in_two_days, {}, (in_event,)))
        assert store.sweep_pages() == 1
        assert (store.pages.read(in_dossier), store.pages.read(in_event)) == (b"dossier", b"event")
        with pytest.raises(StoreError, match=r"store\.page_missing"):
            store.pages.read(orphan)
