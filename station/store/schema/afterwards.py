"""What becomes of a dossier after its seal: corrections, questions, holds, erasures."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from station.store.schema.columns import Day, Json, Moment, tables

revision = Table(
    "revision",
    tables,
    Column("serial", Integer, primary_key=True),
    Column("dossier_id", Text),
    Column("origin", Text),
    Column("changes", Json),
    Column("reason", Text),
    Column("by", Text),
    Column("at", Moment),
    Column("base_version", Integer),
    Column("version", Integer),  # none: the hub does not have it yet
    Column("seq", Integer),  # of our event
)

question = Table(
    "question",
    tables,
    Column("id", Text, primary_key=True),
    Column("dossier_id", Text),
    Column("seq", Integer),
    Column("fields", Json),
    Column("asked_at", Moment),
    Column("hub_question", Text),
    Column("answer", Json),  # what was chosen here before the hub had asked
    Column("settled_by", Text),
    Column("settled_at", Moment),
)

made_again = Table("made_again", tables, Column("dossier_id", Text, primary_key=True), Column("instead", Text))

legal_hold = Table(
    "legal_hold",
    tables,
    Column("serial", Integer, primary_key=True),
    Column("dossier_id", Text),
    Column("reason", Text),
    Column("by", Text),
    Column("at", Moment),
    Column("until", Day),
    Column("lifted_by", Text),
    Column("lifted_at", Moment),
)

erasure = Table(
    "erasure",
    tables,
    Column("dossier_id", Text, primary_key=True),
    Column("certificate", Text),
    Column("number", Text),
    Column("hub_number", Text),
    Column("received_at", Text),  # word for word, as on the receipt that went
    Column("procedure_code", Text),
    Column("procedure_version", Text),
    Column("opened_at", Moment),
    Column("cause", Text),
    Column("since", Moment),
    Column("erased_at", Moment),
    Column("by", Text),
    Column("second", Text),
    Column("key_id", Text),
    Column("pages", Integer),
    Column("shared", Integer),
    Column("entries", Integer),
    Column("forms", Integer),
    Column("trail_seq", Integer),
    Column("trail_hash", Text),
    Column("files", Json),  # page files that are still to go
    Column("finished_at", Moment),
)
