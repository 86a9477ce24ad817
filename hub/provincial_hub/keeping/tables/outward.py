"""What systems outside are told, and how far each was told."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from provincial_hub.keeping.tables.base import Number, metadata

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
