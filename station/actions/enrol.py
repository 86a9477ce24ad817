"""A machine becomes a station: by the hub's invitation, by a signed file, or standing alone until a province has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from station.actions.attendance import Attendance
from station.actions.change_people import Sign
from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.people import Passphrases, People
from station.dossier.audit import AuditEntry
from station.dossier.enrolment import Enrolment, EnrolmentCode, checked_enrolment, open_enrolment_file
from station.dossier.people import STATION, Person, Roster
from station.dossier.roster_document import is_person_id, members_of
from station.errors import InputError, RuleError

AskHub = Callable[[str], dict[str, Any]]
"""Sends the whole code with the station's public keys; the hub's answer, unchecked. Raises `HubError`."""


class Enrol:
    """Where nobody is enrolled yet; and by IT staff, once, when a province takes over a station that stood alone."""

    def __init__(
        self,
        attendance: Attendance,
        permits: Permits,
        people: People,
        passphrases: Passphrases,
        clock: Clock,
        sign: Sign,
        public: bytes,
    ) -> None:
        """`sign` and `public`: the station's own key."""
        self._attendance, self._permits, self._people = attendance, permits, people
        self._passphrases, self._clock, self._sign, self._public = passphrases, clock, sign, public

    def stand_alone(self, station: str, people: Sequence[tuple[Person, str]]) -> Roster:
        """The first people with their passphrases; an empty one: the key slot alone knows it.

        `StoreError` for a passphrase that is too short or too easy.
        """
        if self._attendance.enrolled:
            raise RuleError("people.enrolled")
        named = []
        for person, passphrase in people:
            if not is_person_id(person.id) or not person.name.strip():
                raise RuleError("people.bad_person")
            verifier = self._passphrases.verifier(passphrase, person.id) if passphrase else ""
            named.append(replace(person, verifier=verifier))
        now = self._clock.now()
        roster = Roster(station, 1, now, None, tuple(named))
        self._people.enrol(station, self._public, {}, AuditEntry("stand_alone", STATION, now))
        return self._keep(self._sign(members_of(roster)))

    def by_file(self, content: bytes, code: str, by: str = STATION) -> Enrolment:
        """An enrolment from USB; the code came another way."""
        self._must_be_free(by)
        parsed = EnrolmentCode.parse(code)
        return self._take(checked_enrolment(open_enrolment_file(content, parsed), parsed), by)

    def by_hub(self, ask: AskHub, code: str, by: str = STATION) -> Enrolment:
        """The hub's answer to the code, over a line that nobody has to trust."""
        self._must_be_free(by)
        parsed = EnrolmentCode.parse(code)
        return self._take(checked_enrolment(ask(parsed.whole), parsed), by)

    def _take(self, enrolment: Enrolment, by: str) -> Enrolment:
        if enrolment.roster is None:
            raise InputError("roster.nobody")
        if enrolment.roster.has_expired(self._clock.now()):
            raise InputError("roster.expired")
        if self._attendance.enrolled and self._attendance.roster.station != enrolment.station:
            raise InputError("roster.other_station", station=enrolment.station)
        entry = AuditEntry("enrol", by, self._clock.now(), detail={"station": enrolment.station})
        self._people.enrol(enrolment.station, enrolment.hub_key, enrolment.document, entry)
        self._keep(enrolment.document["roster"])
        return enrolment

    def _keep(self, document: dict[str, Any]) -> Roster:
        roster = self._people.keep_roster(document, AuditEntry("take_roster", STATION, self._clock.now()))
        self._attendance.enrol(roster)
        return roster

    def _must_be_free(self, by: str) -> None:
        if not self._attendance.enrolled:
            return
        if self._attendance.roster.expires_at is not None:
            raise RuleError("people.enrolled")
        self._permits.require(Deed.ENROL, by)
