"""What is kept safe: keys, what went in, holds and erasures, people, the trail as it was signed."""

from __future__ import annotations

STATEMENTS = (
    # What is secret but not the key of the database (0082).
    "CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
    # The keys of page files (0095).
    "CREATE TABLE dossier_key (id BLOB PRIMARY KEY, dossier_id TEXT NOT NULL UNIQUE, key BLOB NOT NULL) STRICT",
    # What went in and what became of it (0088); images of before are those that the dossiers have now.
    "ALTER TABLE page ADD COLUMN image TEXT NOT NULL DEFAULT ''",
    """UPDATE page SET image = (
        SELECT first.id FROM page AS first WHERE first.dossier = page.dossier AND first.sha256 = page.sha256
        AND first.reused_from IS NULL ORDER BY first.position LIMIT 1
    ) WHERE reused_from IS NULL""",
    """CREATE TABLE feeding (
        id TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        by TEXT NOT NULL,
        began_at TEXT NOT NULL,
        dossier_id TEXT NOT NULL,
        fed INTEGER NOT NULL DEFAULT 0,
        ended_at TEXT,
        reason TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX feeding_day ON feeding (unixepoch(began_at))",
    """CREATE TABLE intake (
        dossier_id TEXT NOT NULL,
        id TEXT NOT NULL,
        feeding TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        at TEXT NOT NULL,
        set_aside TEXT,
        PRIMARY KEY (dossier_id, id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX intake_day ON intake (unixepoch(at))",
    """INSERT INTO intake (id, feeding, dossier_id, sha256, at)
        SELECT page.image, '', dossier.id, page.sha256, min(page.captured_at)
        FROM page JOIN dossier ON dossier.serial = page.dossier WHERE page.image <> ''
        GROUP BY dossier.id, page.image""",
    # The times that the station was brought back from a backup (0094).
    """CREATE TABLE restoration (
        life INTEGER PRIMARY KEY,
        generation INTEGER NOT NULL,
        backed_up_at TEXT NOT NULL,
        restored_at TEXT NOT NULL,
        last_event INTEGER NOT NULL,
        hub_event INTEGER,
        settled_at TEXT
    ) STRICT""",
    # What is kept at a lawful request, and the records of what was erased (0096).
    """CREATE TABLE legal_hold (
        serial INTEGER PRIMARY KEY,
        dossier_id TEXT NOT NULL REFERENCES dossier (id),
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        until TEXT,
        lifted_by TEXT,
        lifted_at TEXT
    ) STRICT""",
    "CREATE UNIQUE INDEX legal_hold_in_force ON legal_hold (dossier_id) WHERE lifted_at IS NULL",
    "CREATE INDEX legal_hold_dossier ON legal_hold (dossier_id)",
    """CREATE TABLE erasure (
        dossier_id TEXT PRIMARY KEY,
        certificate TEXT NOT NULL,
        number TEXT,
        hub_number TEXT NOT NULL,
        received_at TEXT NOT NULL,
        procedure_code TEXT NOT NULL,
        procedure_version TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        cause TEXT NOT NULL,
        since TEXT NOT NULL,
        erased_at TEXT NOT NULL,
        by TEXT NOT NULL,
        second TEXT NOT NULL,
        key_id TEXT NOT NULL,
        pages INTEGER NOT NULL,
        shared INTEGER NOT NULL,
        entries INTEGER NOT NULL,
        forms INTEGER NOT NULL,
        trail_seq INTEGER NOT NULL,
        trail_hash TEXT NOT NULL,
        files TEXT NOT NULL,
        finished_at TEXT
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX erasure_certificate ON erasure (certificate)",
    "CREATE INDEX erasure_number ON erasure (number) WHERE number IS NOT NULL",
    """CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
        BEGIN SELECT RAISE(ABORT, 'the record of an erasure stays'); END""",
    """CREATE TRIGGER dossier_goes_with_a_record BEFORE DELETE ON dossier
        WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.dossier_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'a dossier goes only with a record of it'); END""",
    "CREATE TABLE erased_event (station TEXT, seq INTEGER, PRIMARY KEY (station, seq)) WITHOUT ROWID",
    """CREATE TABLE rating_tally (
        month TEXT NOT NULL,
        procedure_code TEXT NOT NULL,
        score INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (month, procedure_code, score)
    ) STRICT, WITHOUT ROWID""",
    # Who may work here: enrolments and rosters as signed, wrong passphrases, keys that were used (0085, 0086).
    """CREATE TABLE enrolment (
        serial INTEGER PRIMARY KEY,
        station TEXT NOT NULL,
        authority BLOB NOT NULL,
        document TEXT NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE roster (
        serial INTEGER PRIMARY KEY,
        authority BLOB NOT NULL,
        version INTEGER NOT NULL CHECK (version > 0),
        document TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        UNIQUE (authority, version)
    ) STRICT""",
    """CREATE TRIGGER roster_never_goes_back BEFORE INSERT ON roster
        WHEN NEW.version <= (SELECT max(version) FROM roster WHERE authority = NEW.authority)
        BEGIN SELECT RAISE(ABORT, 'an older roster'); END""",
    """CREATE TRIGGER roster_stays BEFORE UPDATE ON roster
        BEGIN SELECT RAISE(ABORT, 'a roster never changes'); END""",
    """CREATE TABLE roster_extension (
        authority BLOB NOT NULL,
        version INTEGER NOT NULL,
        until TEXT NOT NULL,
        PRIMARY KEY (authority, version, until)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE sign_in (person TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at TEXT NOT NULL) STRICT",
    """CREATE TABLE passphrase (
        person TEXT PRIMARY KEY,
        verifier TEXT NOT NULL,
        instead_of TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE key_slot (person TEXT PRIMARY KEY, verifier TEXT NOT NULL) STRICT",
    "CREATE TABLE credential_use (credential BLOB PRIMARY KEY, counter INTEGER NOT NULL) STRICT",
    # Heads of the trail as the station signed them (0090).
    "CREATE TABLE trail_checkpoint (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    """CREATE TRIGGER trail_checkpoint_is_never_edited BEFORE UPDATE ON trail_checkpoint
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    """CREATE TRIGGER trail_checkpoint_is_never_cut BEFORE DELETE ON trail_checkpoint
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    "CREATE INDEX audit_by ON audit (by)",
    # What is asked before each dossier is begun: whether somebody confirmed the clock, and the hub's newest time.
    "CREATE INDEX audit_confirmed ON audit (seq) WHERE deed = 'confirm_clock'",
    "CREATE INDEX receipt_newest ON receipt (unixepoch(received_at))",
)
