"""What a province needs: stations and people in the database, what comes down, cases, and what goes out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _pages_and_events()
    _stations_and_people()
    _exchange_with_stations()
    _cases()
    _what_goes_out()
    _supervisors()


def _pages_and_events() -> None:
    op.add_column("page", sa.Column("spooled_by", sa.String))
    op.create_index("event_by_dossier", "event", ["dossier_id"])
    spooled = sa.text("spooled_by IS NOT NULL")
    columns = ["spooled_by", "station", "sha256"]
    op.create_index("page_by_spool", "page", columns, sqlite_where=spooled, postgresql_where=spooled)


def _stations_and_people() -> None:
    op.create_table(
        "station",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("token_sha256", sa.String, nullable=False, unique=True),
        sa.Column("next_token_sha256", sa.String, unique=True),
        sa.Column("request_key", sa.String),
        sa.Column("receipt_key", sa.String),
        sa.Column("trail_key", sa.String),
        sa.Column("courier_key", sa.String),
        sa.Column("enrolled_at", sa.String, nullable=False),
        sa.Column("seen_at", sa.String),
        sa.Column("clock_offset_ms", NUMBER),
        sa.Column("shut_out_at", sa.String),
        sa.Column("shut_out_by", sa.String),
        sa.Column("shut_out_reason", sa.String),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
    )
    op.create_table(
        "province",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
    )


def _exchange_with_stations() -> None:
    op.create_table(
        "procedure_pack",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("offered_at", sa.String, nullable=False),
    )
    op.create_table(
        "procedure_offer",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
    )
    op.create_table(
        "station_usage",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("what", sa.String, primary_key=True),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("used", NUMBER, nullable=False),
    )
    op.create_table(
        "station_report",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("received_at", sa.String, nullable=False),
        sa.Column("clock_offset_ms", NUMBER, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "change",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("cursor", NUMBER, primary_key=True),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )
    op.create_table(
        "preview",
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.String, nullable=False),
    )


def _cases() -> None:
    op.create_table(
        "revision",
        sa.Column("dossier_id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("dossier_id", sa.String, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("asked_at", sa.String, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("settled_at", sa.String),
        sa.Column("settled_by", sa.String),
        sa.Column("answer", sa.Text),
    )
    op.create_index("question_by_dossier", "question", ["dossier_id"])
    op.create_table(
        "dossier_case",
        sa.Column("dossier_id", sa.String, primary_key=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("procedure", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("sealed_at", sa.String, nullable=False),
        sa.Column("received_at", sa.String),
        sa.Column("due_at", sa.String),
        sa.Column("ended_at", sa.String),
        sa.Column("official_code", sa.String, unique=True),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("reused_pages", sa.Integer, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
    )
    op.create_index("dossier_case_by_number", "dossier_case", ["number"])
    op.create_index("dossier_case_by_state", "dossier_case", ["state", "due_at"])
    op.create_index("dossier_case_by_station", "dossier_case", ["station", "sealed_at"])


def _what_goes_out() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("dossier_id", sa.String, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )
    op.create_table(
        "outward_target",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("named_at", sa.String, nullable=False),
    )
    op.create_table(
        "handover",
        sa.Column("outgoing_id", NUMBER, primary_key=True),
        sa.Column("target", sa.String, primary_key=True),
        sa.Column("dossier_id", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.String),
        sa.Column("next_attempt_at", sa.String),
        sa.Column("leased_by", sa.String),
        sa.Column("leased_until", sa.String),
        sa.Column("done_at", sa.String),
        sa.Column("set_aside_at", sa.String),
        sa.Column("error", sa.String),
    )
    waiting = sa.text("done_at IS NULL")
    columns = ["target", "dossier_id", "outgoing_id"]
    op.create_index("handover_waiting", "handover", columns, sqlite_where=waiting, postgresql_where=waiting)


def _supervisors() -> None:
    op.create_table(
        "deed",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("deed", sa.String, nullable=False),
        sa.Column("dossier_id", sa.String),
        sa.Column("station", sa.String),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("deed_by_dossier", "deed", ["dossier_id"])
    op.create_index("deed_by_station", "deed", ["station"])
    op.create_table(
        "visit",
        sa.Column("token_sha256", sa.String, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("began_at", sa.String, nullable=False),
        sa.Column("seen_at", sa.String, nullable=False),
    )
    op.create_index("visit_by_person", "visit", ["person"])
    op.create_table(
        "sign_in_fault",
        sa.Column("name_sha256", sa.String, primary_key=True),
        sa.Column("faults", sa.Integer, nullable=False),
        sa.Column("last_at", sa.String, nullable=False),
        sa.Column("wait_until", sa.String, nullable=False),
    )
    op.create_table(
        "own_passphrase",
        sa.Column("person", sa.String, primary_key=True),
        sa.Column("verifier", sa.String, nullable=False),
        sa.Column("replaces", sa.String, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
    )
    op.create_table(
        "parcel",
        sa.Column("sha256", sa.String, primary_key=True),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("brought_at", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
    )
