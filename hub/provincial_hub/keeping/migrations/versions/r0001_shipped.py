"""The tables as they were before revisions were counted (schema 2)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Of a database of then, everything is there and stays as it is."""
    op.create_table(
        "event",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("seq", NUMBER, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("dossier_id", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("kept_at", sa.String, nullable=False),
        sa.Column("reason_code", sa.String),
        sa.Column("reason_message", sa.String),
        sa.Column("hub_number", sa.String, unique=True),
        sa.Column("receipt", sa.Text),
        if_not_exists=True,
    )
    op.create_table(
        "announced_page",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("seq", NUMBER, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_index("announced_page_by_sha256", "announced_page", ["station", "sha256"], if_not_exists=True)
    op.create_table(
        "page",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("received_at", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "dossier",
        sa.Column("dossier_id", sa.String, primary_key=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "counter",
        sa.Column("series", sa.String, primary_key=True),
        sa.Column("value", NUMBER, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "trail_head",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("seq", NUMBER, primary_key=True),
        sa.Column("hash", sa.String, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("received_at", sa.String, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "trail_alarm",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("seq", NUMBER),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("raised_at", sa.String, nullable=False),
        sa.Column("settled_at", sa.String),
        sa.Column("settled_by", sa.String),
        sa.Column("note", sa.String),
        if_not_exists=True,
    )
    op.create_index("trail_alarm_by_station", "trail_alarm", ["station", "kind"], if_not_exists=True)
    op.create_table(
        "invitation",
        sa.Column("secret_sha256", sa.String, primary_key=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("expires_at", sa.String, nullable=False),
        sa.Column("used_at", sa.String),
        sa.Column("used_by", sa.String),
        if_not_exists=True,
    )
    op.create_table(
        "roster",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("expires_at", sa.String, nullable=False),
        sa.Column("issued_at", sa.String, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        if_not_exists=True,
    )
