"""What the hub knows the station by, and receipts that were replaced."""

from __future__ import annotations

STATEMENTS = (
    # What the hub knows the station by (0125): a token goes with each key. Nothing of the one in use changes here.
    """CREATE TABLE hub_access (
        place TEXT PRIMARY KEY CHECK (place IN ('former', 'current', 'next')),
        seed BLOB NOT NULL,
        token TEXT,
        enrolled TEXT,
        told_to BLOB,
        since TEXT,
        wanted INTEGER NOT NULL CHECK (wanted IN (0, 1))
    ) STRICT, WITHOUT ROWID""",
    """INSERT INTO hub_access (place, seed, token, told_to, since, wanted)
        SELECT place, seed, iif(place = 'next', lower(hex(randomblob(32))), NULL), told_to,
            iif(told_to IS NULL, NULL, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')), place = 'next'
        FROM request_key""",
    "DROP TABLE request_key",
    # A hub that was brought back from a backup gives another receipt for what it had lost; the one before is kept.
    """CREATE TABLE former_receipt (
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        dossier_id TEXT NOT NULL,
        pages TEXT NOT NULL,
        received_at TEXT NOT NULL,
        hub_number TEXT NOT NULL,
        durable INTEGER NOT NULL,
        key_id TEXT NOT NULL,
        signature TEXT NOT NULL,
        version INTEGER,
        replaced_at TEXT NOT NULL,
        PRIMARY KEY (station, seq, signature)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX former_receipt_dossier ON former_receipt (dossier_id)",
)
