"""Who may work here, inside the encrypted store: what was signed, and every wrong passphrase counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from station.dossier.attempts import Attempts
from station.dossier.audit import AuditEntry
from station.dossier.enrolment import Enrolment, enrolment_of, signed_roster
from station.dossier.people import Roster
from station.errors import InputError
from station.store import schema
from station.store.database import Database
from station.store.trail import audit


@dataclass(frozen=True, slots=True)
class Kept:
    """The station's name, whose signature counts here, and by which enrolment; none: the station stands alone."""

    station: str
    authority: bytes
    enrolment: Enrolment | None


class People:
    """Every change writes its line of the trail in the same transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept(self) -> Kept | None:
        """How the station was enrolled; None before it was."""
        newest = sql.select(schema.enrolment).order_by(schema.enrolment.c.serial.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(newest).first()
        if row is None:
            return None
        enrolment = enrolment_of(row.document, row.authority) if row.document else None
        return Kept(row.station, row.authority, enrolment)

    def roster(self) -> Roster | None:
        """The newest roster of who may sign here, its signature checked again, with what it was extended by."""
        kept = self.kept()
        if kept is None:
            return None
        table, extension = schema.roster, schema.roster_extension
        with self._database.reading() as connection:
            row = connection.execute(
                sql.select(table).where(table.c.authority == kept.authority).order_by(table.c.version.desc()).limit(1)
            ).first()
            if row is None:
                return None
            roster = signed_roster(row.document, kept.authority, kept.station)
            until = connection.execute(
                sql.select(extension.c.until).where(
                    extension.c.authority == kept.authority, extension.c.version == roster.version
                )
            ).scalars()
            ends = [end for end in (roster.expires_at, *until) if end is not None]
        return replace(roster, expires_at=max(ends)) if roster.expires_at else roster

    def extensions(self, roster: Roster) -> int:
        """How often this roster was extended; one of the same number that somebody else signed does not count."""
        table, newest = schema.roster_extension, sql.select(schema.enrolment.c.authority)
        authority = newest.order_by(schema.enrolment.c.serial.desc()).limit(1).scalar_subquery()
        here = (table.c.version == roster.version, table.c.authority == authority)
        with self._database.reading() as connection:
            return int(connection.execute(sql.select(sql.func.count()).select_from(table).where(*here)).scalar_one())

    def enrol(self, station: str, authority: bytes, document: dict[str, Any], entry: AuditEntry) -> None:
        """From now on this key signs the rosters of this station."""
        with self._writing(entry) as connection:
            connection.execute(
                sql.insert(schema.enrolment).values(
                    station=station, authority=authority, document=document, kept_at=entry.at
                )
            )

    def keep_roster(self, document: dict[str, Any], entry: AuditEntry) -> Roster:
        """Take a roster that who may sign here has signed. Raises `InputError`: `roster.older` for one not newer."""
        kept = self.kept()
        if kept is None:
            raise InputError("roster.not_signed")
        roster = signed_roster(document, kept.authority, kept.station)
        newest = self.roster()
        if newest is not None and roster.version <= newest.version:
            raise InputError("roster.older", version=roster.version, newest=newest.version)
        with self._writing(entry) as connection:
            connection.execute(
                sql.insert(schema.roster).values(
                    authority=kept.authority, version=roster.version, document=document, kept_at=entry.at
                )
            )
        return roster

    def extend(self, roster: Roster, until: datetime, entry: AuditEntry) -> None:
        """Let a roster hold for some days more."""
        kept = self.kept()
        if kept is None:
            raise InputError("roster.not_signed")
        with self._writing(entry) as connection:
            connection.execute(
                sql.insert(schema.roster_extension).values(
                    authority=kept.authority, version=roster.version, until=until
                )
            )

    def attempts(self, person_id: str) -> Attempts:
        with self._database.reading() as connection:
            row = connection.execute(sql.select(schema.sign_in).where(schema.sign_in.c.person == person_id)).first()
        return Attempts(row.failures, row.last_at) if row else Attempts()

    def count_failure(self, person_id: str, entry: AuditEntry) -> None:
        """One more wrong passphrase, durable before anybody is told."""
        counted = insert(schema.sign_in).values(person=person_id, failures=1, last_at=entry.at)
        more = {"failures": schema.sign_in.c.failures + 1, "last_at": counted.excluded.last_at}
        with self._writing(entry) as connection:
            connection.execute(counted.on_conflict_do_update(index_elements=["person"], set_=more))

    def forget_failures(self, person_id: str, entry: AuditEntry) -> None:
        """The right passphrase, or somebody who may has unlocked them."""
        with self._writing(entry) as connection:
            connection.execute(sql.delete(schema.sign_in).where(schema.sign_in.c.person == person_id))

    def chosen_verifier(self, person_id: str, instead_of: str) -> str:
        """What this person chose here in place of the roster's passphrase; empty: nothing, or the roster's is newer."""
        table = schema.passphrase
        chosen = sql.select(table.c.verifier).where(table.c.person == person_id, table.c.instead_of == instead_of)
        with self._database.reading() as connection:
            return connection.execute(chosen).scalar() or ""

    def choose_verifier(self, person_id: str, instead_of: str, verifier: str, entry: AuditEntry) -> None:
        """Keep a new passphrase; a later roster with another one takes its place."""
        chosen = insert(schema.passphrase).values(person=person_id, verifier=verifier, instead_of=instead_of)
        with self._writing(entry) as connection:
            connection.execute(
                chosen.on_conflict_do_update(
                    index_elements=["person"], set_={"verifier": verifier, "instead_of": instead_of}
                )
            )

    def has_slot(self, person_id: str, verifier: str) -> bool:
        """Whether this person's passphrase, as it is now, opens the keys of the station."""
        table = schema.key_slot
        with self._database.reading() as connection:
            return (
                connection.execute(sql.select(table.c.verifier).where(table.c.person == person_id)).scalar() == verifier
            )

    def note_slot(self, person_id: str, verifier: str) -> None:
        noted = insert(schema.key_slot).values(person=person_id, verifier=verifier)
        with self._database.writing() as connection:
            connection.execute(noted.on_conflict_do_update(index_elements=["person"], set_={"verifier": verifier}))

    def slots(self) -> list[str]:
        """Everybody whose passphrase was given a slot."""
        with self._database.reading() as connection:
            return list(connection.execute(sql.select(schema.key_slot.c.person)).scalars())

    def forget_slot(self, person_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(sql.delete(schema.key_slot).where(schema.key_slot.c.person == person_id))

    def counter(self, credential: bytes) -> int:
        """What a FIDO2 key counted when it was last used here."""
        table = schema.credential_use
        with self._database.reading() as connection:
            found = connection.execute(sql.select(table.c.counter).where(table.c.credential == credential)).scalar()
        return int(found or 0)

    def count_use(self, credential: bytes, counter: int) -> None:
        used = insert(schema.credential_use).values(credential=credential, counter=counter)
        with self._database.writing() as connection:
            connection.execute(used.on_conflict_do_update(index_elements=["credential"], set_={"counter": counter}))

    def note(self, entry: AuditEntry) -> None:
        """A line of the trail about who came and went."""
        with self._writing(entry):
            pass

    @contextmanager
    def _writing(self, entry: AuditEntry) -> Iterator[sql.Connection]:
        with self._database.writing() as connection:
            yield connection
            audit.append(connection, entry)
