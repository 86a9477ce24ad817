"""Who may work at the station, and what they sign in with."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from station.store.schema.columns import Json, Moment, tables

enrolment = Table(
    "enrolment",
    tables,
    Column("serial", Integer, primary_key=True),
    Column("station", Text),
    Column("authority", LargeBinary),  # whose signature counts here: the hub's key, or the station's own
    Column("document", Json),  # as it was signed; empty where the station stands alone
    Column("kept_at", Moment),
)

roster = Table(
    "roster",
    tables,
    Column("serial", Integer, primary_key=True),
    Column("authority", LargeBinary),
    Column("version", Integer),
    Column("document", Json),
    Column("kept_at", Moment),
)

roster_extension = Table(
    "roster_extension",
    tables,
    Column("authority", LargeBinary, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("until", Moment, primary_key=True),
)

sign_in = Table(
    "sign_in",
    tables,
    Column("person", Text, primary_key=True),
    Column("failures", Integer),  # wrong passphrases one after the other
    Column("last_at", Moment),
)

passphrase = Table(
    "passphrase",
    tables,
    Column("person", Text, primary_key=True),
    Column("verifier", Text),
    Column("instead_of", Text),  # the roster's verifier that this one replaced
)

key_slot = Table("key_slot", tables, Column("person", Text, primary_key=True), Column("verifier", Text))

credential_use = Table(
    "credential_use", tables, Column("credential", LargeBinary, primary_key=True), Column("counter", Integer)
)
