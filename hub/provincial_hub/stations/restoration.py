"""After the hub was brought back from a backup: every station is told how far the hub has got with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from provincial_hub.hub_number import pass_over_lost_numbers
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.lost_versions import pass_over_lost_versions
from provincial_hub.receipts import Signer

log = logging.getLogger(__name__)


async def tell_restored(
    ledger: Ledger, signer: Signer, now: Callable[[], datetime], by: str, unit: str
) -> dict[str, int]:
    """All in one transaction; the highest number that the hub keeps of each station. Saying it twice does no harm.

    Hub numbers of `unit` go on above everything that the life that was lost can have given out today, and versions of
    rosters and packs above all of its own.
    """

    async def work(books: EventBooks) -> dict[str, int]:
        moment = now()
        at, told = moment.isoformat(), {}
        reached = await pass_over_lost_numbers(books, unit, moment)
        await pass_over_lost_versions(books, moment)
        for row in await books.beside(StationBooks).every():
            name = row["name"]
            told[name] = await books.highest_seq(name)
            await books.beside(ChangeBooks).tell_restored(name, told[name], at, signer)
        await books.beside(DeedBooks).write(
            at, by, "hub.restored", detail={"stations": len(told), "numbers_above": reached}
        )
        return told

    told = await ledger.carry_out(EventBooks, work, "restored")
    log.warning("the hub was brought back from a backup: %d stations are told", len(told))
    return told
