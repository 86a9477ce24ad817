"""Takes in what a hub tells, each time in a process that kills itself at another point of it, then once more.

    python killed_feed.py DATABASE DATABASE_KEY_HEX CHANGES EVERY

Every so manieth point is taken: a statement about to be run or just run, or the commit about to be made. One line a
point: where it was, and the cursor, changes and revisions found after the kill and after taking the same in again.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from datetime import datetime
from pathlib import Path

import sqlalchemy as sql
from sqlalchemy import event

from station.clock import VIETNAM
from station.dossier.hub_changes import HubChange
from station.store.database import Database
from station.store.province.hub_feed import HubFeed

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=VIETNAM)
AUTHORITY = b"a" * 32


def main(file: Path, key: bytes, changes: list[HubChange], every: int) -> None:
    at = every
    while True:
        copy = file.with_name("copy")
        for suffix in ("", "-wal", "-shm"):
            copy.with_name(f"copy{suffix}").unlink(missing_ok=True)
        shutil.copy(file, copy)
        child = os.fork()
        if not child:
            take(copy, key, changes, at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(json.dumps({"exit": os.WEXITSTATUS(status)}))
            return
        found = counts(copy, key)
        take(copy, key, changes, 0)
        print(json.dumps({"at": at, "found": found, "again": counts(copy, key)}))
        at += every


def take(file: Path, key: bytes, changes: list[HubChange], at: int) -> None:
    """Dies at the `at`-th point; 0: never."""
    database = Database(file, key)
    seen = 0

    def point(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    if at:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(sql.Engine, name, point)
    HubFeed(database, lambda: NOW).take(AUTHORITY, "T01", changes)
    database.close()


def counts(file: Path, key: bytes) -> list[int]:
    database = Database(file, key)
    with database.reading() as connection:
        found = [
            int(connection.exec_driver_sql(f"SELECT {what}").scalar_one())
            for what in (
                "coalesce((SELECT cursor FROM hub_cursor), 0)",
                "count(*) FROM hub_change",
                "count(*) FROM revision",
            )
        ]
    database.close()
    return found


if __name__ == "__main__":
    told = [
        HubChange(one["cursor"], one["subject"], NOW, one["body"], one)
        for one in json.loads(Path(sys.argv[3]).read_text())
    ]
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), told, int(sys.argv[4]))
