"""A hub of one machine moved to PostgreSQL and an object store or another folder: whole, or not at all."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from provincial_hub import inspection
from provincial_hub.errors import SetupError
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.tables import metadata
from provincial_hub.moving.rows import copy_rows
from provincial_hub.settings import Settings
from sqlalchemy import Column, Integer, LargeBinary, Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tools.servers.postgres import Postgres
from tools.servers.seaweed import SeaweedFS

from .conftest import Hub

TOKENS = {"A0": "token-of-A0"}


@pytest.fixture
def small(tmp_path: Path, sealed: Any, post: Any, put: Any) -> Hub:
    """A hub with three dossiers of two pages each, and one page still to come; it does not run."""
    hub = Hub(tmp_path / "one" / "hub")
    hub.data.parent.mkdir()
    hub.start(TOKENS)
    station = hub.station(token=TOKENS["A0"])
    for seq in range(1, 4):
        contents = [b"page %d of %d" % (number, seq) for number in (1, 2)]
        post(station, sealed(*contents, seq=seq, station="A0"))
        for content in contents:
            put(station, content)
    post(station, sealed(b"on its way", seq=4, station="A0"))
    assert hub.stop() == 0
    return hub


def settled(folder: Path, postgres: Postgres, pages: str) -> Hub:
    """The folder of the hub that is to be."""
    user, _, rest = postgres.new_database().partition("@")
    name, _, password = user.rpartition(":")
    folder.mkdir()
    (folder / "password").write_text(password)
    (folder / "hub.toml").write_text(
        f'''
        node = "node-1"
        [database]
        url = "{name}@{rest}"
        password_file = "{folder}/password"
        [pages]
        {pages}
        '''
    )
    return Hub(folder)


def in_store(folder: Path, seaweed: SeaweedFS) -> str:
    for name, secret in (("access", seaweed.access_key), ("secret", seaweed.secret_key)):
        (folder / name).write_text(secret)
    return f'''
        store = "s3"
        bucket = "{seaweed.bucket}"
        endpoint = "{seaweed.endpoint}"
        access_key_file = "{folder}/access"
        secret_key_file = "{folder}/secret"
        '''


@pytest.mark.parametrize("place", ["object store", "folder"])
def test_everything_arrives_and_the_hub_goes_on_there(
    place: str, small: Hub, tmp_path: Path, postgres: Postgres, request: pytest.FixtureRequest, put: Any, post: Any,
    sealed: Any,
) -> None:  # fmt: skip
    pages = 'folder = "kept"'
    if place == "object store":
        pages = in_store(tmp_path, request.getfixturevalue("seaweed"))
    new = settled(tmp_path / "new", postgres, pages)
    before = inspection.holdings(Settings.load(small.data, {}))
    done = small.command("move", "--to", str(new.data))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["pages"], told["rows"]["event"], told["rows"]["announced_page"]) == (6, 4, 7)
    there = Settings.load(new.data, {})
    assert inspection.holdings(there) == before
    found = inspection.verify(there)
    assert (found.gaps, found.receipts, found.pages, found.waiting) == ([], 3, 6, 1)
    assert new.data.joinpath("hub.key").read_bytes() == small.data.joinpath("hub.key").read_bytes()

    new.start(TOKENS)
    station = new.station(token=TOKENS["A0"])
    assert put(station, b"on its way").status_code == 201
    (answer,) = post(station, sealed(b"on its way", seq=4, station="A0"))
    assert answer["receipt"]["hub_number"].endswith("-0004"), "the count goes on"
    new.kill()

    again = small.command("move", "--to", str(new.data))
    assert again.returncode == 2
    assert "holds one already" in again.stderr
    served = small.process("serve")
    assert served.returncode == 2
    assert f"this hub was moved to {new.data}" in served.stderr
    assert inspection.verify(Settings.load(small.data, {})).gaps == [], "what was left is as it was"


def test_an_object_store_that_fails_is_told_with_what_to_look_at_and_nothing_is_half_moved(
    small: Hub, tmp_path: Path, postgres: Postgres, seaweed: SeaweedFS
) -> None:
    right = in_store(tmp_path, seaweed)
    new = settled(tmp_path / "new", postgres, right)
    told = (new.data / "hub.toml").read_text()
    (tmp_path / "wrong").write_text("wrong")
    with no_buckets() as elsewhere:
        faults = {
            told.replace(seaweed.endpoint, "http://127.0.0.1:1"): "cannot be reached, or breaks off: [pages] endpoint",
            told.replace(f"{tmp_path}/secret", f"{tmp_path}/wrong"): "refuses the key: [pages] access_key_file",
            told.replace(seaweed.endpoint, elsewhere): "has no such bucket: [pages] bucket",
        }
        for settings, why in faults.items():
            (new.data / "hub.toml").write_text(settings)
            done = small.command("move", "--to", str(new.data))
            assert (done.returncode, why in done.stderr) == (2, True), done.stderr
            assert small.command("stations").returncode == 0, "it lives where it lived"
            assert "has not come here whole" in new.command("stations").stderr
            assert inspection.holdings(Settings.load(new.data, {})) == []
    (new.data / "hub.toml").write_text(told)
    assert small.command("move", "--to", str(new.data)).returncode == 0
    assert inspection.verify(Settings.load(new.data, {})).gaps == []


@contextmanager
def no_buckets() -> Iterator[str]:
    """An S3 that has no bucket, which the one of the tests would make; its address."""

    class NoBuckets(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            content = b"" if self.command == "HEAD" else b"<Error><Code>NoSuchBucket</Code></Error>"
            self.send_response(404)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_HEAD = do_GET = do_PUT = do_POST = answer  # noqa: N815 - as the class wants them

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), NoBuckets) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


def test_a_running_hub_is_not_moved(small: Hub, tmp_path: Path, postgres: Postgres) -> None:
    new = settled(tmp_path / "new", postgres, 'folder = "kept"')
    small.start(TOKENS)
    done = small.command("move", "--to", str(new.data))
    small.kill()
    assert done.returncode == 2
    assert "another hub is running" in done.stderr


def test_a_hub_that_lacks_a_page_is_not_moved_and_what_broke_off_goes_on(
    small: Hub, tmp_path: Path, postgres: Postgres
) -> None:
    new = settled(tmp_path / "new", postgres, 'folder = "kept"')
    lost = next(file for file in small.data.joinpath("pages").rglob("*") if file.is_file())
    content = lost.read_bytes()
    lost.write_bytes(content[:-1] + b"?")
    done = small.command("move", "--to", str(new.data))
    assert done.returncode == 2
    assert "lost or damaged" in done.stderr
    assert inspection.holdings(Settings.load(new.data, {})) == []
    assert small.command("stations").returncode == 0, "it lives where it lived"
    lost.write_bytes(content)
    assert small.command("move", "--to", str(new.data)).returncode == 0
    assert inspection.verify(Settings.load(new.data, {})).gaps == []


def test_only_a_hub_with_its_own_key_is_moved_to_another_folder(small: Hub, tmp_path: Path, postgres: Postgres) -> None:
    new = settled(tmp_path / "new", postgres, 'folder = "kept"')
    for to, said in ((small.data, "another folder"), (tmp_path / "nowhere", "another folder")):
        done = small.command("move", "--to", str(to))
        assert (done.returncode, said in done.stderr) == (2, True)
    (new.data / "hub.key").write_text("another")
    assert "another hub's key" in small.command("move", "--to", str(new.data)).stderr
    (new.data / "hub.key").unlink()
    (small.data / "hub.toml").write_text("")
    assert "holds no hub" in new.command("move", "--to", str(small.data)).stderr
    (small.data / "hub.toml").unlink()
    (new.data / "hub.toml").write_text('[pages]\nfolder = "/dev/null/pages"')
    broken = small.command("move", "--to", str(new.data))
    assert (broken.returncode, "broke off at /dev/null" in broken.stderr) == (2, True), broken.stderr


Both = Callable[[AsyncConnection, AsyncConnection], Awaitable[None]]


def between(tmp_path: Path, postgres: Postgres, work: Both) -> None:
    """Between an embedded database with two rows in every table and an empty PostgreSQL."""

    async def run() -> None:
        here = await open_database(embedded(tmp_path / "hub.db"))
        there = await open_database(postgres.new_database(), 2)
        try:
            async with here.begin() as books:
                for table in metadata.sorted_tables:
                    await books.execute(insert(table), [row(table, number) for number in (7, 8)])
            async with here.begin() as books, there.begin() as taking:
                await work(books, taking)
        finally:
            await here.dispose()
            await there.dispose()

    asyncio.run(run())


def row(table: Table, number: int) -> dict[str, Any]:
    """Every column filled; the second row leaves out what may be left out."""
    return {
        column.name: value(column, number) if number == 7 or not column.nullable else None for column in table.columns
    }


def value(column: Column[Any], number: int) -> Any:
    if isinstance(column.type, LargeBinary):
        return bytes((0, 255, number))
    if isinstance(column.type, Integer):  # the larger numbers are integers, too
        return number if type(column.type) is Integer else (1 << 53) - number
    return f"ữ🖋\\ \n{number} {column.name}"


def test_every_table_arrives_row_for_row_and_numbers_go_on_above(tmp_path: Path, postgres: Postgres) -> None:
    async def work(books: AsyncConnection, taking: AsyncConnection) -> None:
        copied = await copy_rows(books, taking)
        assert copied == dict.fromkeys(metadata.tables, 2)
        for table in metadata.sorted_tables:
            chosen = select(table).order_by(*table.primary_key.columns)
            rows = [sorted(map(repr, await one.execute(chosen))) for one in (books, taking)]
            assert rows[0] == rows[1], table.name
        for name in ("deed", "outgoing", "trail_alarm"):
            table = metadata.tables[name]
            highest = await taking.scalar(select(func.max(table.c.id)))
            new = {name: told for name, told in row(table, 7).items() if name != "id"}
            added = await taking.execute(insert(table).values(new).returning(table.c.id))
            assert added.scalar_one() == highest + 1

    between(tmp_path, postgres, work)


def test_rows_that_came_out_different_are_noticed(tmp_path: Path, postgres: Postgres) -> None:
    async def work(books: AsyncConnection, taking: AsyncConnection) -> None:
        spoil = "BEGIN NEW.document := '{}'; RETURN NEW; END"
        await taking.execute(text(f"CREATE FUNCTION spoil() RETURNS trigger AS $${spoil}$$ LANGUAGE plpgsql"))
        await taking.execute(text("CREATE TRIGGER t BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION spoil()"))
        with pytest.raises(SetupError, match="person did not arrive as it was"):
            await copy_rows(books, taking)

    between(tmp_path, postgres, work)


def test_a_database_that_holds_anything_takes_nothing(tmp_path: Path, postgres: Postgres) -> None:
    async def work(books: AsyncConnection, taking: AsyncConnection) -> None:
        table = metadata.tables["person"]
        await taking.execute(insert(table), [row(table, 1)])
        with pytest.raises(SetupError, match="person is not empty"):
            await copy_rows(books, taking)

    between(tmp_path, postgres, work)


KILLED_BETWEEN_MARK_AND_COMMIT = """
import os, signal, sys
from provincial_hub import __main__
from provincial_hub.moving import move

mark = move.mark_moved
move.mark_moved = lambda *told: (mark(*told), os.kill(os.getpid(), signal.SIGKILL))
__main__.main(sys.argv[1:])
"""


def test_killed_in_its_last_moment_it_is_served_nowhere_before_it_is_said_again(small: Hub, tmp_path: Path) -> None:
    new = Hub(tmp_path / "new")
    new.data.mkdir()
    (new.data / "hub.toml").write_text('node = "node-1"')
    before = inspection.holdings(Settings.load(small.data, {}))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BETWEEN_MARK_AND_COMMIT, "move", "--data", small.data, "--to", new.data],
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert inspection.holdings(Settings.load(new.data, {})) == []
    for hub, said in ((small, f"this hub was moved to {new.data}"), (new, "has not come here whole")):
        refused = hub.command("stations")
        assert (refused.returncode, said in refused.stderr) == (2, True)
    assert small.command("move", "--to", str(new.data / ".." / "new")).returncode == 0
    assert inspection.holdings(Settings.load(new.data, {})) == before
    assert new.command("stations").returncode == 0

    (new.data / "hub.coming").write_text(str(small.data))  # as a kill right after the commit leaves it
    assert "had come to its end" in small.command("move", "--to", str(new.data)).stderr
    assert new.command("stations").returncode == 0
