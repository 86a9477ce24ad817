"""A hundred thousand dossiers: how long do search, list and open take, and how much memory, beside plain SQLite?

    python -m bench.dossiers [--count 100000] [--folder DIR]

The store is the station's own, encrypted, filled with invented people (a seed: the same every time). The peers hold the
very same rows, copied out of it without encryption in the same run: «plain» answers the same queries by the same code,
«LIKE» searches the names and numbers as one would without an index of words. What is asked of both is asked in turn.
Each figure is the median of the rounds; «worst» is the slowest single answer of the station. A folder that holds a
filled store already is used again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import psutil
from sqlcipher3 import dbapi2 as sqlcipher

from bench.dossier_rows import OFFICER, fill
from station import paths
from station.catalogue.procedures import Procedures
from station.clock import VIETNAM
from station.dossier.procedure_names import ProcedureNames
from station.dossier.queue import Queue
from station.paths import DataFolder
from station.scan.papers.folder import load_papers
from station.store.database import Database
from station.store.dossiers import Dossiers
from station.store.keys import Keys
from station.store.keys.trail_key import TrailKey
from station.store.store import Store
from station.store.trail.audit import Audit

KEYS = Keys.derived_from(b"bench" * 7)
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=VIETNAM)
LISTED, SEARCHED = 201, 61
"""What the screen asks for."""
LIKE = """
    SELECT serial FROM dossier WHERE person_name LIKE :words OR person_id LIKE :words OR number LIKE :words
    ORDER BY opened_order DESC LIMIT 61
"""


@dataclass(frozen=True)
class Question:
    """What is typed, key by key where it is a name."""

    name: str
    typed: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", choices=("station", "plain"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.child:
        print(json.dumps(memory(told.child, told.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        measure(told.folder or Path(temporary), told.count, told.rounds)


def measure(root: Path, count: int, rounds: int) -> None:
    folder, plain_file = DataFolder(root / "station"), root / "plain.sqlite"
    names = ProcedureNames(catalogue().all())
    if not folder.database.exists():
        began = time.perf_counter()
        fill(folder, KEYS, count, NOW, [procedure.code for procedure in catalogue().all()])
        print(f"{count} dossiers written in {time.perf_counter() - began:.0f} s")
    with Store.open(folder, KEYS, lambda: NOW) as store:
        if not plain_file.exists():
            copy_plain(store, plain_file)
        plain, bare = dossiers_of(Plain(plain_file, b"")), sqlcipher.connect(plain_file)
        held = store.dossiers.find("", 1)[0]
        print(f"database {size(folder.database):.0f} MB, plain {size(plain_file):.0f} MB; {held.number or held.id}\n")
        head("search, milliseconds", "station", "worst", "/ plain", "/ LIKE")
        for question in questions(store.dossiers):
            here: list[float] = []
            there: list[float] = []
            naive: list[float] = []
            for _ in range(rounds):
                for words in question.typed:
                    here.append(timed(partial(store.dossiers.find, words, SEARCHED, names)))
                    there.append(timed(partial(plain.find, words, SEARCHED, names)))
                    naive.append(timed(partial(like, bare, words)))
            line(question.name, here, there, naive)
        print()
        head("list and open, milliseconds", "station", "worst", "/ plain")
        for name, ask in asked(store.dossiers).items():
            mine = [timed(partial(ask, store.dossiers)) for _ in range(rounds * 4)]
            theirs = [timed(partial(ask, plain)) for _ in range(rounds * 4)]
            line(name, mine, theirs)
        bare.close()
    print()
    held_by = {child: told_by(child, root) for child in ("station", "plain")}
    head("memory of a process that searched, MiB", "station", "plain", "ratio")
    print(
        f"  {'':<38}{held_by['station']:>10.0f}{held_by['plain']:>10.0f}{held_by['station'] / held_by['plain']:>10.2f}"
    )


def questions(dossiers: Dossiers) -> Sequence[Question]:
    """Letter by letter as they are typed, and numbers of dossiers that are there."""
    one = next(summary for summary in dossiers.queue(Queue.SENT, OFFICER, NOW, 500) if summary.hub_number)
    person = dossiers.get(one.id)
    phone = next(entry.value for entry in person.entries if entry.key.endswith("phone"))
    return (
        Question("a common name, letter by letter", beginnings("nguyen thi dang")),
        Question("the same with its marks", beginnings("nguyễn thị đăng")),
        Question("a name and a procedure", beginnings("tran khai sinh")),
        Question("an identity number", beginnings(one.person_id or "")),
        Question("a telephone number", beginnings(phone)),
        Question("the provisional number", (one.number or "",)),
        Question("the hub's number", (one.hub_number or "",)),
        Question("nothing like it", beginnings("zuxqw")),
    )


def asked(dossiers: Dossiers) -> dict[str, Callable[[Dossiers], object]]:
    """What the screen asks for: a view, the counts beside it, and one dossier."""
    turn = cycle([summary.id for summary in dossiers.find("", 200)])

    def view(queue: Queue) -> Callable[[Dossiers], object]:
        return lambda kept: kept.queue(queue, OFFICER, NOW, LISTED)

    return {
        **{f"the view «{queue.value}»": view(queue) for queue in Queue},
        "how many stand in each view": lambda kept: kept.counts(OFFICER, NOW),
        "open a dossier": lambda kept: kept.get(next(turn)),
    }


class Plain(Database):
    """The same engine on a file without a key, as a program without encryption would open it."""

    def _set_up(self, connection: Any, _record: object) -> None:
        connection.isolation_level = None


def copy_plain(store: Store, file: Path) -> None:
    """Every row as it stands, the index of words among them."""
    with store._database.bare() as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(file),))
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH DATABASE plain")


def dossiers_of(database: Database) -> Dossiers:
    """Those of a database alone; nothing is written here, so that the trail's key does not matter."""
    return Dossiers(database, Audit(database, TrailKey(bytes(32)), lambda: NOW))


def memory(child: str, root: Path) -> float:
    """Proportional set size after the same searches, in MiB."""
    names = ProcedureNames(catalogue().all())
    database = Database(DataFolder(root / "station").database, KEYS.database)
    if child == "plain":
        database = Plain(root / "plain.sqlite", b"")
    dossiers = dossiers_of(database)
    for words in (*beginnings("nguyen thi dang"), *beginnings("tran khai sinh")):
        dossiers.find(words, SEARCHED, names)
    dossiers.queue(Queue.ALL, OFFICER, NOW, LISTED)
    held = psutil.Process().memory_full_info()
    return float(getattr(held, "pss", held.uss)) / 2**20


def told_by(child: str, root: Path) -> float:
    command = [sys.executable, "-m", "bench.dossiers", "--child", child, "--folder", str(root)]
    return float(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def catalogue() -> Procedures:
    resources = paths.resources()
    return Procedures(resources / "procedures", load_papers(resources / "papers").kinds)


def beginnings(words: str) -> tuple[str, ...]:
    return tuple(words[:length] for length in range(1, len(words) + 1) if words[length - 1] != " ")


def like(connection: Any, words: str) -> list[Any]:
    return list(connection.execute(LIKE, {"words": f"%{words}%"}))


def timed(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def head(title: str, *columns: str) -> None:
    print(f"{title:<40}" + "".join(f"{column:>10}" for column in columns))


def line(name: str, mine: list[float], *peers: list[float]) -> None:
    middle = statistics.median(mine)
    ratios = "".join(f"{middle / statistics.median(peer):>10.2f}" for peer in peers)
    print(f"  {name:<38}{middle:>10.1f}{max(mine):>10.1f}{ratios}")


def size(file: Path) -> float:
    """Megabytes."""
    return file.stat().st_size / 10**6


if __name__ == "__main__":
    main()
