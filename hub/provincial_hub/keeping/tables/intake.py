"""What stations bring: events, the pages they announce, previews, parcels; and every count that goes up."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from provincial_hub.keeping.tables.base import Number, metadata

events = Table(
    "event",
    metadata,
    Column("station", String, primary_key=True),
    Column("seq", Number, primary_key=True),
    Column("digest", String, nullable=False),  # SHA-256 of the canonical bytes: tells a repeat from a change
    Column("content", Text, nullable=False),  # the event as it came, canonical JSON
    Column("dossier_id", String, nullable=False),
    Column("number", String, nullable=False),  # the provisional number on the citizen's receipt
    Column("status", String, nullable=False),  # need_pages, accepted, conflict
    Column("version", Integer),  # of the dossier, made by this event; null for a conflict
    Column("kept_at", String, nullable=False),
    Column("reason_code", String),
    Column("reason_message", String),
    Column("hub_number", String, unique=True),
    Column("receipt", Text),
    Index("event_by_dossier", "dossier_id"),
)

announced = Table(
    "announced_page",
    metadata,
    Column("station", String, primary_key=True),
    Column("seq", Number, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Index("announced_page_by_sha256", "station", "sha256"),
)

# A row is the hub's word that the page is durable: it is written after the file and its name were synced.
pages = Table(
    "page",
    metadata,
    Column("station", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("size", Number, nullable=False),
    Column("received_at", String, nullable=False),
    Column("spooled_by", String),  # the node in whose spool a copy lies; null once the store's copy was verified
)
_SPOOLED = pages.c.spooled_by.is_not(None)
Index(
    "page_by_spool",
    pages.c.spooled_by,
    pages.c.station,
    pages.c.sha256,
    sqlite_where=_SPOOLED,
    postgresql_where=_SPOOLED,
)

previews = Table(
    "preview",
    metadata,
    Column("station", String, primary_key=True),
    Column("sha256", String, primary_key=True),  # of the page that it shows
    Column("media_type", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", String, nullable=False),
)

dossiers = Table(
    "dossier",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("version", Integer, nullable=False),
)

parcels = Table(
    "parcel",
    metadata,
    Column("sha256", String, primary_key=True),  # of a courier's file that was brought
    Column("station", String, nullable=False),
    Column("brought_at", String, nullable=False),
    Column("by", String, nullable=False),
)

counters = Table(
    "counter",
    metadata,
    Column("series", String, primary_key=True),
    Column("value", Number, nullable=False),
)
