"""`procedures-offer`: a pack of procedures for all stations or some."""

from __future__ import annotations

import argparse
from pathlib import Path

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import SetupError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.pack_books import Pack
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.stations.packs import LARGEST_PACK, Packs
from provincial_hub.stations.registry import Stations, checked_name


def add(words: Words) -> None:
    """Give the parser these words."""
    offering = words("procedures-offer", _offer, "Offer stations a pack of procedures, which they fetch and check.")
    offering.add_argument("--file", type=Path, required=True, metavar="FILE", help="a ZIP archive: contract/v1")
    offering.add_argument("--station", action="append", metavar="NAME", help="may be repeated; without it: all")


def _offer(settings: Settings, told: argparse.Namespace) -> int:
    try:
        with told.file.open("rb") as file:
            content = file.read(LARGEST_PACK + 1)
    except OSError as error:
        raise SetupError(f"{told.file} cannot be read: {error.strerror}") from error
    signer = Signer.read(settings.key)

    async def offer(ledger: Ledger) -> tuple[Pack, list[str]]:
        enrolled = [row["name"] for row in await Stations(ledger, vietnam_time).every()]
        stations = [checked_name(name) for name in told.station] if told.station else enrolled
        unknown = sorted(set(stations) - set(enrolled))
        if unknown:
            raise SetupError(f"{unknown[0]} is not enrolled")
        return await Packs(ledger, signer, vietnam_time).offer(content, stations), stations

    pack, stations = with_ledger(settings, offer)
    say({"version": pack.version, "sha256": pack.sha256, "size": len(content), "stations": len(stations)})
    return 0
