"""The tables, as the queries see them; `versions.py` holds the statements that make them.

A dossier is known inside the database by its `serial` (also the row of the search index), outside by its `id`.
`position` keeps the order of a dossier's pages, entries, readings and corrections. Short lists that are never
searched (codes, quality, MRZ lines, warnings) are JSON columns of the row they belong to.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Dialect, Float, Integer, LargeBinary, MetaData, Table, Text, TypeDecorator

tables = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 with its own offset: a receipt shows the time as the officer's clock did."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without an offset cannot be kept")
        return value.isoformat() if value is not None else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value is not None else None


class Day(TypeDecorator[date]):
    """A day of the calendar as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        return value.isoformat() if value is not None else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if value is not None else None


class Json(TypeDecorator[Any]):
    """A short value as JSON text, members in the order given, letters as themselves."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return json.loads(value) if value is not None else None


def _serial() -> Column[int]:
    return Column("dossier", Integer, primary_key=True)


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
    _serial(),
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
    _serial(),
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
    _serial(),
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
    _serial(),
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

outbox = Table(
    "outbox",
    tables,
    Column("station", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", Text),
    Column("dossier_id", Text),
    Column("base_version", Integer),
    Column("created_at", Moment),
    Column("body", Json),
    Column("pages", Json),
)

delivery = Table(
    "delivery",
    tables,
    Column("station", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("delivery", Text),
    Column("reason", Text),
    Column("detail", Text),
    Column("next_attempt", Moment),
)

sent_page = Table(
    "sent_page",
    tables,
    Column("sha256", Text, primary_key=True),  # the hub holds it complete
)

receipt = Table(
    "receipt",
    tables,
    Column("station", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("dossier_id", Text),
    Column("pages", Json),
    Column("received_at", Text),  # word for word: it is signed
    Column("hub_number", Text),
    Column("durable", Boolean),
    Column("key_id", Text),
    Column("signature", Text),
    Column("version", Integer),  # the hub's, of a dossier that was corrected
)

former_receipt = Table(
    "former_receipt",
    tables,
    *(
        Column(column.name, column.type, primary_key=column.name in {"station", "seq", "signature"})
        for column in receipt.c
    ),
    Column("replaced_at", Moment),
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

secret = Table("secret", tables, Column("name", Text, primary_key=True), Column("value", LargeBinary))

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

trail_checkpoint = Table("trail_checkpoint", tables, Column("seq", Integer, primary_key=True), Column("text", Text))

hub_cursor = Table(
    "hub_cursor",
    tables,
    Column("authority", LargeBinary, primary_key=True),
    Column("cursor", Integer),
    Column("life", Integer),  # how often the hub was brought back from a backup: its cursors begin again
)

hub_change = Table(
    "hub_change",
    tables,
    Column("authority", LargeBinary, primary_key=True),  # the hub's key
    Column("life", Integer, primary_key=True),
    Column("cursor", Integer, primary_key=True),
    Column("subject", Text),
    Column("dossier_id", Text),
    Column("document", Json),  # as it was signed; null where it is about a dossier that is not here
    Column("kept_at", Moment),
)

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

hub_access = Table(
    "hub_access",
    tables,
    Column("place", Text, primary_key=True),  # former, current, next
    Column("seed", LargeBinary),
    Column("token", Text),  # null: the one that the station was enrolled with
    Column("enrolled", Text),  # SHA-256 of the token that the station was enrolled with when this one was taken
    Column("told_to", LargeBinary),  # the key of the hub that knows it
    Column("since", Moment),
    Column("wanted", Boolean),  # is to take the place of the one in use
)
courier_key = Table(
    "courier_key",
    tables,
    Column("authority", LargeBinary, primary_key=True),  # of the hub; empty: the station's own
    Column("key", Text),
)
