"""`courier-read`, `courier-key`: dossiers that come on a USB stick, beside running nodes or without any."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import RefusedError, SetupError
from provincial_hub.keeping.durable import make_folder, sync_folder, write_text
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.stations.registry import Stations

if TYPE_CHECKING:
    from provincial_hub.courier.taking import Parcels


def add(words: Words) -> None:
    """Give the parser these words."""
    reading = words("courier-read", _read, "Take in parcels from a USB stick; exit status 1 where one was refused.")
    reading.add_argument("files", type=Path, nargs="+", metavar="FILE", help="*.tsc, as stations write them")
    reading.add_argument("--answer", type=Path, required=True, metavar="DIR", help="where the answers go, *.tsa")
    reading.add_argument("--by", default="operator", metavar="WHO", help="who brought them, for the books")
    keying = words("courier-key", _key, "Write the key of parcels to a file, for a station that has none yet.")
    keying.add_argument("--station", required=True, metavar="NAME")
    keying.add_argument("--out", type=Path, required=True, metavar="FILE")


def _read(settings: Settings, told: argparse.Namespace) -> int:
    if not told.answer.is_dir():
        raise SetupError(f"{told.answer} is no folder: make it first, or plug the stick in")
    make_folder(settings.data.root)
    refused = 0

    async def read(ledger: Ledger) -> None:
        nonlocal refused
        parcels = _parcels(settings, ledger)
        for file in told.files:
            try:
                answered = await parcels.take(file, told.by)
            except (RefusedError, SQLAlchemyError, OSError) as error:
                refused += 1
                if not isinstance(error, RefusedError):  # the disk is full, the database away: the same again, later
                    error = RefusedError("hub.storage", f"nothing can be kept now: {type(error).__name__}")
                say({"file": file.name, "refused": error.code, "message": error.message})
                continue
            answer = told.answer / f"{answered.station}-{answered.parcel[:16]}.tsa"
            _write(answer, answered.file)
            figures = {"events": answered.events, "pages": answered.pages, "accepted": answered.accepted}
            about = {"file": file.name, "station": answered.station, "parcel": answered.parcel}
            say({**about, **figures, "again": answered.again, "answer": str(answer)})

    with _one_at_a_time(settings):
        with_ledger(settings, read)
    return 1 if refused else 0


def _parcels(settings: Settings, ledger: Ledger) -> Parcels:
    from provincial_hub.courier.taking import Parcels
    from provincial_hub.keeping.pages import open_pages
    from provincial_hub.keeping.spool import Spool
    from provincial_hub.keeping.uploads import Uploads
    from provincial_hub.reception import Reception
    from provincial_hub.stations.rosters import Rosters
    from provincial_hub.stations.speakers import Speakers
    from provincial_hub.stations.trails import Trails

    signer, now = Signer.read(settings.key), vietnam_time
    # A spool of its own: a running node may be taking the same page over the line.
    spool = Spool(settings.spool / ".courier")
    spool.drop_older_than(time.time() + 1)
    uploads = Uploads(spool, open_pages(settings))
    reception = Reception(ledger, uploads, signer, settings.unit, now)
    trails = Trails(ledger, Stations(ledger, now).trail_key, now)
    return Parcels(ledger, reception, Speakers(ledger, now), trails, Rosters(ledger, signer, now), signer, now)


def _key(settings: Settings, told: argparse.Namespace) -> int:
    from provincial_hub.courier.key import courier_document

    async def must_be_enrolled(ledger: Ledger) -> None:
        await Stations(ledger, vietnam_time).must_be_enrolled(told.station)

    signer = Signer.read(settings.key)
    with_ledger(settings, must_be_enrolled)
    document = courier_document(signer, told.station, vietnam_time().isoformat(timespec="seconds"))
    write_text(told.out, json.dumps(document, ensure_ascii=False))
    say({"station": told.station, "courier_key": document["courier_key"], "file": str(told.out)})
    return 0


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    with (settings.data.root / "courier.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError("parcels are being taken in already") from error
        yield


def _write(file: Path, content: bytes) -> None:
    partial = file.with_name(f"{file.name}.part")
    try:
        with partial.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise SetupError(f"the answer could not be written to {file.parent}: {error.strerror}") from error
