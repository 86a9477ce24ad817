"""What a province needs: stations and people in the database, what comes down, cases, and what goes out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from provincial_hub.keeping.tables import metadata

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("page", sa.Column("spooled_by", sa.String))
    op.create_index("event_by_dossier", "event", ["dossier_id"])
    spooled = sa.text("spooled_by IS NOT NULL")
    columns = ["spooled_by", "station", "sha256"]
    op.create_index("page_by_spool", "page", columns, sqlite_where=spooled, postgresql_where=spooled)
    metadata.create_all(op.get_bind())
