"""A hub that signs what it tells, and a counter that hears it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.actions.hub_desk import HubDesk
from station.dossier.delivery import HubReceipt, OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.signed_document import signed
from station.sync.changes import TakeChanges

from ..conftest import OFFICER, Counter

NAME, NUMBER = "person/full_name", "person/id_number"
WHY = "nhập nhầm so với thẻ"


@dataclass
class Hub:
    """What a hub signs and tells, one change after the other."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    told: list[dict[str, Any]] = field(default_factory=list)
    at_once: int = 100

    @property
    def authority(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def says(self, subject: str, **body: object) -> None:
        members = {
            "kind": "change",
            "station": "T01",
            "cursor": len(self.told) + 1,
            "at": "2026-11-20T10:00:00+07:00",
            "subject": subject,
            "body": body,
        }
        self.told.append(signed(members, self.private))

    def corrects(self, dossier: Dossier, version: int, value: str, before: str, after: str) -> None:
        changes = [{"value": value, "before": before, "after": after}]
        self.says("dossier.corrected", dossier_id=dossier.id, version=version, changes=changes, reason="", by="giamsat")

    def asks(self, dossier: Dossier, seq: int, value: str, base: str, hub: str, station: str) -> None:
        fields = [{"value": value, "base": base, "hub": hub, "station": station}]
        self.says("dossier.question", dossier_id=dossier.id, question=f"T01-{seq}", seq=seq, fields=fields)

    def settles(self, dossier: Dossier, seq: int, version: int, value: str, before: str, after: str) -> None:
        changes = [{"value": value, "before": before, "after": after}]
        self.says(
            "dossier.settled",
            dossier_id=dossier.id,
            question=f"T01-{seq}",
            version=version,
            changes=changes,
            by="giamsat",
        )

    def changes(self, after: int) -> bytes | None:
        told = self.told[after : after + self.at_once]
        if not told and after == len(self.told):
            return None
        reached = min(after, len(self.told)) + len(told)
        return json.dumps({"changes": told, "cursor": reached, "more": reached < len(self.told)}).encode()


def hears(counter: Counter, hub: Hub) -> None:
    take = TakeChanges(hub, counter.store.hub_feed, hub.authority, "T01")
    while take():
        pass


def sealed(counter: Counter) -> Dossier:
    return counter.seal(counter.ready().id, OFFICER, despite_warnings=True)


def events(counter: Counter) -> list[OutboxEvent]:
    return counter.store.outbox.pending()


def receives(counter: Counter, event: OutboxEvent, version: int | None = None) -> None:
    """The hub has it."""
    receipt = HubReceipt(
        event.station, event.seq, event.dossier_id, event.pages, "2026-11-20T09:30:00+07:00", f"H-{event.seq}", True,
        "k", base64.b64encode(b"s").decode(), version,
    )  # fmt: skip
    counter.store.outbox.keep_receipt(event, receipt)


def now_of(desk: HubDesk, dossier: Dossier, value: str = NAME) -> str:
    return next(one.now for one in desk.changes_of(dossier.id).values if one.id == value)
