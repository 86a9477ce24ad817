"""Somebody sits down at the counter: by passphrase, offline, and with a key of theirs where the roster names one."""

from __future__ import annotations

from datetime import timedelta

from station.actions.attendance import Attendance
from station.actions.ports.clock import Clock
from station.actions.ports.people import KeySlots, Passphrases, People, SecondFactor
from station.dossier.attempts import Attempts
from station.dossier.audit import AuditEntry
from station.dossier.people import Person, Role, RosterState
from station.errors import RuleError, StoreError


class SignIn:
    """Wrong passphrases are counted inside the encrypted store, before anybody is told."""

    def __init__(
        self,
        attendance: Attendance,
        people: People,
        passphrases: Passphrases,
        slots: KeySlots,
        clock: Clock,
        factor: SecondFactor | None = None,
    ) -> None:
        self._attendance, self._people, self._passphrases = attendance, people, passphrases
        self._slots, self._clock, self._factor = slots, clock, factor

    def offered(self) -> tuple[Person, ...]:
        """Who may sign in today, by name."""
        now = self._clock.now()
        people = (one for one in self._attendance.roster.people if one.is_valid(now))
        return tuple(sorted(people, key=lambda one: one.name))

    def roster_state(self) -> RosterState:
        """How long people can go on signing in."""
        return self._attendance.roster.state(self._clock.now())

    def __call__(self, person_id: str, passphrase: str, new: str = "") -> Person:
        """Sit down; whoever sat there before leaves the seat, and the dossier on the counter stays.

        `RuleError`: `people.wrong`, `people.wait`, `people.locked_out`, `people.not_valid`, `people.roster_expired`;
        `people.change_first` where a passphrase of one's own is to be chosen, which is then `new`.
        """
        now, roster = self._clock.now(), self._attendance.roster
        expired = roster.has_expired(now)
        known = roster.find(person_id)
        if expired and known is not None and not known.has(Role.IT):
            raise RuleError("people.roster_expired")
        person = self.prove(person_id, passphrase)
        if self.must_choose(person) and not new:
            raise RuleError("people.change_first")
        if new:
            self._choose(person, passphrase, new)
        before = self._attendance.person
        detail: dict[str, str | int] = {"roster": roster.version}
        if before is not None and before.id != person.id:
            detail["after"] = before.id
        self._people.forget_failures(person.id, AuditEntry("sign_in", person.id, now, detail=detail))
        self._attendance.sit(person, restricted=expired)
        self._give_slot(person, new or passphrase)
        return person

    def prove(self, person_id: str, passphrase: str) -> Person:
        """Who this is, where it is; a mistake is counted. Nobody sits down by it."""
        now, roster = self._clock.now(), self._attendance.roster
        person = roster.find(person_id)
        if person is None:
            raise RuleError("people.wrong")
        if not person.is_valid(now):
            raise RuleError("people.not_valid")
        self._must_not_wait(person)
        try:
            self._must_be_right(person, passphrase)
            self._must_have_key(person)
        except RuleError as error:
            if error.code in ("people.wrong", "people.wrong_key"):
                self._people.count_failure(person.id, AuditEntry("sign_in_failed", person.id, now))
                self._must_not_wait(person)
            raise
        return person

    def lock(self, why: str) -> None:
        """The seat is kept: who comes back goes on, who else comes takes over."""
        if self._attendance.officer:
            self._people.note(
                AuditEntry("lock_screens", self._attendance.officer, self._clock.now(), detail={"why": why})
            )

    def leave(self) -> None:
        """The seat is free; the dossier on the counter waits for whoever signs in next."""
        if self._attendance.officer:
            self._people.note(AuditEntry("sign_out", self._attendance.officer, self._clock.now()))
            self._attendance.sit(None)

    def change_passphrase(self, person_id: str, passphrase: str, new: str) -> None:
        """Choose another one; the old one is asked first."""
        person = self.prove(person_id, passphrase)
        self._choose(person, passphrase, new)
        self._give_slot(person, new)

    def attempts(self, person_id: str) -> Attempts:
        return self._people.attempts(person_id)

    def must_choose(self, person: Person) -> bool:
        """Whether their passphrase is still the one that somebody gave them."""
        return person.change_first and not self._people.chosen_verifier(person.id, person.verifier)

    def _must_not_wait(self, person: Person) -> None:
        attempts = self._people.attempts(person.id)
        others = self._attendance.roster.with_role(Role.SUPERVISOR, Role.IT)
        wait = attempts.wait(self._clock.now(), somebody_unlocks=any(one.id != person.id for one in others))
        if wait == timedelta.max:
            raise RuleError("people.locked_out")
        if wait > timedelta():
            raise RuleError("people.wait", minutes=-(-int(wait.total_seconds()) // 60))

    def _must_be_right(self, person: Person, passphrase: str) -> None:
        verifier = self._verifier(person)
        if not verifier:  # a station from before rosters: only its key slot knows the passphrase
            if not self._slots.opens(person.id, passphrase):
                raise RuleError("people.wrong")
            self._remember(person, self._passphrases.verifier(passphrase, person.id))
        elif not self._passphrases.is_right(verifier, passphrase):
            raise RuleError("people.wrong")

    def _must_have_key(self, person: Person) -> None:
        if not person.credentials:
            return
        if self._factor is None:
            raise RuleError("people.no_second_factor")
        self._factor.prove(person)

    def _choose(self, person: Person, old: str, new: str) -> None:
        if new == old:
            raise RuleError("people.same_passphrase")
        self._remember(person, self._passphrases.verifier(new, person.id))

    def _remember(self, person: Person, verifier: str) -> None:
        entry = AuditEntry("choose_passphrase", person.id, self._clock.now())
        self._people.choose_verifier(person.id, person.verifier, verifier, entry)

    def _verifier(self, person: Person) -> str:
        return self._people.chosen_verifier(person.id, person.verifier) or person.verifier

    def _give_slot(self, person: Person, passphrase: str) -> None:
        try:
            self._slots.give(person.id, passphrase, self._verifier(person))
        except StoreError:
            return  # the seat is theirs; the slot is tried again the next time
