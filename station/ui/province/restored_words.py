"""One sentence for the officer: the province's server was brought back from a backup, and what the station does."""

from __future__ import annotations

from datetime import datetime, timedelta

from station.clock import VIETNAM
from station.dossier.hub_changes import HubRestored
from station.language import Language

TOLD_FOR = timedelta(days=1)
"""How long it stays there after everything was sent again."""


def restored_words(restored: HubRestored | None, now: datetime, language: Language) -> str:
    """Empty where there is nothing to say: nothing was lost, or all of it was sent again some time ago."""
    if restored is None:
        return ""
    told = []
    if restored.left:
        told.append(language("province.restored.sending", count=restored.lost, left=restored.left))
    elif restored.lost and restored.done_at and now - restored.done_at < TOLD_FOR:
        at = f"{restored.done_at.astimezone(VIETNAM):%H:%M %d/%m}"
        told.append(language("province.restored.sent", count=restored.lost, at=at))
    if restored.gone and now - restored.at < TOLD_FOR:
        told.append(language("province.restored.gone", count=restored.gone))
    return " ".join(told)
