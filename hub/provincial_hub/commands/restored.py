"""`restored`: IT says that the hub was brought back from a backup."""

from __future__ import annotations

import argparse

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.sole_owner import sole_owner
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.stations.restoration import tell_restored


def add(words: Words) -> None:
    """Give the parser this word."""
    restored = words("restored", _restored, "Once after a restore, before any node runs: tell every station of it.")
    restored.add_argument("--by", required=True, metavar="WHO")
    restored.add_argument("--unit", help="as for «serve», where hub.toml does not say it")


def _restored(settings: Settings, told: argparse.Namespace) -> int:
    unit = settings.but(None, None, told.unit).unit
    signer = Signer.read(settings.key)

    async def tell(ledger: Ledger) -> dict[str, int]:
        return await tell_restored(ledger, signer, vietnam_time, told.by, unit)

    with sole_owner(settings):  # a node that runs gives out numbers that the life that was lost had given out
        told_to = with_ledger(settings, tell)
    say({"restored": told_to})
    return 0
