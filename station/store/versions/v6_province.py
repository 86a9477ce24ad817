"""What the hub says, corrections after the seal, and the courier."""

from __future__ import annotations

STATEMENTS = (
    # The hub's version of a dossier, where its receipt tells it; it is signed with the rest.
    "ALTER TABLE receipt ADD COLUMN version INTEGER",
    # What the hub tells this station (0109): how far, each document as it was signed, and what it made of dossiers.
    """CREATE TABLE hub_cursor (
        authority BLOB PRIMARY KEY,
        cursor INTEGER NOT NULL,
        life INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE hub_change (
        authority BLOB NOT NULL,
        life INTEGER NOT NULL,
        cursor INTEGER NOT NULL CHECK (cursor > 0),
        subject TEXT NOT NULL,
        dossier_id TEXT,
        document TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        PRIMARY KEY (authority, life, cursor)
    ) STRICT""",
    "CREATE INDEX hub_change_dossier ON hub_change (dossier_id) WHERE dossier_id IS NOT NULL",
    "CREATE INDEX hub_change_returned ON hub_change (dossier_id) WHERE subject = 'dossier.returned'",
    """CREATE TRIGGER hub_change_stays BEFORE UPDATE ON hub_change
        BEGIN SELECT RAISE(ABORT, 'what the hub has signed never changes'); END""",
    # Corrections after the seal (0110): both texts for ever. Only the hub's version comes later.
    """CREATE TABLE revision (
        serial INTEGER PRIMARY KEY,
        dossier_id TEXT NOT NULL REFERENCES dossier (id),
        origin TEXT NOT NULL,
        changes TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        base_version INTEGER NOT NULL,
        version INTEGER,
        seq INTEGER
    ) STRICT""",
    "CREATE INDEX revision_dossier ON revision (dossier_id)",
    """CREATE TRIGGER revision_stays
        BEFORE UPDATE OF dossier_id, origin, changes, reason, by, at, base_version, seq ON revision
        BEGIN SELECT RAISE(ABORT, 'a correction never changes'); END""",
    """CREATE TABLE question (
        id TEXT PRIMARY KEY,
        dossier_id TEXT NOT NULL REFERENCES dossier (id),
        seq INTEGER NOT NULL,
        fields TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        hub_question TEXT UNIQUE,
        answer TEXT NOT NULL DEFAULT 'null',
        settled_by TEXT,
        settled_at TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX question_dossier ON question (dossier_id)",
    "CREATE INDEX question_open ON question (asked_at) WHERE settled_at IS NULL",
    # The keys that sign what is asked of the hub (0109): the one in use, and one that is to take its place.
    """CREATE TABLE request_key (
        place TEXT PRIMARY KEY CHECK (place IN ('current', 'next')),
        seed BLOB NOT NULL,
        told_to BLOB
    ) STRICT, WITHOUT ROWID""",
    # A dossier that came back, and the one that was opened in its place.
    "CREATE TABLE made_again (dossier_id TEXT PRIMARY KEY, instead TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # The keys of what goes on a stick (0117): the station's own, under no authority, and each hub's.
    "CREATE TABLE courier_key (authority BLOB PRIMARY KEY, key TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
