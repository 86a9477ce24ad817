"""Which paper a page belongs to."""

from __future__ import annotations

STATEMENTS = (
    # Which paper a page belongs to, where a person has said so or the dossier is sealed (0066).
    "ALTER TABLE page ADD COLUMN goes_with TEXT",
    "ALTER TABLE page ADD COLUMN goes_with_set_by TEXT",
)
