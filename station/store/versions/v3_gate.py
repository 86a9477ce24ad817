"""What is said of a page's image, and why a value is doubted."""

from __future__ import annotations

STATEMENTS = (
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
