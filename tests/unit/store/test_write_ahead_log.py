"""A log that was damaged after a kill is told from one that a power cut ended: SQLite tells neither."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from station.errors import StoreError
from station.store.database import Database
from station.store.health import write_ahead_log

KEY = bytes(range(32))
TRANSACTIONS = 12


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file and its log as a kill leaves them: twelve transactions, of one to four pages each."""
    folder = tmp_path_factory.mktemp("killed")
    database = Database(folder / "open.db", KEY)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE line (number INTEGER PRIMARY KEY, text TEXT)")
    for number in range(1, TRANSACTIONS):
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO line VALUES (?, ?)", (number, "x" * 3000 * (number % 4)))
    for name in ("open.db", "open.db-wal"):
        shutil.copy(folder / name, folder / name.replace("open", "station"))
    database.close()
    return folder / "station.db"


def copied(killed: Path, folder: Path) -> Path:
    folder.mkdir()
    for file in (killed, write_ahead_log.log_of(killed)):
        shutil.copy(file, folder / file.name)
    return folder / killed.name


def kept(file: Path) -> int:
    """How many of the transactions are there when it is opened."""
    database = Database(file, KEY)
    try:
        with database.reading() as connection:
            tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
            if not tables:
                return 0
            return 1 + int(connection.exec_driver_sql("SELECT count(*) FROM line").scalar_one())
    finally:
        database.close()


def test_no_flipped_bit_loses_more_than_the_last_transaction_unnoticed(killed: Path, tmp_path: Path) -> None:
    dice = random.Random(5)
    noticed = 0
    for trial in range(150):
        file = copied(killed, tmp_path / str(trial))
        log = write_ahead_log.log_of(file)
        content = bytearray(log.read_bytes())
        where = dice.randrange(32) if trial < 15 else dice.randrange(len(content))
        content[where] ^= 1 << dice.randrange(8)
        log.write_bytes(content)
        if write_ahead_log.damage(file) is not None:
            noticed += 1
        else:
            assert kept(file) >= TRANSACTIONS - 1, where
    assert noticed > 100


def test_what_a_power_cut_leaves_is_no_damage(killed: Path, tmp_path: Path) -> None:
    whole = write_ahead_log.log_of(killed).read_bytes()
    dice = random.Random(6)
    for trial in range(60):
        file = copied(killed, tmp_path / str(trial))
        end = dice.randrange(len(whole))
        torn = whole[:end] if trial % 2 else whole[:end] + bytes(dice.randrange(20000))
        write_ahead_log.log_of(file).write_bytes(torn)
        assert write_ahead_log.damage(file) is None


def test_a_last_transaction_of_which_the_middle_never_came_is_no_damage(killed: Path, tmp_path: Path) -> None:
    file = copied(killed, tmp_path / "copy")
    log = write_ahead_log.log_of(file)
    content = bytearray(log.read_bytes())
    content[-4120 * 2 : -4120] = bytes(4120)
    log.write_bytes(content)
    assert write_ahead_log.damage(file) is None
    assert kept(file) == TRANSACTIONS - 1


def test_old_frames_behind_a_log_that_began_again_are_no_damage(tmp_path: Path) -> None:
    database = Database(tmp_path / "open.db", KEY)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE line (number INTEGER PRIMARY KEY, text TEXT)")
    for number in range(8):
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO line VALUES (?, ?)", (number, "x" * 9000))
    with database.bare() as connection:
        connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM line WHERE number = 1")
    for name in ("open.db", "open.db-wal"):
        shutil.copy(tmp_path / name, tmp_path / name.replace("open", "station"))
    database.close()
    assert write_ahead_log.damage(tmp_path / "station.db") is None


def test_no_log_and_an_empty_one_are_whole(tmp_path: Path) -> None:
    write_ahead_log.must_be_whole(tmp_path / "station.db")
    write_ahead_log.log_of(tmp_path / "station.db").write_bytes(b"")
    write_ahead_log.must_be_whole(tmp_path / "station.db")


def test_a_damaged_log_is_refused_until_it_is_cut_and_copies_stay(killed: Path, tmp_path: Path) -> None:
    file = copied(killed, tmp_path / "copy")
    log = write_ahead_log.log_of(file)
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        write_ahead_log.must_be_whole(file)
    assert refused.value.code == "store.log_damaged"
    write_ahead_log.cut(file, tmp_path / "aside")
    write_ahead_log.must_be_whole(file)
    assert (tmp_path / "aside" / log.name).read_bytes() == bytes(content)
    assert 1 < kept(file) < TRANSACTIONS - 1
