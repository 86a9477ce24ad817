"""A second person vouches for one deed, at the same machine: asked where the policy wants four eyes."""

from __future__ import annotations

from station.actions.attendance import Attendance
from station.actions.permits import Deed, RolePermits
from station.actions.sign_in import SignIn
from station.dossier.people import Person
from station.errors import RuleError


class FourEyes:
    def __init__(self, attendance: Attendance, permits: RolePermits, sign_in: SignIn) -> None:
        self._attendance, self._permits, self._sign_in = attendance, permits, sign_in

    def asked(self, deed: Deed) -> bool:
        return self._permits.asks_two(deed)

    def seconds(self, deed: Deed) -> tuple[Person, ...]:
        """Who may vouch, beside who sits here."""
        return self._permits.seconds(deed)

    def vouch(self, deed: Deed, person_id: str, passphrase: str) -> str:
        """The second person proves who they are; their id then goes into the deed, once.

        `RuleError`: `people.second_not_allowed`, `people.second_not_own` for a passphrase that was given out (whoever
        gave it knows it, too), or what `SignIn.prove` raises.
        """
        if person_id not in {one.id for one in self._permits.seconds(deed)}:
            raise RuleError("people.second_not_allowed")
        person = self._sign_in.prove(person_id, passphrase)
        if self._sign_in.must_choose(person):
            raise RuleError("people.second_not_own")
        self._attendance.vouch(person.id, deed.value)
        return person.id
