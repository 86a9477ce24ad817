"""Stations: who may speak, by which code they came, what they report and used, and the heads of their audit trails."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from provincial_hub.keeping.tables.base import Number, metadata

# Who may speak. A station that was shut out keeps its row: its dossiers are still its own.
stations = Table(
    "station",
    metadata,
    Column("name", String, primary_key=True),
    Column("token_sha256", String, nullable=False, unique=True),
    Column("next_token_sha256", String, unique=True),  # chosen; takes the other's place when it is first used
    Column("request_key", String),  # Ed25519, base64: its requests must be signed where one stands here
    Column("receipt_key", String),
    Column("trail_key", String),
    Column("courier_key", String),  # an age recipient: answers on a stick are encrypted to it
    Column("enrolled_at", String, nullable=False),
    Column("seen_at", String),
    Column("clock_offset_ms", Number),  # the station's clock less the hub's, by its newest signed request
    Column("shut_out_at", String),
    Column("shut_out_by", String),
    Column("shut_out_reason", String),
)

invitations = Table(
    "invitation",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("used_at", String),
    Column("used_by", String),  # SHA-256 of the public keys that came with it
)

rosters = Table(
    "roster",
    metadata,
    Column("station", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String, nullable=False),  # SHA-256 of what it says, apart from its dates
    Column("expires_at", String, nullable=False),
    Column("issued_at", String, nullable=False),
    Column("document", Text, nullable=False),
)

# The newest word of a station about itself.
reports = Table(
    "station_report",
    metadata,
    Column("station", String, primary_key=True),
    Column("received_at", String, nullable=False),
    Column("clock_offset_ms", Number, nullable=False),  # the station's clock less the hub's
    Column("document", Text, nullable=False),
)

# What a station has used of its quotas, each in the newest period in which it used any; under no name, what is counted
# of all together.
usage = Table(
    "station_usage",
    metadata,
    Column("station", String, primary_key=True),
    Column("what", String, primary_key=True),  # bytes, events, pages begun at a node, refused codes
    Column("period", String, nullable=False),  # a day, a minute
    Column("used", Number, nullable=False),
)

heads = Table(
    "trail_head",
    metadata,
    Column("station", String, primary_key=True),
    Column("seq", Number, primary_key=True),
    Column("hash", String, primary_key=True),
    Column("at", String, nullable=False),  # by the station's clock, signed
    Column("text", String, nullable=False),  # as it came: whoever has it can check the signature again
    Column("received_at", String, nullable=False),
)

alarms = Table(
    "trail_alarm",
    metadata,
    Column("id", Number, primary_key=True),
    Column("station", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("seq", Number),  # of the head that gave the alarm, where it could be read
    Column("text", String, nullable=False),
    Column("raised_at", String, nullable=False),
    Column("settled_at", String),
    Column("settled_by", String),
    Column("note", String),
    Index("trail_alarm_by_station", "station", "kind"),
)
