"""The record of a dossier that was erased (biên bản xóa): what is left of it, and nothing of whom it was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    """Why a dossier was erased."""

    RETENTION = "retention"  # received by the hub, and its time here is over
    DISCARDED = "discarded"  # given up before it was sealed


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """Who erases, and who vouched for it; all that is erased at once is on one certificate."""

    certificate: str
    by: str
    second: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """One dossier's line on a certificate; `trail_seq` and `trail_hash` are the audit trail's own line of it."""

    certificate: str
    dossier_id: str
    number: str | None
    hub_number: str
    received_at: str
    procedure_code: str
    procedure_version: str
    opened_at: datetime
    cause: Cause
    since: datetime
    """When its time was over."""
    erased_at: datetime
    by: str
    second: str
    key_id: str
    """Of the key that was destroyed, in hexadecimal; empty where the dossier never had one."""
    pages: int
    shared: int
    """Of these, how many another dossier still has: they are under its key now."""
    entries: int
    forms: int
    trail_seq: int
    trail_hash: str
    finished_at: datetime | None = None
    """When the last trace was cleared from the database file and the page folder."""
