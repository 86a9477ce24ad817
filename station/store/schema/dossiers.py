"""Dossiers with their pages and values, and what was fed in for them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table, Text

from station.store.schema.columns import Json, Moment, dossier_serial, tables

dossier = Table(
    "dossier",
    tables,
    Column("serial", Integer, primary_key=True),
    Column("id", Text, unique=True),
    Column("procedure_code", Text),
    Column("procedure_version", Text),
    Column("opened_by", Text),
    Column("opened_at", Moment),
    Column("opened_order", Integer),  # microseconds since 1970: text with different offsets does not sort
    Column("state", Text),
    Column("version", Integer),
    Column("presented", Json),
    Column("warnings", Json),
    Column("number", Text),
    Column("sealed_by", Text),
    Column("sealed_at", Moment),
    Column("due_at", Moment),
    Column("extra", Json),
    Column("person_name", Text),  # of the identified person, for the list
    Column("person_id", Text),
    Column("case", Text),
    Column("conditions", Json),
    Column("counted", Json),
    Column("holder", Text),
    Column("parked", Json),
    Column("payment", Json),
    Column("consents", Json),
    Column("showings", Json),
    Column("signature", Json),
    Column("slips", Json),
)

page = Table(
    "page",
    tables,
    dossier_serial(),
    Column("position", Integer, primary_key=True),
    Column("id", Text),
    Column("number", Integer),
    Column("sha256", Text),
    Column("size", Integer),
    Column("media_type", Text),
    Column("origin", Text),
    Column("captured_at", Moment),
    Column("kind", Text),
    Column("kind_confidence", Float),
    Column("kind_set_by", Text),
    Column("rotation", Integer),
    Column("quality", Json),
    Column("codes", Json),
    Column("mrz", Json),
    Column("text", Text),
    Column("failure", Text),
    Column("goes_with", Text),  # the id of a page
    Column("goes_with_set_by", Text),
    Column("outline", Json),
    Column("found", Json),
    Column("fingerprint", Text),
    Column("same_as", Text),  # the id of a page, which may be gone
    Column("issues", Json),
    Column("kept_by", Text),
    Column("again", Boolean),
    Column("reused_from", Text),  # the id of a dossier
    Column("image", Text),  # the id of what was taken in
)

entry = Table(
    "entry",
    tables,
    dossier_serial(),
    Column("position", Integer, primary_key=True),
    Column("id", Text),
    Column("key", Text),
    Column("value", Text),
    Column("page_id", Text),
    Column("checked_by", Text),
    Column("checked_at", Moment),
    Column("verdict", Text),  # the citizen's answer
    Column("answered_at", Moment),
)

reading = Table(
    "reading",
    tables,
    dossier_serial(),
    Column("entry", Integer, primary_key=True),  # the entry's position
    Column("position", Integer, primary_key=True),
    Column("key", Text),
    Column("value", Text),
    Column("printed", Text),
    Column("confidence", Float),
    Column("status", Text),
    Column("source", Text),
    Column("box", Json),
    Column("others", Json),
    Column("doubt", Text),
)

correction = Table(
    "correction",
    tables,
    dossier_serial(),
    Column("entry", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("old", Text),
    Column("new", Text),
    Column("by", Text),
    Column("at", Moment),
)

dossier_key = Table(
    "dossier_key",
    tables,
    Column("id", LargeBinary, primary_key=True),  # what page files call it
    Column("dossier_id", Text, unique=True),
    Column("key", LargeBinary),
)

number_series = Table(
    "number_series",
    tables,
    Column("name", Text, primary_key=True),
    Column("last", Integer),
)

feeding = Table(
    "feeding",
    tables,
    Column("id", Text, primary_key=True),
    Column("source", Text),
    Column("by", Text),
    Column("began_at", Moment),
    Column("dossier_id", Text),
    Column("fed", Integer),  # what the device delivered, kept or not
    Column("ended_at", Moment),
    Column("reason", Text),  # why it ended, where it was not that there was no more
)

intake = Table(
    "intake",
    tables,
    Column("dossier_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),  # what pages call the image
    Column("feeding", Text),
    Column("sha256", Text),
    Column("at", Moment),
    Column("set_aside", Text),  # the deed that took it out of the dossier
)

rating = Table(
    "rating",
    tables,
    Column("dossier_id", Text, primary_key=True),
    Column("score", Integer),
    Column("at", Moment),
)

issued_form = Table(
    "issued_form",
    tables,
    Column("serial", Integer, primary_key=True),
    Column("dossier_id", Text),
    Column("form", Text),
    Column("number", Text),
    Column("body", Json),
)
