"""Invented events and page images, and a clock that a test turns."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime, timedelta

from station.clock import VIETNAM
from station.dossier.delivery import OutboxEvent

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)


class TurnedClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class PageBox(dict[str, bytes]):
    """Page images by hash: a working `PageImages`."""

    def read(self, sha256: str) -> bytes:
        return self[sha256]

    def add(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self[sha256] = content
        return sha256


def image(seed: int, size: int = 1000) -> bytes:
    """Bytes as incompressible as those of a JPEG."""
    return b"M\xe1\xba\xaaU - SPECIMEN " + random.Random(seed).randbytes(size)


def event(
    seq: int, pages: tuple[str, ...] = (), station: str = "T01", body: dict[str, object] | None = None
) -> OutboxEvent:
    return OutboxEvent(
        station=station,
        seq=seq,
        kind="dossier.sealed",
        dossier_id=f"{station}-{seq}",
        base_version=0,
        created_at=MORNING + timedelta(minutes=seq),
        body=body or {"number": f"H00.00.00-260302-{seq:04}", "note": "MẪU – SPECIMEN: Nguyễn Văn Mẫu"},
        pages=pages,
    )
