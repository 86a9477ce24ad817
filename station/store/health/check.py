"""Is everything still there and whole? Asked after every fault test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sql

from station.errors import StoreError
from station.store import schema
from station.store.database import Database
from station.store.pages import Pages
from station.store.trail.audit import first_broken


class Trouble(StrEnum):
    """What can be wrong with a store that opens."""

    DATABASE = "database"  # a page of the database file does not authenticate, or its structure is broken
    AUDIT = "audit"  # the trail was edited
    PAGE_MISSING = "store.page_missing"
    PAGE_DAMAGED = "store.page_damaged"


@dataclass(frozen=True, slots=True)
class Finding:
    """One trouble and where: the engine's words, the line of the trail, or the SHA-256 of the page."""

    trouble: Trouble
    place: str


def verify(database: Database, pages: Pages) -> list[Finding]:
    """Read everything; an empty list says that all is well. Takes time in proportion to the store."""
    findings = [Finding(Trouble.DATABASE, place) for place in broken_places(database)]
    if findings:
        return findings  # what a broken database says about the rest is worth nothing
    line = first_broken(database)
    if line is not None:
        findings.append(Finding(Trouble.AUDIT, str(line)))
    for sha256 in sorted(named_pages(database)):
        try:
            pages.read(sha256)
        except StoreError as error:
            if error.code not in tuple(Trouble):
                raise
            findings.append(Finding(Trouble(error.code), sha256))
    return findings


def named_pages(database: Database) -> set[str]:
    """Every page that a dossier or an event refers to."""
    with database.reading() as connection:
        named = set(connection.execute(sql.select(schema.page.c.sha256)).scalars())
        # A signature is a page of its own kind: a sweep must not take it from a dossier that is not sealed yet.
        signatures = connection.execute(sql.select(schema.dossier.c.signature)).scalars()
        named.update(signature["sha256"] for signature in signatures if signature)
        for pages in connection.execute(sql.select(schema.outbox.c.pages)).scalars():
            named.update(pages)
    return named


def broken_places(database: Database) -> list[str]:
    """The engine's words for every place of the file that does not authenticate or does not fit."""
    with database.reading() as connection:
        told = list(connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars())
        if told:
            return [str(place) for place in told]
        told += list(connection.exec_driver_sql("PRAGMA integrity_check").scalars())
        told += [f"foreign key: {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return [str(place) for place in told if place != "ok"]
