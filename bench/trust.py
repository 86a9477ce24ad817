"""What trust costs: a dossier of six pages written and opened in the station's store, beside plain SQLite and files.

    python -m bench.trust [--rounds 40] [--pages 6]

The station encrypts database and pages, gives every dossier a key of its own, and chains a line of the audit trail to
the one before. The peer writes the same bytes: each page a file with fsync, the rows into SQLite (WAL, FULL) without a
key, in the same transactions. Both take turns; a ratio is the median of the pairs', with its quartiles. Search
and lists: `python -m bench.dossiers`.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
PAGE_BYTES = 300_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--pages", type=int, default=6)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plain = sqlite3.connect(root / "plain.sqlite", isolation_level=None)
        for line in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"):
            plain.execute(line)
        plain.execute("CREATE TABLE row (id TEXT, kind TEXT, said TEXT)")
        plain.execute("CREATE INDEX by_id ON row (id)")
        (root / "files").mkdir()
        with Store.open(DataFolder(root / "station"), Keys.derived_from(b"bench" * 7)) as store:
            pairs = [_pair(store, plain, root / "files", number, told.pages) for number in range(told.rounds)]
        plain.close()
    print(f"{'':<34}{'station, ms':>14}{'plain, ms':>12}{'ratio':>8}{'quartiles':>16}")
    for at, name in enumerate((f"write a dossier of {told.pages} pages", "open it, every page of it")):
        _line(name, [pair[at] for pair in pairs])


def _pair(
    store: Store, plain: sqlite3.Connection, files: Path, number: int, count: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    pages = [os.urandom(PAGE_BYTES) for _ in range(count)]
    name = f"d{number}"
    wrote = _timed(lambda: _write(store, name, pages)), _timed(lambda: _write_plain(plain, files, name, pages))
    opened = _timed(lambda: _open(store, name)), _timed(lambda: _open_plain(plain, files, name))
    return wrote, opened


def _write(store: Store, name: str, pages: list[bytes]) -> None:
    person = (Entry("person/full_name", "full_name", "Nguyễn Thị Đăng"),)
    with store.dossiers.transaction() as kept:
        dossier = kept.save(Dossier(name, "1.004873", "1", "canbo.mau", NOON, entries=person))
        kept.audit(AuditEntry("open_dossier", "machine", NOON, name))
    for number, content in enumerate(pages, 1):
        sha256 = store.pages.keep(content, name)
        page = Page(f"{name}-{number}", number, sha256, len(content), "image/jpeg", "sane", NOON)
        with store.dossiers.transaction() as kept:
            dossier = kept.save(dossier.with_page(page))
            kept.audit(AuditEntry("add_page", "machine", NOON, name))
    with store.dossiers.transaction() as kept:
        sealed = kept.save(replace(dossier, state=State.SEALED, number=name, sealed_at=NOON))
        names = tuple(page.sha256 for page in sealed.pages)
        kept.enqueue(OutboxEvent("T01", kept.next_seq(), "dossier.sealed", name, 0, NOON, {"id": name}, names))
        kept.audit(AuditEntry("seal_dossier", "machine", NOON, name))


def _write_plain(plain: sqlite3.Connection, files: Path, name: str, pages: list[bytes]) -> None:
    def together(*rows: tuple[str, str]) -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.executemany("INSERT INTO row VALUES (?, ?, ?)", [(name, *row) for row in rows])
        plain.execute("COMMIT")

    together(("dossier", "1.004873 canbo.mau"), ("entry", "Nguyễn Thị Đăng"), ("audit", "open_dossier"))
    for number, content in enumerate(pages, 1):
        with (files / f"{name}-{number}").open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        together(("page", f"{name}-{number}"), ("audit", "add_page"))
    together(("seal", name), ("event", name), ("audit", "seal_dossier"))


def _open(store: Store, name: str) -> None:
    for page in store.dossiers.get(name).pages:
        store.pages.read(page.sha256)


def _open_plain(plain: sqlite3.Connection, files: Path, name: str) -> None:
    for kind, said in plain.execute("SELECT kind, said FROM row WHERE id = ?", (name,)).fetchall():
        if kind == "page":
            (files / said).read_bytes()


def _timed(deed: Callable[[], None]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def _line(name: str, pairs: list[tuple[float, float]]) -> None:
    ratios = [mine / peer for mine, peer in pairs]
    low, middle, high = statistics.quantiles(ratios, n=4)
    mine, peer = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    print(f"{name:<34}{mine:>14.1f}{peer:>12.1f}{middle:>8.2f}{f'{low:.2f}-{high:.2f}':>16}")


if __name__ == "__main__":
    main()
