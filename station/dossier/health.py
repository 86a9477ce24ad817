"""What `station doctor` can find wrong with a station, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Each has its sentence and its next step under `[doctor.trouble]`."""

    PROGRAM = "program"  # a file that came with the program is missing or not as it was shipped
    SETTINGS = "settings"  # settings.toml cannot be read
    KEYS = "keys"  # keys.json cannot be read
    SLOT = "slot"  # one slot in it is not as it was written
    OLD_SCHEMA = "old_schema"  # an older program wrote it: it is brought forward when the station opens
    DATABASE = "database"  # a page of the database does not authenticate, or its structure is broken
    LOG = "log"  # what was written last, before a kill or a power cut, is damaged
    TRAIL = "trail"  # the audit trail was edited, or a signed head does not fit it
    PAGE_MISSING = "page_missing"
    PAGE_DAMAGED = "page_damaged"
    ORPHAN = "orphan"  # a page file that nothing names
    TEMPORARY = "temporary"  # a file that was never finished
    SEARCH = "search"  # the index lacks a dossier, or has one that is not there
    EVENTS = "events"  # the numbers of what goes to the hub have a hole
    RECEIPT = "receipt"  # the hub acknowledged a page that its dossier does not have
    LEDGER = "ledger"  # the conservation ledger does not add up


UNTIDY = frozenset({Trouble.ORPHAN, Trouble.TEMPORARY, Trouble.SEARCH, Trouble.OLD_SCHEMA})
"""Nothing is lost: put in order by itself or by a repair."""


@dataclass(frozen=True, slots=True)
class Symptom:
    """One thing that is wrong. `place` says where, in the terms of whoever repairs it; no personal values.

    `dossiers` are the numbers of those that are affected, or the ids of those that have no number yet.
    """

    trouble: Trouble
    place: str = ""
    dossiers: tuple[str, ...] = ()

    @property
    def serious(self) -> bool:
        """Something is lost or damaged."""
        return self.trouble not in UNTIDY


@dataclass(frozen=True, slots=True)
class Repairs:
    """What a repair has done, each counted."""

    quarantined: int = 0
    brought_back: int = 0
    indexed: int = 0
    temporary: int = 0
