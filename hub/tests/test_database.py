"""The database on both engines: made, upgraded, refused, and never half of either."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from provincial_hub import inspection
from provincial_hub.errors import SetupError
from provincial_hub.keeping import database as opening
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.dialect import alone, is_away
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.tables import announced, events, metadata, pages
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from sqlalchemy import Connection, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tools.servers.postgres import Postgres

SHIPPED = Path(__file__).with_name("schema_2.sql")


def with_engine(url: str, work: Callable[[AsyncEngine], Any]) -> Any:
    async def run() -> Any:
        engine = await open_database(url)
        try:
            return await work(engine)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True}
    found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return [one for one in found if "alembic_version" not in str(one)]


async def changed(engine: AsyncEngine) -> list[Any]:
    async with engine.connect() as connection:
        return await connection.run_sync(differences)


def test_the_revisions_make_exactly_the_tables_that_the_program_knows(database: str) -> None:
    assert with_engine(database, changed) == []
    assert with_engine(database, changed) == [], "opened a second time"


def test_a_folder_of_the_shipped_hub_is_brought_up_to_date_with_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "hub.db"
    with closing(sqlite3.connect(file)) as books:
        books.executescript(SHIPPED.read_text(encoding="utf-8"))

    async def held(engine: AsyncEngine) -> tuple[Any, ...]:
        async with Ledger(engine).transaction(EventBooks) as books:
            return await books.event("T01", 1), await books.highest_seq("T01"), await books.page_size("T01", "ab" * 32)

    kept, highest, size = with_engine(embedded(file), held)
    assert (kept.pages, kept.receipt, highest, size) == (("ab" * 32,), {"hub_number": "H00.00.00-261120-0001"}, 2, 7)
    assert with_engine(embedded(file), changed) == []


def test_looking_at_a_folder_of_the_shipped_hub_says_what_to_do_and_changes_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "hub.db")) as books:
        books.executescript(SHIPPED.read_text(encoding="utf-8"))
    before = (tmp_path / "hub.db").read_bytes()
    for look in (inspection.holdings, inspection.verify):
        with pytest.raises(SetupError, match="older hub: «provincial-hub serve»"):
            look(Settings.load(tmp_path, {}))
    assert (tmp_path / "hub.db").read_bytes() == before


def test_every_event_and_page_is_looked_at_however_many_batches_they_make(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "BATCH", 3)
    names = {
        (station, seq): [f"{station}{seq:02}{n:060}" for n in range(seq % 3)] for station in "AB" for seq in range(1, 8)
    }
    content = {key: json.dumps({"pages": its}) for key, its in names.items()}

    async def write(engine: AsyncEngine) -> None:
        async with engine.begin() as books:
            for (station, seq), its in names.items():
                digest = hashlib.sha256(content[station, seq].encode()).hexdigest()
                facts = {"station": station, "seq": seq, "digest": digest, "content": content[station, seq]}
                told = {"dossier_id": f"{station}{seq}", "number": "", "status": "need_pages", "kept_at": f"{9 - seq}"}
                await books.execute(insert(events).values(facts | told))
                for position, name in enumerate(its):
                    page = {"station": station, "sha256": name}
                    await books.execute(insert(announced).values(page | {"seq": seq, "position": position}))
                    await books.execute(insert(pages).values(page | {"size": 1, "received_at": ""}))

    with_engine(database, write)
    settings = replace(Settings.load(tmp_path, {}), database=database, pages=tmp_path)
    Signer.open(settings.key)
    rows = inspection.holdings(settings)
    assert {(row["station"], row["seq"]): [page["sha256"] for page in row["pages"]] for row in rows} == names
    assert [row["kept_at"] for row in rows] == sorted(row["kept_at"] for row in rows)
    found = inspection.verify(settings)
    gone = sorted(f"page {key[0]}/{name}: No such file or directory" for key, its in names.items() for name in its)
    assert (found.waiting, found.pages, sorted(found.gaps)) == (len(names), len(gone), gone)


def test_the_database_of_a_newer_hub_is_left_alone(database: str, tmp_path: Path) -> None:
    async def move_on(engine: AsyncEngine) -> None:
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with_engine(database, move_on)
    with pytest.raises(SetupError, match="newer hub"):
        with_engine(database, changed)
    with pytest.raises(SetupError, match="newer hub"):
        inspection.holdings(replace(Settings.load(tmp_path, {}), database=database))


def test_an_embedded_database_of_a_newer_hub_without_revisions_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "hub.db")) as books:
        books.execute("PRAGMA user_version = 99")
    with pytest.raises(SetupError, match="newer hub"):
        with_engine(embedded(tmp_path / "hub.db"), changed)


def test_nodes_that_start_at_once_make_the_tables_once(database: str) -> None:
    async def open_four() -> None:
        engines = await asyncio.gather(*(open_database(database, 1) for _ in range(4)))
        assert await changed(engines[0]) == []
        for engine in engines:
            await engine.dispose()

    asyncio.run(open_four())


def test_no_node_is_turned_away_by_others_that_make_the_same_file(tmp_path: Path) -> None:
    async def open_twelve(file: Path) -> None:
        engines = await asyncio.gather(*(open_database(embedded(file), 1) for _ in range(12)))
        for engine in engines:
            await engine.dispose()

    for number in range(10):
        asyncio.run(open_twelve(tmp_path / f"{number}.db"))


def test_a_node_waits_for_another_that_makes_the_tables_however_long_that_takes(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_MS", 50)
    monkeypatch.setattr(opening, "STATEMENT_MS", 100)
    driver = create_async_engine(database)

    async def open_beside() -> list[Any]:
        async with driver.connect() as first:
            if driver.dialect.name == "postgresql":
                await first.begin()
                await first.run_sync(alone, "migrations")
            else:
                await first.exec_driver_sql("BEGIN IMMEDIATE")
            second = asyncio.create_task(open_database(database, 1))
            await asyncio.wait({second}, timeout=0.5)  # ten times as long as it would wait for anything else
            assert not second.done()
            await first.rollback()
        engine = await second
        found = await changed(engine)
        for one in (engine, driver):
            await one.dispose()
        return found

    assert asyncio.run(open_beside()) == []


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///x", "nonsense", "postgresql+asyncpg://host"])
def test_a_wrong_url_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(SetupError, match="wants sqlite") as refused:
        with_engine(url, changed)
    assert url not in str(refused.value)


def test_a_server_that_is_not_there_is_named_with_what_to_do_and_without_the_password() -> None:
    with pytest.raises(SetupError, match="cannot be opened") as refused:
        with_engine("postgresql+asyncpg://hub:secret@127.0.0.1:1/hub", changed)
    assert "@127.0.0.1:1/hub" in str(refused.value)
    assert "[database] url and password_file of hub.toml" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_or_out_of_reach_is_named_with_why(tmp_path: Path) -> None:
    spoilt = tmp_path / "hub.db"
    spoilt.write_bytes(b"no database " * 100)
    places = {spoilt: "file is not a database", tmp_path: "Is a directory", tmp_path / "no" / "hub.db": "No such file"}
    for file, why in places.items():
        with pytest.raises(SetupError, match=why) as refused:
            with_engine(embedded(file), changed)
        assert str(file) in str(refused.value)
    with pytest.raises(SetupError, match="file is not a database"):
        inspection.holdings(Settings.load(tmp_path, {}))


def test_a_server_that_does_not_answer_in_time_or_has_no_address_is_away(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CONNECT_S", 0.5)
    url = postgres.new_database()

    async def reached(engine: AsyncEngine) -> list[Exception]:
        """What comes of the next connection while the server is silent, and while its name means nothing."""
        failures: list[Exception] = []
        postgres.stop()
        try:
            with socket.create_server(("127.0.0.1", postgres.port)):  # takes connections, and never says a word
                await fails(engine, failures)
        finally:
            postgres.start()
        await engine.dispose()
        engine.sync_engine.dialect.connect = no_such_host  # type: ignore[method-assign]
        await fails(engine, failures)
        return failures

    async def fails(engine: AsyncEngine, failures: list[Exception]) -> None:
        with pytest.raises(Exception) as raised:  # noqa: PT011 - whichever it is, the hub must know it
            async with engine.connect():
                pass
        failures.append(raised.value)

    def no_such_host(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert [is_away(failure) for failure in with_engine(url, reached)] == [True, True]
