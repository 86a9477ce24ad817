"""What happens at the counter beside the papers."""

from __future__ import annotations

STATEMENTS = (
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
