"""What stations are told and fetch: changes, and packs of procedures."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text

from provincial_hub.keeping.tables.base import Number, metadata

# What stations are told, each in its own order without gaps: a cursor is a row's number.
changes = Table(
    "change",
    metadata,
    Column("station", String, primary_key=True),
    Column("cursor", Number, primary_key=True),
    Column("subject", String, nullable=False),
    Column("document", Text, nullable=False),  # signed
    Column("at", String, nullable=False),
)

# Packs of procedures that stations were told of; `version` counts up, and names the pack in `procedures` changes.
procedure_packs = Table(
    "procedure_pack",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("version", Integer, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("offered_at", String, nullable=False),
)

# Which stations were told of which pack: no other may ask for it.
offers = Table(
    "procedure_offer",
    metadata,
    Column("station", String, primary_key=True),
    Column("sha256", String, primary_key=True),
)
