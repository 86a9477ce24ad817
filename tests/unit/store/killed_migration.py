"""Brings copies of an old store forward, each in a process that kills itself at another point of it.

    python killed_migration.py FOLDER DATABASE_KEY_HEX SCRATCH EVERY

Every so manieth point is taken. A point is a statement about to be run or just run, a commit about to be made, a file
about to be opened, renamed or removed, or flushed. One line a point: its number, what it was, and the version found
afterwards with the dossiers in it (`5 1`), or `NOTHING` where no version opens. The last line is `done` and says how
many points there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import sqlalchemy
from sqlalchemy import event

from station.errors import StoreError
from station.store import durable, migrations
from station.store.database import Database

FILE_DEEDS = ("os.rename", "os.remove", "os.link")


def counted(at: int, told: list[str]) -> Callable[[str], None]:
    """Kills this process when it is called for the `at`-th time."""
    seen = 0

    def point(name: str) -> None:
        nonlocal seen
        seen += 1
        told.append(name)
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return point


def bring_forward(file: Path, key: bytes, at: int) -> list[str]:
    told: list[str] = []
    point = counted(at, told)
    engine = sqlalchemy.Engine
    event.listen(engine, "before_cursor_execute", lambda _c, _k, said, *_rest: point(f"before {said.split()[0]}"))
    event.listen(engine, "after_cursor_execute", lambda _c, _k, said, *_rest: point(f"after {said.split()[0]}"))
    event.listen(engine, "commit", lambda _connection: point("commit"))
    sys.addaudithook(lambda name, _arguments: point(name) if name in FILE_DEEDS else None)
    flush = durable.sync_file
    durable.sync_file = lambda place: (point("flush"), flush(place), point("flushed"))[1]  # type: ignore[func-returns-value]
    database = Database(file, key)
    migrations.bring_forward(database)
    point("closing")
    database.close()
    return told


def found(file: Path, key: bytes) -> str:
    try:
        database = Database(file, key)
        version = migrations.schema_version(database)
        with database.reading() as connection:
            whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            dossiers = connection.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one()
        database.close()
    except StoreError:
        return "NOTHING"
    return f"{version} {dossiers}" if whole else "NOTHING"


def main(folder: Path, key: bytes, scratch: Path, every: int) -> None:
    at = 1 - every
    while True:
        at += every
        place = scratch / str(at)
        shutil.copytree(folder, place)
        child = os.fork()
        if child == 0:
            bring_forward(place / "station.db", key, at)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        survived = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        if not survived and os.WTERMSIG(status) != signal.SIGKILL:
            raise SystemExit(f"point {at} died of something else: {status}")
        print(at, found(place / "station.db", key), flush=True)
        again = Database(place / "station.db", key)  # and the next start finishes it
        migrations.bring_forward(again)
        again.close()
        print(at, found(place / "station.db", key), flush=True)
        shutil.rmtree(place)
        if survived:
            print("done", at - 1, flush=True)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
