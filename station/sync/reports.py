"""The station's word about itself to the hub (contract/v1, Report): counts and times, never a value of a dossier."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from station.sync.wire import CONTRACT


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the hub still has to be told. `oldest_at` is when the oldest of it was done."""

    waiting: int
    refused: int
    oldest_at: datetime | None
    bytes_waiting: int


class ReportHub(Protocol):
    def report(self, body: bytes) -> None: ...


class SendReport:
    """The errand: sent where anything but the time has changed since the last one that arrived."""

    def __init__(
        self,
        hub: ReportHub,
        backlog: Callable[[], Backlog],
        free_bytes: Callable[[], int],
        now: Callable[[], datetime],
        version: str,
        language: str,
    ) -> None:
        self._hub, self._backlog, self._free_bytes, self._now = hub, backlog, free_bytes, now
        self._version, self._language = version, language
        self._sent: dict[str, object] | None = None

    def __call__(self) -> bool:
        """Raises `HubError` and `StoreError`."""
        backlog = self._backlog()
        said: dict[str, object] = {
            "version": self._version,
            "language": self._language,
            "waiting": backlog.waiting,
            "refused": backlog.refused,
            "oldest_waiting_at": backlog.oldest_at.isoformat() if backlog.oldest_at else None,
            "bytes_waiting": backlog.bytes_waiting,
            # In steps: a log file that grew is no news.
            "free_bytes": self._free_bytes() >> 30 << 30,
            "contract": CONTRACT,
        }
        if said != self._sent:
            self._hub.report(json.dumps({**said, "at": self._now().isoformat()}).encode())
            self._sent = said
        return False
