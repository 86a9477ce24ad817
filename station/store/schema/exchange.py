"""What goes to the hub, what comes back, and what the two know each other by."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, Text

from station.store.schema.columns import Json, Moment, tables

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
