"""`stations`, `station-shut-out`, `station-let-in`: who may speak to the hub."""

from __future__ import annotations

import argparse

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.settings import Settings
from provincial_hub.stations.registry import Row, Stations

_SHOWN = ("name", "enrolled_at", "seen_at", "shut_out_at", "shut_out_by", "shut_out_reason")


def add(words: Words) -> None:
    """Give the parser these words."""
    words("stations", _list, "List the stations, and which of them were shut out.")
    shutting = words("station-shut-out", _shut_out, "Take nothing more from a station; what it brought stays.")
    letting = words("station-let-in", _let_in, "Let a station in again that was shut out.")
    for deed in (shutting, letting):
        deed.add_argument("--station", required=True, metavar="NAME")
        deed.add_argument("--by", required=True, metavar="WHO")
        deed.add_argument("--reason", required=True, metavar="WHY")


def _list(settings: Settings, _told: argparse.Namespace) -> int:
    async def every(ledger: Ledger) -> list[Row]:
        return await Stations(ledger, vietnam_time).every()

    for row in with_ledger(settings, every):
        say({name: row[name] for name in _SHOWN} | {"signs_requests": row["request_key"] is not None})
    return 0


def _shut_out(settings: Settings, told: argparse.Namespace) -> int:
    async def shut_out(ledger: Ledger) -> None:
        await Stations(ledger, vietnam_time).shut_out(told.station, told.by, told.reason)

    with_ledger(settings, shut_out)
    say({"shut_out": told.station})
    return 0


def _let_in(settings: Settings, told: argparse.Namespace) -> int:
    async def let_in(ledger: Ledger) -> None:
        await Stations(ledger, vietnam_time).let_in(told.station, told.by, told.reason)

    with_ledger(settings, let_in)
    say({"let_in": told.station})
    return 0
