"""People of the province: who is named, who is signed in at the page, who did what; and what holds everywhere."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from provincial_hub.keeping.tables.base import Number, metadata

persons = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", Text, nullable=False),  # as it stands in a roster, and at which stations
    Column("changed_at", String, nullable=False),
)

# What holds for the whole province, whichever node asks: the recovery key, deeds that want a second person.
province = Table(
    "province",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    Column("changed_at", String, nullable=False),
)

# Who did what at the hub: every deed of a person, never changed.
deeds = Table(
    "deed",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("deed", String, nullable=False),
    Column("dossier_id", String),
    Column("station", String),
    Column("detail", Text, nullable=False),
    Index("deed_by_dossier", "dossier_id"),
    Index("deed_by_station", "station"),
)

visits = Table(
    "visit",
    metadata,
    Column("token_sha256", String, primary_key=True),  # a signed-in browser
    Column("person", String, nullable=False),
    Column("began_at", String, nullable=False),
    Column("seen_at", String, nullable=False),
    Index("visit_by_person", "person"),
)

# How often a name was tried in vain, or any from one address in one hour, and from when on it may be tried again. What
# was typed as a name may be a passphrase: a hash.
sign_in_faults = Table(
    "sign_in_fault",
    metadata,
    Column("name_sha256", String, primary_key=True),
    Column("faults", Integer, nullable=False),
    Column("last_at", String, nullable=False),
    Column("wait_until", String, nullable=False),
)

# The passphrase that somebody chose for the supervisors' page, in the place of the first one that they were given.
own_passphrases = Table(
    "own_passphrase",
    metadata,
    Column("person", String, primary_key=True),
    Column("verifier", String, nullable=False),  # argon2id
    Column("replaces", String, nullable=False),  # SHA-256 of the roster's verifier: a new first one ends this
    Column("changed_at", String, nullable=False),
)
