"""The hub's signing key, as the words of the command line open it."""

from __future__ import annotations

from provincial_hub.clock import vietnam_time
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.stations.registry import Stations


async def signer_of(settings: Settings, ledger: Ledger) -> Signer:
    """The key, made for a hub that no station knows; raises `SetupError` where stations know one that is not here."""
    known = await Stations(ledger, vietnam_time).every()
    return Signer.read(settings.key) if known else Signer.open(settings.key)
