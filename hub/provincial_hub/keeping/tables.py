"""Every table of the hub's database, the same for both engines (embedded SQLite, PostgreSQL).

Times are ISO 8601 texts with Vietnam's offset, so that they compare as they read. `documents` are canonical JSON.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

# Numbers of events go up to 2^53; SQLite knows one kind of integer, and counts rows only with that one's name.
Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

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

dossiers = Table(
    "dossier",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("version", Integer, nullable=False),
)

counters = Table(
    "counter",
    metadata,
    Column("series", String, primary_key=True),
    Column("value", Number, nullable=False),
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

# Packs of procedures that stations were told of; `version` counts up, and names the pack in `procedures` changes.
procedure_packs = Table(
    "procedure_pack",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("version", Integer, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("offered_at", String, nullable=False),
)

# Which stations were told of which pack: no other may ask for it.
offers = Table(
    "procedure_offer",
    metadata,
    Column("station", String, primary_key=True),
    Column("sha256", String, primary_key=True),
)

# What a station has used of its quotas, each in the newest period in which it used any.
usage = Table(
    "station_usage",
    metadata,
    Column("station", String, primary_key=True),
    Column("what", String, primary_key=True),  # bytes, events
    Column("period", String, nullable=False),  # a day, a minute
    Column("used", Number, nullable=False),
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

# What stations are told, each in its own order without gaps: a cursor is a row's number.
changes = Table(
    "change",
    metadata,
    Column("station", String, primary_key=True),
    Column("cursor", Number, primary_key=True),
    Column("subject", String, nullable=False),
    Column("document", Text, nullable=False),  # signed
    Column("at", String, nullable=False),
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

# Every version of a dossier after the sealed one, and what it changed.
revisions = Table(
    "revision",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("origin", String, nullable=False),  # sealed, station, hub, merged, settled
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changes", Text, nullable=False),  # [{"value", "before", "after"}]
)

# Two people changed the same value without knowing of each other: a third decides.
questions = Table(
    "question",
    metadata,
    Column("id", String, primary_key=True),
    Column("dossier_id", String, nullable=False),
    Column("station", String, nullable=False),
    Column("seq", Number, nullable=False),  # the event that waits for the answer
    Column("asked_at", String, nullable=False),
    Column("fields", Text, nullable=False),  # [{"value", "base", "hub", "station"}]
    Column("settled_at", String),
    Column("settled_by", String),
    Column("answer", Text),
    Index("question_by_dossier", "dossier_id"),
)

# What the supervisors' page and the province's systems ask for, without reading every event again.
cases = Table(
    "dossier_case",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("number", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("state", String, nullable=False),  # contract/v1/changes.md
    Column("sealed_at", String, nullable=False),
    Column("received_at", String),  # accepted, with all its pages
    Column("due_at", String),
    Column("ended_at", String),
    Column("official_code", String, unique=True),
    Column("pages", Integer, nullable=False),
    Column("reused_pages", Integer, nullable=False),
    Column("facts", Text, nullable=False),  # what else is counted: quality, satisfaction, payment
    Index("dossier_case_by_state", "state", "due_at"),
    Index("dossier_case_by_station", "station", "sealed_at"),
    Index("dossier_case_by_number", "number"),
)

# What the province's own systems are to be told, written with the fact itself; each target at least once, in order.
outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),
    Column("dossier_id", String, nullable=False),
    Column("document", Text, nullable=False),  # the facts without personal values: those stand in the dossier
    Column("at", String, nullable=False),
)

# Who is to be told. A target gets what happens from the day on which it was named.
targets = Table(
    "outward_target",
    metadata,
    Column("name", String, primary_key=True),
    Column("named_at", String, nullable=False),
)

# Written beside each outgoing row, one for each target; a lease stands for the node that is handing it over.
handovers = Table(
    "handover",
    metadata,
    Column("outgoing_id", Number, primary_key=True),
    Column("target", String, primary_key=True),
    Column("dossier_id", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("refusals", Integer, nullable=False),  # attempts that failed for the message's own sake
    Column("tried_at", String),
    Column("next_attempt_at", String),
    Column("leased_by", String),
    Column("leased_until", String),
    Column("done_at", String),
    Column("set_aside_at", String),
    Column("error", String),  # a code
)
_WAITING = handovers.c.done_at.is_(None)
Index(
    "handover_waiting",
    handovers.c.target,
    handovers.c.dossier_id,
    handovers.c.outgoing_id,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
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

# How often somebody tried a name in vain, and from when on they may try again. The name itself may be a slip: a hash.
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

parcels = Table(
    "parcel",
    metadata,
    Column("sha256", String, primary_key=True),  # of a courier's file that was brought
    Column("station", String, nullable=False),
    Column("brought_at", String, nullable=False),
    Column("by", String, nullable=False),
)
