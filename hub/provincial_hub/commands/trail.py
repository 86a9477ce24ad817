"""`heads`, `alarms`, `settle`: what the hub keeps of the stations' audit trails."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import Any

from sqlalchemy import select

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import SetupError
from provincial_hub.keeping.database import open_to_read
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.tables import alarms, heads
from provincial_hub.keeping.trail_books import TrailBooks
from provincial_hub.settings import Settings


def add(words: Words) -> None:
    """Give the parser these words."""
    listing = words("heads", _heads, "Print the signed heads of a station's audit trail, for `station verify --heads`.")
    listing.add_argument("--station", required=True, metavar="NAME")
    words("alarms", _alarms, "List the alarms about audit trails; exit status 1 while one is open.")
    settling = words("settle", _settle, "Close an alarm; the station's trail is followed anew from its next head.")
    settling.add_argument("--alarm", required=True, type=int, metavar="ID")
    settling.add_argument("--by", required=True, metavar="WHO")
    settling.add_argument("--note", required=True, metavar="WHY")


def _heads(settings: Settings, told: argparse.Namespace) -> int:
    of_station = select(heads.c.text).where(heads.c.station == told.station).order_by(heads.c.seq, heads.c.received_at)
    for row in _read(settings, of_station):
        sys.stdout.write(f"{row['text']}\n")
    return 0


def _alarms(settings: Settings, _told: argparse.Namespace) -> int:
    rows = _read(settings, select(alarms).order_by(alarms.c.id))
    for row in rows:
        say(row)
    return 1 if any(row["settled_at"] is None for row in rows) else 0


def _settle(settings: Settings, told: argparse.Namespace) -> int:
    async def settle(ledger: Ledger) -> bool:
        async with ledger.transaction(TrailBooks) as books:
            return await books.settle(told.alarm, told.by, told.note, vietnam_time().isoformat())

    if not with_ledger(settings, settle):
        raise SetupError(f"there is no open alarm {told.alarm}")
    say({"settled": told.alarm})
    return 0


def _read(settings: Settings, statement: Any) -> list[dict[str, Any]]:
    async def rows() -> list[dict[str, Any]]:
        async with open_to_read(settings.database) as engine, engine.connect() as books:
            return [dict(row) for row in (await books.execute(statement)).mappings()]

    return asyncio.run(rows())
