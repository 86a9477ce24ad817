"""`list`, `verify`: what the hub holds, and whether all of it is what it vouched for."""

from __future__ import annotations

import argparse
import sys

from provincial_hub import inspection
from provincial_hub.commands.words import Words, say
from provincial_hub.settings import Settings


def add(words: Words) -> None:
    """Give the parser these words."""
    listing = words("list", _list, "List what the hub holds.")
    listing.add_argument("--json", action="store_true", help="one JSON array with the pages of each dossier")
    words("verify", _verify, "Recheck every hash and every receipt; fails on any gap.")


def _list(settings: Settings, told: argparse.Namespace) -> int:
    rows = inspection.holdings(settings)
    if told.json:
        say(rows)
        return 0
    for row in rows:
        complete = sum(page["complete"] for page in row["pages"])
        shown = row["hub_number"] or row["status"]
        sys.stdout.write(f"{row['kept_at']}  {row['station']}/{row['seq']}  {row['number']}  {shown}  ")
        sys.stdout.write(f"{complete} of {len(row['pages'])} pages\n")
    return 0


def _verify(settings: Settings, _told: argparse.Namespace) -> int:
    found = inspection.verify(settings)
    for gap in found.gaps:
        sys.stderr.write(f"GAP {gap}\n")
    told = {"receipts": found.receipts, "pages": found.pages, "waiting": found.waiting, "elsewhere": found.elsewhere}
    say(told | {"gaps": len(found.gaps)})
    return 1 if found.gaps else 0
