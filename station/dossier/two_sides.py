"""The making of a finding that names two values and where each of them stands."""

from __future__ import annotations

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import Finding


def told_against(
    dossier: Dossier, code: str, entry: Entry, other: Entry | None = None, *, soft: bool = False, **told: str
) -> Finding:
    """`entry` is the value to look at first, `other` what it is held against."""
    sides = _side(dossier, entry, "") | (_side(dossier, other, "other_") if other else {})
    return Finding(
        f"contradiction.{code}",
        blocking=False,
        entry_id=entry.id,
        page_id=entry.page_id,
        told={**sides, **told},
        other_entry_id=other.id if other else None,
        soft=soft,
    )


def _side(dossier: Dossier, entry: Entry, side: str) -> dict[str, str]:
    page = dossier.page(entry.page_id) if entry.page_id else None
    where = {f"{side}kind": page.kind or "other", f"{side}page": str(page.number)} if page else {}
    return {f"{side}key": entry.key, f"{side}value": entry.value, f"{side}source": entry.source.value, **where}
