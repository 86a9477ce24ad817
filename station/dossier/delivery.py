"""What goes to the hub and how far it has got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Delivery(StrEnum):
    """How far a sealed dossier has got on its way to the hub."""

    WAITING = "waiting"  # đang chờ mạng
    SENDING = "sending"  # đang gửi
    RECEIVED = "received"  # hub đã nhận
    REFUSED = "refused"  # hub từ chối: vì sao


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """One fact for the hub, written in the transaction of the deed that made it.

    `(station, seq)` names it for ever; `body` is frozen when the deed is done, so that sending it again sends
    the same bytes. `pages` are the SHA-256 of the page images that the fact refers to.
    """

    station: str
    seq: int
    kind: str
    dossier_id: str
    base_version: int
    created_at: datetime
    body: dict[str, Any]
    pages: tuple[str, ...]

    def members(self) -> dict[str, Any]:
        """As the contract has it."""
        return {
            "station": self.station,
            "seq": self.seq,
            "kind": self.kind,
            "dossier_id": self.dossier_id,
            "base_version": self.base_version,
            "created_at": self.created_at.isoformat(),
            "pages": list(self.pages),
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class HubReceipt:
    """The hub's signed word that it holds an event and all its pages durably (contract/v1).

    `signature` is Ed25519 over the canonical JSON of the receipt without it, base64.
    """

    station: str
    seq: int
    dossier_id: str
    pages: tuple[str, ...]
    received_at: str
    hub_number: str
    durable: bool
    key_id: str
    signature: str
    version: int | None = None
    """The hub's version of the dossier, where it says it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one dossier's delivery has got, in facts; the words for it are the screen's.

    `reason` is the code of the last obstacle (`hub.unreachable`, `hub.refused` …), with `detail` from the hub.
    """

    dossier_id: str
    delivery: Delivery
    pages_sent: int = 0
    pages_total: int = 0
    reason: str | None = None
    detail: str | None = None
    next_attempt: datetime | None = None
    receipt: HubReceipt | None = None
    official_code: str = ""
    """What the province calls it since, where one dossier alone was asked for."""

    @property
    def hub_number(self) -> str:
        """What the hub calls the dossier; empty until it has said so."""
        return self.receipt.hub_number if self.receipt else ""

    @property
    def official_number(self) -> str:
        """What papers print beside the provisional number: the official code, before it the hub's number."""
        return self.official_code or self.hub_number


@dataclass(frozen=True, slots=True)
class Link:
    """How the line to the hub is.

    `paired` is False where this machine knows no hub, `online` where a person has switched sending off. `trouble` is an
    error code, None while the line works or nothing was tried yet. `metered`: pages wait, since each byte is paid for;
    `limit` is the most bytes a second that sending may take, None for no limit.
    """

    paired: bool = True
    online: bool = True
    trouble: str | None = None
    next_attempt: datetime | None = None
    metered: bool = False
    limit: int | None = None
