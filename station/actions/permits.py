"""What each role may do, and what asks for two people. Every deed asks here; buttons only follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from station.actions.attendance import Attendance
from station.dossier.people import NOT_PEOPLE, Person, Role
from station.errors import RuleError


class Deed(StrEnum):
    """One for each thing that some may do and others may not."""

    SERVE = "serve"  # everything from opening a dossier to handing it over, and taking the last deed back
    SEAL = "seal"
    DISCARD = "discard"  # give up an open dossier; it stays on record
    PRINT = "print"  # receipts and forms
    CLOSE_SHIFT = "close_shift"  # Sổ theo dõi, Mẫu 07
    SEE_LEDGER = "see_ledger"
    SEE_MY_DATA = "see_my_data"  # «dữ liệu của tôi», at a citizen's request
    READ_TRAIL = "read_trail"
    ERASE = "erase"  # a dossier's key is destroyed
    HOLD = "hold"  # legal hold, set or lifted
    EXPORT = "export"  # the audit trail leaves the station as a file
    CARRY = "carry"  # what waits goes to the province on a stick, and its answers come back
    BACK_UP = "back_up"
    CHECK_STORE = "check_store"  # `station doctor`
    REPAIR_STORE = "repair_store"
    CHANGE_KEYS = "change_keys"  # slots, rotation
    ENROL = "enrol"  # a new roster
    CHANGE_PEOPLE = "change_people"  # the roster of a station that stands alone
    EXTEND_ROSTER = "extend_roster"  # some days more for a roster that expired
    CONFIRM_CLOCK = "confirm_clock"  # the clock is right, whatever was written before
    UNLOCK_PERSON = "unlock_person"  # somebody who is locked out may try again


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, and for a deed with four eyes, who may be the second."""

    roles: frozenset[Role]
    second: frozenset[Role] = frozenset()
    alone: bool = False
    """One person is enough as long as the roster names nobody who could be the second."""


def _rule(*roles: Role, second: tuple[Role, ...] = (), alone: bool = False) -> Rule:
    return Rule(frozenset(roles), frozenset(second), alone)


_OFFICER, _SUPERVISOR, _IT = Role.OFFICER, Role.SUPERVISOR, Role.IT

POLICY: Mapping[Deed, Rule] = {
    Deed.SERVE: _rule(_OFFICER, _SUPERVISOR),
    Deed.SEAL: _rule(_OFFICER, _SUPERVISOR),
    Deed.DISCARD: _rule(_OFFICER, _SUPERVISOR),
    Deed.PRINT: _rule(_OFFICER, _SUPERVISOR),
    Deed.CLOSE_SHIFT: _rule(_OFFICER, _SUPERVISOR),
    Deed.SEE_LEDGER: _rule(_OFFICER, _SUPERVISOR, _IT),
    Deed.SEE_MY_DATA: _rule(_OFFICER, _SUPERVISOR),
    Deed.READ_TRAIL: _rule(_SUPERVISOR, _IT),
    Deed.ERASE: _rule(_SUPERVISOR, second=(_OFFICER, _SUPERVISOR, _IT)),
    Deed.HOLD: _rule(_SUPERVISOR),
    Deed.EXPORT: _rule(_SUPERVISOR, _IT, second=(_SUPERVISOR, _IT)),
    Deed.CARRY: _rule(_OFFICER, _SUPERVISOR, _IT),  # encrypted to the hub: to who holds it, it tells nothing
    Deed.BACK_UP: _rule(_SUPERVISOR, _IT),
    Deed.CHECK_STORE: _rule(_SUPERVISOR, _IT),
    Deed.REPAIR_STORE: _rule(_IT),
    Deed.CHANGE_KEYS: _rule(_IT),
    Deed.ENROL: _rule(_IT),
    Deed.CHANGE_PEOPLE: _rule(_IT, second=(_SUPERVISOR,), alone=True),
    Deed.EXTEND_ROSTER: _rule(_IT, second=(_SUPERVISOR,)),
    Deed.CONFIRM_CLOCK: _rule(_SUPERVISOR, _IT),
    Deed.UNLOCK_PERSON: _rule(_SUPERVISOR, _IT),
}
"""The least that holds everywhere. A roster may ask for four eyes for more of `TAKE_A_SECOND`, never for fewer."""

AFTER_THE_END = frozenset({Deed.ENROL, Deed.EXTEND_ROSTER})
"""What can still be done when the roster has expired."""

_IN_THE_TRAIL: Mapping[str, Deed] = {
    "seal_dossier": Deed.SEAL,
    "correct_sealed": Deed.SEAL,
    "settle_question": Deed.SEAL,
    "discard_dossier": Deed.DISCARD,
    "print_form": Deed.PRINT,
    "write_parcel": Deed.CARRY,
    "take_answer": Deed.CARRY,
}
"""Lines of the trail that are not just `SERVE`."""

TAKE_A_SECOND = frozenset({Deed.DISCARD, Deed.ERASE, Deed.EXPORT, Deed.CHANGE_PEOPLE, Deed.EXTEND_ROSTER})
"""Where a screen or a command asks for the second person. The contract lists them, and the hub writes no others into a
roster: elsewhere nobody could ever confirm.
"""

_ASKED_BY_THEMSELVES = frozenset(deed.value for deed in Deed)
"""A deed that is more than serving writes its own name into the trail, and has asked `require` before."""


class Permits(Protocol):
    """Asked by every deed before it does anything."""

    def require(self, deed: Deed, by: str, second: str = "") -> None:
        """Nothing, where `by` sits at this counter and may; `RuleError` with a `people.*` code otherwise.

        `people.second_needed`: two people are asked for, and `second` has not just vouched for this deed.
        """
        ...


class RolePermits:
    """The roles of the roster decide."""

    def __init__(self, attendance: Attendance) -> None:
        self._attendance = attendance

    def require(self, deed: Deed, by: str, second: str = "") -> None:
        """Deeds of the machine, the citizen and the hub are nobody's to be permitted."""
        if by in NOT_PEOPLE:
            return
        self._must_be_allowed(deed, by)
        if self.asks_two(deed):
            self._must_be_two(deed, by, second)

    def check(self, line: str, by: str, dossier_id: str | None) -> None:
        """Asked of every line of the trail before it is written, and by deeds before they begin.

        Nothing is done in the name of who does not sit here, or may not. A line about a dossier that no deed asked
        for by itself is part of serving.
        """
        if by in NOT_PEOPLE:
            return
        deed = _IN_THE_TRAIL.get(line, Deed.SERVE if dossier_id else None)
        if deed is None or line in _ASKED_BY_THEMSELVES:
            self._must_sit(by)
        else:
            self._must_be_allowed(deed, by)

    def may(self, deed: Deed) -> bool:
        """Whether it makes sense to offer this to who sits here; the deed itself asks `require`."""
        person = self._attendance.person
        allowed = person is not None and bool(person.roles & POLICY[deed].roles)
        return allowed and (deed in AFTER_THE_END or not self._attendance.restricted)

    def asks_two(self, deed: Deed) -> bool:
        """Whether a second person has to sign in for it."""
        if POLICY[deed].alone and not self.seconds(deed):
            return False
        listed = deed in TAKE_A_SECOND and deed.value in self._attendance.roster.four_eyes
        return bool(POLICY[deed].second) or listed

    def seconds(self, deed: Deed) -> tuple[Person, ...]:
        """Who may be the second, beside who sits here."""
        roles = POLICY[deed].second or frozenset({Role.SUPERVISOR})
        return tuple(one for one in self._attendance.roster.with_role(*roles) if one.id != self._attendance.officer)

    def _must_sit(self, by: str) -> Person:
        person = self._attendance.person
        if person is None or person.id != by:
            raise RuleError("people.not_signed_in")
        return person

    def _must_be_allowed(self, deed: Deed, by: str) -> None:
        if not self._must_sit(by).roles & POLICY[deed].roles:
            raise RuleError("people.not_allowed", deed=deed.value)
        if self._attendance.restricted and deed not in AFTER_THE_END:
            raise RuleError("people.roster_expired")

    def _must_be_two(self, deed: Deed, by: str, second: str) -> None:
        possible = {one.id for one in self.seconds(deed)}
        if second == by or second not in possible or not self._attendance.take_vouched(second, deed.value):
            raise RuleError("people.second_needed", deed=deed.value)
