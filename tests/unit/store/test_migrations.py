"""A database that an earlier version of the program wrote, opened by this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.reading import ReadField, Source, Status
from station.paths import DataFolder
from station.store import migrations, schema
from station.store.database import Database
from station.store.health import examination
from station.store.keys import Keys, Secrets
from station.store.keys.secret_rows import seen_secrets
from station.store.store import Store
from station.store.versions import VERSIONS

EVERY = "1" if os.environ.get("EVERY_FAULT") else "9"
"""All points take a minute; every ninth shows in the suite that none of them is a bad one."""
KILLED_MIGRATION = Path(__file__).with_name("killed_migration.py")

DIES_HALF_WAY = """
import os, sys
from pathlib import Path
from station.store import migrations
from station.store.database import Database
from station.store.versions import VERSIONS

class Deadly(tuple):
    def __iter__(self):
        yield self[0]
        os._exit(9)

database = Database(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
migrations.bring_forward(database, [VERSIONS[0], Deadly(VERSIONS[1])])
"""


@pytest.fixture
def old(folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]) -> Dossier:
    """A dossier in a database of the first version: its columns, and nothing that came later."""
    return _kept_by_version(1, folder, keys, new_dossier)


def _kept_by_version(version: int, folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]) -> Dossier:
    folder.root.mkdir(parents=True)
    database = Database(folder.database, keys.database)
    migrations.bring_forward(database, VERSIONS[:version])
    made = new_dossier()
    read = ReadField("full_name", "An", "AN", 0.5, Status.REVIEW, Source.OCR)
    dossier = replace(made, version=1, entries=(replace(made.entries[0], readings=(read,)), *made.entries[1:]))
    with database.reading() as connection:
        columns = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(page)")}
    later = {column.name for column in schema.page.columns if column.name not in columns}
    came = {2: {"goes_with", "goes_with_set_by"}, 3: {"outline", "fingerprint", "again"}, 4: {"reused_from"}}
    assert all((names <= later) is (version < since) for since, names in came.items())
    with database.writing() as connection:
        for statement, values in _statements(dossier, columns):
            connection.exec_driver_sql(statement, values)
    database.close()
    # What it showed then counts as taken in.
    return replace(dossier, pages=tuple(replace(page, image=page.id) for page in dossier.pages))


def _statements(dossier: Dossier, columns: set[str]) -> list[tuple[str, tuple[object, ...]]]:
    head = {
        "serial": 1,
        "id": dossier.id,
        "procedure_code": dossier.procedure_code,
        "procedure_version": dossier.procedure_version,
        "opened_by": dossier.opened_by,
        "opened_at": dossier.opened_at.isoformat(),
        "opened_order": 1,
        "state": "open",
        "version": 1,
        "presented": "[]",
        "warnings": "[]",
        "extra": "{}",
    }
    (page,) = dossier.pages
    row: dict[str, object] = {"dossier": 1, "position": 0}
    row |= {"quality": "[]", "codes": "[]", "mrz": "[]", "captured_at": page.captured_at.isoformat()}
    row |= {name: kept for name, kept in (("outline", "null"), ("found", "null"), ("issues", "[]")) if name in columns}
    row |= {name: getattr(page, name) for name in columns - row.keys()}
    entries: list[dict[str, object]] = [
        {"dossier": 1, "position": at, "id": entry.id, "key": entry.key, "value": entry.value}
        for at, entry in enumerate(dossier.entries)
    ]
    (read,) = dossier.entries[0].readings
    names = ("key", "value", "printed", "confidence", "status", "source")
    reading = {"dossier": 1, "entry": 0, "position": 0, "box": "null", **{name: getattr(read, name) for name in names}}
    tables = [("dossier", head), ("page", row), *(("entry", one) for one in entries), ("reading", reading)]
    return [
        (f"INSERT INTO {table} ({', '.join(one)}) VALUES ({', '.join('?' * len(one))})", tuple(one.values()))  # noqa: S608, no word from outside
        for table, one in tables
    ]


def test_what_the_first_version_kept_is_there_and_nobody_has_said_which_paper_a_page_belongs_to(
    folder: DataFolder, keys: Keys, old: Dossier
) -> None:
    with Store.open(folder, keys) as store:
        assert store.dossiers.get(old.id) == old
        assert [page.goes_with for page in old.pages] == [None]
        said = replace(old.pages[0], goes_with=old.pages[0].id, goes_with_set_by="officer")
        with store.dossiers.transaction() as transaction:
            saved = transaction.save(replace(old, pages=(said,)))
    with Store.open(folder, keys) as store:
        assert store.dossiers.get(old.id) == saved


def test_of_a_page_that_the_first_version_kept_no_gate_has_said_anything(
    folder: DataFolder, keys: Keys, old: Dossier
) -> None:
    with Store.open(folder, keys) as store:
        loaded = store.dossiers.get(old.id)
        (page,) = loaded.pages
        assert (page.outline, page.judged, page.spoiled, page.again) == (None, False, False, False)
        (read,) = loaded.entries[0].readings
        assert (read.others, read.doubt) == ((), None)


def test_what_the_third_version_kept_is_there_and_found_by_name_though_the_index_began_anew(
    folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    old = _kept_by_version(3, folder, keys, new_dossier)
    with Store.open(folder, keys) as store:
        loaded = store.dossiers.get(old.id)
        assert loaded == old
        assert (loaded.case, loaded.conditions, loaded.counted, loaded.slips) == ("", {}, {}, ())
        assert (loaded.holder, loaded.parked, loaded.payment, loaded.signature) == ("", None, None, None)
        found = store.dossiers.find(old.person_name or "")
        assert [summary.id for summary in found] == [old.id]
    assert migrations.backup_of(folder.database, 3).exists()


def test_a_program_that_dies_while_bringing_forward_leaves_what_was_there(
    folder: DataFolder, keys: Keys, old: Dossier
) -> None:
    told = subprocess.run([sys.executable, "-c", DIES_HALF_WAY, folder.database, keys.database.hex()], check=False)
    assert told.returncode == 9
    database = Database(folder.database, keys.database)
    assert migrations.schema_version(database) == 1
    database.close()
    with Store.open(folder, keys) as store:
        assert store.dossiers.get(old.id) == old


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_at_any_point_of_all_migrations_the_old_or_the_new_version_is_there_whole(
    folder: DataFolder, keys: Keys, old: Dossier, tmp_path: Path
) -> None:
    command = [sys.executable, KILLED_MIGRATION, folder.root, keys.database.hex(), tmp_path / "scratch", EVERY]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    *lines, last = told.stdout.splitlines()
    word, points = last.split()
    assert (word, int(points) > 100) == ("done", True), last
    newest = f"{len(VERSIONS)} 1"
    killed, started_again = (
        [line.partition(" ")[2] for line in lines[0::2]],
        [line.partition(" ")[2] for line in lines[1::2]],
    )
    assert set(killed) == {"1 1", newest}
    assert set(started_again) == {newest}


def test_the_copy_of_the_old_version_goes_after_enough_good_days(folder: DataFolder, keys: Keys, old: Dossier) -> None:
    start = datetime.now(VIETNAM)

    def opened(day: int, *, worked: bool) -> list[str]:
        now = start + timedelta(days=day, minutes=1)
        with Store.open(folder, keys, now=lambda: now) as store:
            if worked:
                with store.dossiers.transaction() as transaction:
                    transaction.audit(AuditEntry("open_dossier", "officer", now))
        return [copy.name for copy in migrations.copies(folder.database)]

    copy = migrations.backup_of(folder.database, 1).name
    for day in range(migrations.GOOD_DAYS):
        assert opened(day, worked=True) == [copy]
    assert opened(migrations.GOOD_DAYS - 1, worked=False) == [copy], "today is not over"
    assert opened(migrations.GOOD_DAYS, worked=False) == []


def test_days_without_work_are_no_good_days(folder: DataFolder, keys: Keys, old: Dossier) -> None:
    for day in (0, 40):
        now = datetime.now(VIETNAM) + timedelta(days=day)
        with Store.open(folder, keys, now=lambda now=now: now):
            pass
    assert len(migrations.copies(folder.database)) == 1


def test_who_looks_a_store_over_after_a_migration_was_broken_off_chooses_no_secrets_for_it(
    folder: DataFolder, keys: Keys
) -> None:
    folder.pages.mkdir(parents=True)  # it has pages, named and sealed by what was derived from the data key
    database = Database(folder.database, keys.database)
    migrations.bring_forward(database)  # and then the power fails, before the secrets are written down
    database.close()
    examination.of_folder(folder, keys)
    with Store.open(folder, keys) as store:
        assert store.secrets == Secrets.derived_from(keys.data)
    database = Database(folder.database, keys.database)
    assert seen_secrets(database, Secrets.random()) == store.secrets
    database.close()
