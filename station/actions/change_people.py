"""The list of people: taken from a signed file, extended in need, changed where the station stands alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from station.actions.attendance import Attendance
from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.people import KeySlots, Passphrases, People
from station.dossier.audit import AuditEntry
from station.dossier.people import Person, Role, Roster
from station.dossier.roster_document import is_person_id, members_of
from station.dossier.signed_document import parse_document
from station.errors import RuleError

EXTENSION = timedelta(days=7)
MOST_EXTENSIONS = 3
Sign = Callable[[dict[str, Any]], dict[str, Any]]
"""Signs a document with the station's own key."""


class ChangePeople:
    def __init__(
        self,
        attendance: Attendance,
        permits: Permits,
        people: People,
        passphrases: Passphrases,
        slots: KeySlots,
        clock: Clock,
        sign: Sign,
    ) -> None:
        self._attendance, self._permits, self._people = attendance, permits, people
        self._passphrases, self._slots, self._clock, self._sign = passphrases, slots, clock, sign

    def take_file(self, content: bytes, by: str) -> Roster:
        """A newer roster from USB. `InputError` with a `roster.*` code for any other file."""
        self._permits.require(Deed.ENROL, by)
        return self._take(parse_document(content), AuditEntry("take_roster", by, self._clock.now()))

    def extend(self, by: str, second: str) -> Roster:
        """Seven days more for a roster that has expired, at most three times, by two people."""
        self._permits.require(Deed.EXTEND_ROSTER, by, second)
        now, roster = self._clock.now(), self._attendance.roster
        if not roster.has_expired(now):
            raise RuleError("people.not_expired")
        count = self._people.extensions(roster)
        if count >= MOST_EXTENSIONS:
            raise RuleError("people.extended_enough", count=count)
        until = now + EXTENSION
        detail: dict[str, str | int] = {"second": second, "until": until.isoformat(), "count": count + 1}
        self._people.extend(roster, until, AuditEntry("extend_roster", by, now, detail=detail))
        self._attendance.sit(self._attendance.person)
        self._attendance.enrol(replace(roster, expires_at=until))
        return self._attendance.roster

    @property
    def stands_alone(self) -> bool:
        """Whether the station signs its own roster: such a one has no end."""
        return self._attendance.roster.expires_at is None

    def add(self, person: Person, passphrase: str, by: str, second: str = "") -> Roster:
        """Somebody new at a station that stands alone, with a passphrase to be replaced at the first sign-in."""
        self._must_stand_alone()
        self._permits.require(Deed.CHANGE_PEOPLE, by, second)
        roster = self._attendance.roster
        if not is_person_id(person.id) or not person.name.strip() or not person.roles:
            raise RuleError("people.bad_person")
        if roster.find(person.id) is not None:
            raise RuleError("people.exists")
        verifier = self._passphrases.verifier(passphrase, person.id)
        added = replace(person, verifier=verifier, change_first=True)
        return self._resign(
            (*roster.people, added), AuditEntry("add_person", by, self._clock.now(), detail=_of(person.id, second))
        )

    def remove(self, person_id: str, by: str, second: str = "") -> Roster:
        """Somebody does not work here any more; their passphrase opens nothing from now on."""
        self._must_stand_alone()
        self._permits.require(Deed.CHANGE_PEOPLE, by, second)
        roster = self._attendance.roster
        left = tuple(one for one in roster.people if one.id != roster.person(person_id).id)
        if (
            person_id == by
            or not any(one.has(Role.IT) for one in left)
            or not any(one.has(Role.SUPERVISOR) for one in left)
        ):
            raise RuleError("people.last_one")
        return self._resign(left, AuditEntry("remove_person", by, self._clock.now(), detail=_of(person_id, second)))

    def unlock(self, person_id: str, by: str) -> None:
        """Somebody who is locked out may try again."""
        self._permits.require(Deed.UNLOCK_PERSON, by)
        if person_id == by:
            raise RuleError("people.not_allowed", deed=Deed.UNLOCK_PERSON.value)
        entry = AuditEntry("unlock_person", by, self._clock.now(), detail={"person": person_id})
        self._people.forget_failures(person_id, entry)

    def take_from_hub(self, document: dict[str, Any]) -> Roster:
        """What the hub answered; who may sign rosters here has signed it, or it is refused."""
        return self._take(document, AuditEntry("take_roster", "hub", self._clock.now()))

    def _must_stand_alone(self) -> None:
        if not self.stands_alone:
            raise RuleError("people.province_decides")

    def _resign(self, people: tuple[Person, ...], entry: AuditEntry) -> Roster:
        roster = self._attendance.roster
        newer = replace(roster, version=roster.version + 1, issued_at=entry.at, people=people)
        return self._take(self._sign(members_of(newer)), entry)

    def _take(self, document: dict[str, Any], entry: AuditEntry) -> Roster:
        roster = self._people.keep_roster(document, entry)
        if self._attendance.restricted and not roster.has_expired(entry.at):
            self._attendance.sit(self._attendance.person)
        self._attendance.enrol(roster)
        self._slots.keep_only(one.id for one in roster.people)
        return roster


def _of(person_id: str, second: str) -> dict[str, str | int]:
    return {"person": person_id, "second": second} if second else {"person": person_id}
