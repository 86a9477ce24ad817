"""What a hub would have told the counter, put into the store as the sync thread puts it there."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from station.dossier.dossier import Dossier
from station.dossier.hub_changes import HubChange
from tests.ui.conftest import Counter

_CURSORS: dict[int, Any] = {}
THEIRS = "chuyenvien.tinh"


def tell(counter: Counter, subject: str, **body: object) -> None:
    """The hub's next change."""
    cursor = next(_CURSORS.setdefault(id(counter.store), count(1)))
    at = datetime.now(UTC)
    document = {"kind": "change", "cursor": cursor, "at": at.isoformat(), "subject": subject, "body": body}
    counter.store.hub_feed.take(b"hub", "T01", [HubChange(cursor, subject, at, body, document)])


def sealed(counter: Counter, name: str = "Trần Thị Mẫu") -> Dossier:
    """A sealed dossier of this person, on the counter."""
    counter.identified(name)
    return counter.sealed()


def asked(counter: Counter, dossier: Dossier, key: str, hub: str, station: str, reason: str = "gõ nhầm") -> None:
    """The same value corrected here and at the province: the hub asks."""
    entry, desk = dossier.entry(f"person/{key}"), counter.session.desk
    ours = desk.hub.correct_sealed(dossier.id, entry.id, station, reason, desk.officer)
    change = {"value": entry.id, "before": entry.value, "after": hub}
    tell(
        counter,
        "dossier.corrected",
        dossier_id=dossier.id,
        version=2,
        changes=[change],
        reason="theo cơ sở dữ liệu dân cư",
        by=THEIRS,
    )
    field = {"value": entry.id, "base": entry.value, "hub": hub, "station": station}
    tell(counter, "dossier.question", dossier_id=dossier.id, question="q-1", seq=ours.seq, fields=[field])
