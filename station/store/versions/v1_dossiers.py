"""Dossiers, their values and pages; the outbox and its receipts; the audit trail; the search."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE dossier (
        serial INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        procedure_code TEXT NOT NULL,
        procedure_version TEXT NOT NULL,
        opened_by TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        opened_order INTEGER NOT NULL,
        state TEXT NOT NULL,
        version INTEGER NOT NULL,
        presented TEXT NOT NULL,
        warnings TEXT NOT NULL,
        number TEXT,
        sealed_by TEXT,
        sealed_at TEXT,
        due_at TEXT,
        extra TEXT NOT NULL,
        person_name TEXT,
        person_id TEXT
    ) STRICT""",
    "CREATE UNIQUE INDEX dossier_number ON dossier (number) WHERE number IS NOT NULL",
    "CREATE INDEX dossier_newest ON dossier (opened_order DESC, serial DESC)",
    """CREATE TRIGGER sealed_dossier_stays BEFORE UPDATE ON dossier WHEN OLD.state = 'sealed'
        BEGIN SELECT RAISE(ABORT, 'a sealed dossier never changes'); END""",
    """CREATE TABLE page (
        dossier INTEGER NOT NULL REFERENCES dossier (serial),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        number INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        origin TEXT NOT NULL,
        captured_at TEXT NOT NULL,
        kind TEXT,
        kind_confidence REAL NOT NULL,
        kind_set_by TEXT,
        rotation INTEGER NOT NULL,
        quality TEXT NOT NULL,
        codes TEXT NOT NULL,
        mrz TEXT NOT NULL,
        text TEXT NOT NULL,
        failure TEXT,
        PRIMARY KEY (dossier, position),
        UNIQUE (dossier, id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE entry (
        dossier INTEGER NOT NULL REFERENCES dossier (serial),
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        page_id TEXT,
        checked_by TEXT,
        checked_at TEXT,
        verdict TEXT,
        answered_at TEXT,
        PRIMARY KEY (dossier, position),
        UNIQUE (dossier, id),
        FOREIGN KEY (dossier, page_id) REFERENCES page (dossier, id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX entry_page ON entry (dossier, page_id)",
    """CREATE TABLE reading (
        dossier INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        position INTEGER NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        printed TEXT NOT NULL,
        confidence REAL NOT NULL,
        status TEXT NOT NULL,
        source TEXT NOT NULL,
        box TEXT NOT NULL,
        PRIMARY KEY (dossier, entry, position),
        FOREIGN KEY (dossier, entry) REFERENCES entry (dossier, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE correction (
        dossier INTEGER NOT NULL,
        entry INTEGER NOT NULL,
        position INTEGER NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (dossier, entry, position),
        FOREIGN KEY (dossier, entry) REFERENCES entry (dossier, position)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE number_series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE outbox (
        station TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq > 0),
        kind TEXT NOT NULL,
        dossier_id TEXT NOT NULL REFERENCES dossier (id),
        base_version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        body TEXT NOT NULL,
        pages TEXT NOT NULL,
        PRIMARY KEY (station, seq)
    ) STRICT""",
    "CREATE INDEX outbox_dossier ON outbox (dossier_id)",
    """CREATE TRIGGER outbox_stays BEFORE UPDATE ON outbox
        BEGIN SELECT RAISE(ABORT, 'an event never changes'); END""",
    """CREATE TABLE delivery (
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        delivery TEXT NOT NULL,
        reason TEXT,
        detail TEXT,
        next_attempt TEXT,
        PRIMARY KEY (station, seq),
        FOREIGN KEY (station, seq) REFERENCES outbox (station, seq)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX delivery_pending ON delivery (seq, station) WHERE delivery NOT IN ('received', 'refused')",
    "CREATE TABLE sent_page (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """CREATE TABLE receipt (
        station TEXT NOT NULL,
        seq INTEGER NOT NULL,
        dossier_id TEXT NOT NULL,
        pages TEXT NOT NULL,
        received_at TEXT NOT NULL,
        hub_number TEXT NOT NULL,
        durable INTEGER NOT NULL,
        key_id TEXT NOT NULL,
        signature TEXT NOT NULL,
        PRIMARY KEY (station, seq),
        FOREIGN KEY (station, seq) REFERENCES outbox (station, seq)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        deed TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        dossier_id TEXT,
        detail TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX audit_dossier ON audit (dossier_id)",
    """CREATE TRIGGER audit_is_never_edited BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    """CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    """CREATE VIRTUAL TABLE search USING fts5 (
        folded, exact, content='', contentless_delete=1, prefix='2 3 4', tokenize='unicode61 remove_diacritics 0'
    )""",
)
