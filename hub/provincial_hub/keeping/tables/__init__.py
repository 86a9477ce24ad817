"""Every table of the hub's database, the same for both engines (embedded SQLite, PostgreSQL), by subject.

Times are ISO 8601 texts with Vietnam's offset, so that they compare as they read. `documents` are canonical JSON.
"""

from provincial_hub.keeping.tables.base import metadata
from provincial_hub.keeping.tables.cases import cases, questions, revisions
from provincial_hub.keeping.tables.intake import announced, counters, dossiers, events, pages, parcels, previews
from provincial_hub.keeping.tables.outward import handovers, outgoing, targets
from provincial_hub.keeping.tables.people import deeds, own_passphrases, persons, province, sign_in_faults, visits
from provincial_hub.keeping.tables.stations import alarms, heads, invitations, reports, rosters, stations, usage
from provincial_hub.keeping.tables.told import changes, offers, procedure_packs

__all__ = [
    "alarms",
    "announced",
    "cases",
    "changes",
    "counters",
    "deeds",
    "dossiers",
    "events",
    "handovers",
    "heads",
    "invitations",
    "metadata",
    "offers",
    "outgoing",
    "own_passphrases",
    "pages",
    "parcels",
    "persons",
    "previews",
    "procedure_packs",
    "province",
    "questions",
    "reports",
    "revisions",
    "rosters",
    "sign_in_faults",
    "stations",
    "targets",
    "usage",
    "visits",
]
