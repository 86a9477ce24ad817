"""A station that works without a pause and says what it was told is kept: killed by the tests beside it.

    python writer.py FOLDER DATA_KEY_HEX RUN [pause]

Each line is written once the call has returned: `page SHA256`, `dossier ID VERSION NUMBER SEQ`, or `error CODE`.
With `pause` it stops for ever between keeping a page and writing the row that names it.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def work(store: Store, run: str, pause: bool) -> None:
    """Open, scan, seal: three transactions a dossier."""
    chance = random.Random(run)
    for count in range(1_000_000):
        name = f"{run}-{count}"
        person = (Entry("person/full_name", "full_name", "Nguyễn Thị Đăng"),)
        dossier = Dossier(name, "1.004873", "1", "officer", NOON, entries=person)
        with store.dossiers.transaction() as transaction:
            dossier = transaction.save(dossier)
        sha256 = store.pages.keep(chance.randbytes(chance.randrange(20_000, 60_000)), name)
        say("page", sha256)
        if pause:
            time.sleep(3600)
        dossier = dossier.with_page(Page("p", 1, sha256, 1, "image/jpeg", "sane", NOON))
        with store.dossiers.transaction() as transaction:
            dossier = transaction.save(dossier)
        with store.dossiers.transaction() as transaction:
            number, seq = transaction.next_number("day"), transaction.next_seq()
            sealed = transaction.save(replace(dossier, state=State.SEALED, number=str(number)))
            transaction.enqueue(OutboxEvent("T01", seq, "dossier.sealed", name, 0, NOON, {"id": name}, (sha256,)))
            transaction.audit(AuditEntry("seal_dossier", "officer", NOON, name))
        say("dossier", name, sealed.version, number, seq)


def main() -> None:
    folder, data_key, run, *how = sys.argv[1:]
    try:
        with Store.open(DataFolder(Path(folder)), Keys.derived_from(bytes.fromhex(data_key))) as store:
            say("open")
            work(store, run, pause="pause" in how)
    except StoreError as error:
        say("error", error.code)


if __name__ == "__main__":
    main()
