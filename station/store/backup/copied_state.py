"""What a copy of the database says of the station: how far its numbers and its trail had got."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from station.store.database import looking_into


@dataclass(frozen=True, slots=True)
class CopiedState:
    """`last_event` is the number of the newest event for the hub; `audit_seq` and `audit_hash` the trail's head."""

    schema: int
    last_event: int
    audit_seq: int
    audit_hash: str

    @classmethod
    def of(cls, file: Path, key: bytes) -> CopiedState:
        """Raises `StoreError` for a file that this key does not open."""
        with looking_into(file, key) as connection:
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
            event = connection.execute("SELECT last FROM number_series WHERE name = 'event'").fetchone()
            head = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        return cls(int(schema), int(event[0]) if event else 0, *(head or (0, "0" * 64)))
