"""The tables by subject, as the queries see them; `station.store.versions` holds the statements that make them.

A dossier is known inside the database by its `serial` (also the row of the search index), outside by its `id`.
`position` keeps the order of a dossier's pages, entries, readings and corrections. Short lists that are never
searched (codes, quality, MRZ lines, warnings) are JSON columns of the row they belong to.
"""

from station.store.schema.afterwards import erasure, legal_hold, made_again, question, revision
from station.store.schema.columns import Day, Json, Moment, tables
from station.store.schema.custody import audit, restoration, secret, trail_checkpoint
from station.store.schema.dossiers import (
    correction,
    dossier,
    dossier_key,
    entry,
    feeding,
    intake,
    issued_form,
    number_series,
    page,
    rating,
    reading,
)
from station.store.schema.exchange import (
    courier_key,
    delivery,
    former_receipt,
    hub_access,
    hub_change,
    hub_cursor,
    outbox,
    receipt,
    sent_page,
)
from station.store.schema.people import (
    credential_use,
    enrolment,
    key_slot,
    passphrase,
    roster,
    roster_extension,
    sign_in,
)

__all__ = [
    "Day",
    "Json",
    "Moment",
    "audit",
    "correction",
    "courier_key",
    "credential_use",
    "delivery",
    "dossier",
    "dossier_key",
    "enrolment",
    "entry",
    "erasure",
    "feeding",
    "former_receipt",
    "hub_access",
    "hub_change",
    "hub_cursor",
    "intake",
    "issued_form",
    "key_slot",
    "legal_hold",
    "made_again",
    "number_series",
    "outbox",
    "page",
    "passphrase",
    "question",
    "rating",
    "reading",
    "receipt",
    "restoration",
    "revision",
    "roster",
    "roster_extension",
    "secret",
    "sent_page",
    "sign_in",
    "tables",
    "trail_checkpoint",
]
