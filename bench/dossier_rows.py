"""A store full of invented dossiers, written table by table: the same ones from the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sql

from station.dossier.dossier import Dossier, State
from station.dossier.entry import Answer, Entry, Verdict
from station.dossier.page import Page
from station.dossier.reading import ReadField, Source, Status
from station.paths import DataFolder
from station.store import schema
from station.store.keys import Keys
from station.store.rows import dossier_rows, search
from station.store.store import Store
from tools.specimens.varied.facts import SURNAMES

OFFICER = "canbo.mau"
STATION = "T01"
BATCH = 2000
SEED = 20261120
A_DAY = 120
"""Dossiers at one counter; a hundred thousand are some three years of work."""
LAST_OPEN = 40
"""The newest are still being worked on."""

_COMMON = (38, 11, 9, 7, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2)
"""How many people in a hundred have each of the commonest family names, the first of `SURNAMES`."""

_MIDDLE = ("Thị", "Văn", "Hữu", "Thị Thanh", "Đức", "Ngọc", "Minh", "Thị Hồng", "Quốc", "Xuân")
_GIVEN = ("An", "Bình", "Châu", "Dung", "Đăng", "Giang", "Hà", "Hương", "Hường", "Khánh", "Lan", "Linh", "Mẫu", "Nam",
          "Oanh", "Phúc", "Quỳnh", "Sơn", "Thảo", "Uyên", "Vân", "Yến")  # fmt: skip


def fill(folder: DataFolder, keys: Keys, count: int, now: datetime, procedures: Sequence[str]) -> None:
    """Nearly all of them sealed and with the hub; a few wait, a few were refused, the newest are open."""
    people = random.Random(SEED)  # noqa: S311 – the same invented people every time
    with Store.open(folder, keys, lambda: now) as store:
        for first in range(1, count + 1, BATCH):
            serials = range(first, min(first + BATCH, count + 1))
            dossiers = {serial: _dossier(serial, count, now, people, procedures) for serial in serials}
            with store._database.writing() as connection:
                dossier_rows.insert_all(connection, dossiers)
                _deliver(connection, dossiers, count)
                rows = [
                    search.row(
                        serial,
                        (dossier.number or "", _hub_number(serial, dossier, count)),
                        dossier.procedure_code,
                        [(entry.key, entry.value) for entry in dossier.entries],
                    )
                    for serial, dossier in dossiers.items()
                ]
                search.insert_all(connection, rows)


def _dossier(serial: int, count: int, now: datetime, people: random.Random, procedures: Sequence[str]) -> Dossier:
    opened = now - timedelta(minutes=(count - serial) * 24 * 60 / A_DAY)
    open_ = serial > count - LAST_OPEN
    page = Page(f"p{serial}", 1, f"{serial:064x}", 300_000, "image/jpeg", "sane", opened, "application", 0.98)
    answer = None if open_ else Answer(Verdict.RIGHT, opened)
    entries = tuple(
        Entry(
            f"{page_id or 'person'}/{key}",
            key,
            value,
            page_id,
            (ReadField(key, value, value, 0.97, Status.ACCEPTED, Source.OCR, (10, 20, 300, 40)),),
            answer=answer,
        )
        for page_id, key, value in (
            (None, "full_name", _name(people)),
            (None, "id_number", f"0{people.randrange(10, 97)}{people.randrange(10**9):09d}"),
            (None, "birth_date", "1990-01-01"),
            (page.id, "phone", f"09{people.randrange(10**8):08d}"),
            (page.id, "mother.full_name", _name(people)),
        )
    )
    return Dossier(
        id=f"{serial:032x}",
        procedure_code=people.choice(procedures),
        procedure_version="bench",
        opened_by=OFFICER,
        opened_at=opened,
        state=State.OPEN if open_ else State.SEALED,
        version=3,
        pages=(page,),
        entries=entries,
        number=None if open_ else f"TAM.{STATION}-{opened:%y%m%d}-{serial:06d}",
        sealed_by=None if open_ else OFFICER,
        sealed_at=None if open_ else opened + timedelta(minutes=8),
        due_at=None if open_ else opened + timedelta(days=3),
    )


def _deliver(connection: sql.Connection, dossiers: dict[int, Dossier], count: int) -> None:
    sealed = {serial: dossier for serial, dossier in dossiers.items() if dossier.state is State.SEALED}
    if not sealed:
        return
    name = {"station": STATION}
    connection.execute(
        sql.insert(schema.outbox),
        [
            {**name, "seq": serial, "kind": "dossier.sealed", "dossier_id": one.id, "base_version": 0,
             "created_at": one.sealed_at, "body": {}, "pages": [one.pages[0].sha256]}
            for serial, one in sealed.items()
        ],
    )  # fmt: skip
    connection.execute(
        sql.insert(schema.delivery),
        [{**name, "seq": serial, "delivery": _delivery(serial, count)} for serial in sealed],
    )
    received = {serial: one for serial, one in sealed.items() if _delivery(serial, count) == "received"}
    if received:
        connection.execute(
            sql.insert(schema.receipt),
            [
                {**name, "seq": serial, "dossier_id": one.id, "pages": [one.pages[0].sha256],
                 "received_at": one.opened_at.isoformat(), "hub_number": _hub_number(serial, one, count),
                 "durable": True, "key_id": "bench", "signature": "c2lnbmF0dXJl"}
                for serial, one in received.items()
            ],
        )  # fmt: skip


def _delivery(serial: int, count: int) -> str:
    if serial > count - 3 * LAST_OPEN:
        return "waiting"
    return "refused" if serial % 5000 == 0 else "received"


def _hub_number(serial: int, dossier: Dossier, count: int) -> str:
    sent = dossier.state is State.SEALED and _delivery(serial, count) == "received"
    return f"H01.02.03-{dossier.opened_at:%y%m%d}-{serial:06d}" if sent else ""


def _name(people: random.Random) -> str:
    family = people.choices(SURNAMES[: len(_COMMON)], _COMMON)[0]
    return f"{family} {people.choice(_MIDDLE)} {people.choice(_GIVEN)}"
