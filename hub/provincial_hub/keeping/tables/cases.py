"""Dossiers after they came in: what is counted of them, their versions, and questions of two texts."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from provincial_hub.keeping.tables.base import Number, metadata

# What the supervisors' page and the province's systems ask for, without reading every event again.
cases = Table(
    "dossier_case",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("number", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("state", String, nullable=False),  # contract/v1/changes.md
    Column("sealed_at", String, nullable=False),
    Column("received_at", String),  # accepted, with all its pages
    Column("due_at", String),
    Column("ended_at", String),
    Column("official_code", String, unique=True),
    Column("pages", Integer, nullable=False),
    Column("reused_pages", Integer, nullable=False),
    Column("facts", Text, nullable=False),  # what else is counted: quality, satisfaction, payment
    Index("dossier_case_by_state", "state", "due_at"),
    Index("dossier_case_by_station", "station", "sealed_at"),
    Index("dossier_case_by_number", "number"),
)

# Every version of a dossier after the sealed one, and what it changed.
revisions = Table(
    "revision",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("origin", String, nullable=False),  # sealed, station, hub, merged, settled
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changes", Text, nullable=False),  # [{"value", "before", "after"}]
)

# Two people changed the same value without knowing of each other: a third decides.
questions = Table(
    "question",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier_id", String, nullable=False),
    Column("station", String, nullable=False),
    Column("seq", Number, nullable=False),  # the event that waits for the answer
    Column("asked_at", String, nullable=False),
    Column("fields", Text, nullable=False),  # [{"value", "base", "hub", "station"}]
    Column("settled_at", String),
    Column("settled_by", String),
    Column("answer", Text),
    Index("question_by_dossier", "dossier_id"),
)
