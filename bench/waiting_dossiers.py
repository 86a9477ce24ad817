"""A store full of sealed dossiers that wait for the hub, written table by table: the same ones from the same count."""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sql

from bench.dossier_rows import BATCH, STATION
from bench.start_and_memory import ROOT
from station.clock import VIETNAM
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier, State
from station.dossier.page import Page
from station.paths import DataFolder
from station.store import schema
from station.store.keys import Keys
from station.store.rows import dossier_rows
from station.store.store import Store

EXAMPLE = ROOT / "contract" / "v1" / "examples" / "deliver-without-pages.json"
PAGES = (0, 1, 1, 1, 2, 2, 3, 4)
"""Of a dossier; one that came in by its data alone has none."""


@dataclass(frozen=True)
class Filled:
    """What was written."""

    dossiers: int
    pages: int
    bytes_of_pages: int


def fill(folder: DataFolder, keys: Keys, count: int, page_bytes: int) -> Filled:
    """As many, oldest first. Pages are of half to one and a half times `page_bytes`."""
    model = json.loads(EXAMPLE.read_text(encoding="utf-8"))["exchanges"][0]["request"]["json"]["events"][0]
    now, chance = datetime.now(VIETNAM), random.Random(count)  # noqa: S311 – the same ones every time
    all_pages = all_bytes = 0
    folder.root.mkdir(parents=True, exist_ok=True)
    with _unsynced(), Store.open(folder, keys, lambda: now) as store:
        for first in range(1, count + 1, BATCH):
            serials = range(first, min(first + BATCH, count + 1))
            dossiers = {}
            for serial in serials:
                sizes = [round(page_bytes * chance.uniform(0.5, 1.5)) for _ in range(chance.choice(PAGES))]
                images = [chance.randbytes(size) for size in sizes]
                dossiers[serial] = _dossier(serial, count, now, model, images, chance.choice((1, 3, 15)))
                for image in images:
                    store.pages.keep(image, dossiers[serial].id)
                all_pages, all_bytes = all_pages + len(sizes), all_bytes + sum(sizes)
            with store._database.writing() as connection:
                dossier_rows.insert_all(connection, dossiers)
                connection.execute(sql.insert(schema.outbox), [_event(*one, model) for one in dossiers.items()])
                waiting = {"station": STATION, "delivery": Delivery.WAITING.value}
                connection.execute(sql.insert(schema.delivery), [{**waiting, "seq": serial} for serial in serials])
    return Filled(count, all_pages, all_bytes)


@contextmanager
def _unsynced() -> Iterator[None]:
    """What is filled in need not survive a power cut."""
    fsync = os.fsync
    os.fsync = lambda fd: None  # noqa: ARG005 – its name
    try:
        yield
    finally:
        os.fsync = fsync


def _dossier(
    serial: int, count: int, now: datetime, model: dict[str, Any], images: list[bytes], due_in: int
) -> Dossier:
    opened = now - timedelta(minutes=count - serial + 10)
    return Dossier(
        id=f"{serial:032x}",
        procedure_code=model["body"]["procedure"]["code"],
        procedure_version="bench",
        opened_by="canbo.mau",
        opened_at=opened,
        state=State.SEALED,
        version=3,
        pages=tuple(
            Page(
                f"p{serial}-{number}",
                number,
                hashlib.sha256(image).hexdigest(),
                len(image),
                "image/jpeg",
                "sane",
                opened,
            )
            for number, image in enumerate(images, 1)
        ),
        number=f"TAM.{STATION}-{opened:%y%m%d}-{serial:06d}",
        sealed_by="canbo.mau",
        sealed_at=opened + timedelta(minutes=8),
        due_at=opened + timedelta(days=due_in),
    )


def _event(serial: int, dossier: Dossier, model: dict[str, Any]) -> dict[str, Any]:
    pages = [page.sha256 for page in dossier.pages]
    assert dossier.sealed_at
    assert dossier.due_at
    told = [
        {
            "number": page.number,
            "sha256": page.sha256,
            "size": page.size,
            "media_type": page.media_type,
            "origin": page.origin,
            "captured_at": page.captured_at.isoformat(),
            "kind": None,
            "kind_confidence": 0.0,
        }
        for page in dossier.pages
    ]
    body = {
        **model["body"],
        "number": dossier.number,
        "opened_at": dossier.opened_at.isoformat(),
        "sealed_at": dossier.sealed_at.isoformat(),
        "due_at": dossier.due_at.isoformat(),
        "pages": told,
    }
    return {"station": STATION, "seq": serial, "kind": "dossier.sealed", "dossier_id": dossier.id, "base_version": 0,
            "created_at": dossier.sealed_at, "body": body, "pages": pages}  # fmt: skip
