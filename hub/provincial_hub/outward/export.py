"""Writing every dossier that changed since a moment as files in the exchange vocabulary, all at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from provincial_hub.keeping.exchange_books import ExchangeBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.outward.composing import Composer
from provincial_hub.outward.directory import Directory
from provincial_hub.outward.mapping import Mapping
from provincial_hub.outward.targets import MessageRefusedError

AT_A_TIME = 200


@dataclass(slots=True)
class Exported:
    """`untold`: in how many dossiers a member of ours has a value that the mapping neither sends nor leaves out."""

    dossiers: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    untold: Counter[str] = field(default_factory=Counter)


async def export(ledger: Ledger, mapping: Mapping, since: str, folder: Path) -> Exported:
    """One file a dossier; raises `OSError` where the folder cannot be written."""
    composer = Composer(ledger, mapping)
    out = Directory("export", folder, composer, None)
    done, after = Exported(), ""
    while True:
        async with ledger.transaction(ExchangeBooks) as books:
            found = await books.changed_since(since, after, AT_A_TIME)
        if not found:
            return done
        for dossier_id in found:
            try:
                composed = await composer.whole(dossier_id)
                await out.put(dossier_id, composed)
            except MessageRefusedError as refusal:
                done.refused.append({"dossier_id": dossier_id, "code": refusal.code})
                continue
            done.dossiers += 1
            done.untold.update(composed.untold)
        after = found[-1]
