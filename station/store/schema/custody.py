"""The audit trail, the station's secrets, and its restorations."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from station.store.schema.columns import Moment, tables

audit = Table(
    "audit",
    tables,
    Column("seq", Integer, primary_key=True),
    Column("deed", Text),
    Column("by", Text),
    Column("at", Text),  # word for word: it is hashed
    Column("dossier_id", Text),
    Column("detail", Text),
    Column("hash", Text),
)

trail_checkpoint = Table("trail_checkpoint", tables, Column("seq", Integer, primary_key=True), Column("text", Text))

secret = Table("secret", tables, Column("name", Text, primary_key=True), Column("value", LargeBinary))

restoration = Table(
    "restoration",
    tables,
    Column("life", Integer, primary_key=True),
    Column("generation", Integer),
    Column("backed_up_at", Moment),
    Column("restored_at", Moment),
    Column("last_event", Integer),
    Column("hub_event", Integer),
    Column("settled_at", Moment),
)
