"""The statements of each version of the database, as they were released: never edited, only added to."""

from __future__ import annotations

FIRST = (
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

SECOND = (
    # Which paper a page belongs to, where a person has said so or the dossier is sealed (0066).
    "ALTER TABLE page ADD COLUMN goes_with TEXT",
    "ALTER TABLE page ADD COLUMN goes_with_set_by TEXT",
)

THIRD = (
    # What the gate says of a page's image and where its paper lies (0067); why a value is doubted, and what lost.
    "ALTER TABLE page ADD COLUMN outline TEXT NOT NULL DEFAULT 'null'",
    "ALTER TABLE page ADD COLUMN found TEXT NOT NULL DEFAULT 'null'",
    "ALTER TABLE page ADD COLUMN fingerprint TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE page ADD COLUMN same_as TEXT",
    "ALTER TABLE page ADD COLUMN issues TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE page ADD COLUMN kept_by TEXT",
    "ALTER TABLE page ADD COLUMN again INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE reading ADD COLUMN others TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE reading ADD COLUMN doubt TEXT",
)

FOURTH = (
    # What happens at the counter beside the papers, and pages that were digitised before (0075).
    "ALTER TABLE dossier ADD COLUMN \"case\" TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE dossier ADD COLUMN conditions TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE dossier ADD COLUMN counted TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE dossier ADD COLUMN holder TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE dossier ADD COLUMN parked TEXT NOT NULL DEFAULT 'null'",
    "ALTER TABLE dossier ADD COLUMN payment TEXT NOT NULL DEFAULT 'null'",
    "ALTER TABLE dossier ADD COLUMN consents TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE dossier ADD COLUMN showings TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE dossier ADD COLUMN signature TEXT NOT NULL DEFAULT 'null'",
    "ALTER TABLE dossier ADD COLUMN slips TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE page ADD COLUMN reused_from TEXT",
    "CREATE INDEX page_sha256 ON page (sha256)",
    """CREATE TABLE rating (
        dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
        score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Refusals and apologies as they were issued (0078).
    """CREATE TABLE issued_form (
        serial INTEGER PRIMARY KEY,
        dossier_id TEXT NOT NULL REFERENCES dossier (id),
        form TEXT NOT NULL,
        number TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX issued_form_dossier ON issued_form (dossier_id)",
    # What was sealed for a person before: asked whenever somebody is identified (0079).
    "CREATE INDEX dossier_person ON dossier (person_id, opened_order DESC) WHERE state = 'sealed'",
    # The officer's queues, and the search by procedure and by the hub's number (0081); the index is filled anew.
    "CREATE INDEX dossier_open ON dossier (opened_order) WHERE state = 'open'",
    "CREATE INDEX dossier_sealed ON dossier (unixepoch(sealed_at)) WHERE sealed_at IS NOT NULL",
    "CREATE INDEX dossier_due ON dossier (unixepoch(due_at)) WHERE due_at IS NOT NULL",
    "CREATE INDEX delivery_refused ON delivery (seq, station) WHERE delivery = 'refused'",
    "CREATE INDEX receipt_dossier ON receipt (dossier_id)",
    "DROP TABLE search",
    """CREATE VIRTUAL TABLE search USING fts5 (
        folded, exact, procedure,
        content='', contentless_delete=1, prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 0'
    )""",
)

FIFTH: tuple[str, ...] = (
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

SIXTH: tuple[str, ...] = (
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

# What the hub knows the station by (0125): a token goes with each key. Nothing of the one in use changes here.
SEVENTH: tuple[str, ...] = (
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

VERSIONS: tuple[tuple[str, ...], ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH)
