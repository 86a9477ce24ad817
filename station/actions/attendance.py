"""Who sits at this counter now, by which roster; and who has just vouched for a deed as the second person."""

from __future__ import annotations

import threading
from collections.abc import Callable

from station.dossier.people import Person, Roster
from station.errors import RuleError


class Attendance:
    """Written by `SignIn` alone; read by the deeds from every thread."""

    def __init__(self, roster: Roster | None = None, person: Person | None = None) -> None:
        self._roster, self._person = roster, person
        self._restricted = False
        self._vouched: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    @property
    def roster(self) -> Roster:
        """Raises `RuleError("people.not_enrolled")` before the station has one."""
        if self._roster is None:
            raise RuleError("people.not_enrolled")
        return self._roster

    @property
    def enrolled(self) -> bool:
        return self._roster is not None

    @property
    def person(self) -> Person | None:
        """Who is signed in; None: nobody."""
        return self._person

    @property
    def officer(self) -> str:
        """The id of who is signed in; empty: nobody."""
        return self._person.id if self._person else ""

    @property
    def officer_name(self) -> str:
        """The name of who is signed in, as it is printed."""
        return self._person.name if self._person else ""

    def name_of(self, person_id: str) -> str:
        """As the roster calls them; of somebody who has left it, only the id is known."""
        person = self._roster.find(person_id) if self._roster else None
        return person.name if person else person_id

    @property
    def restricted(self) -> bool:
        """Whether who sits here signed in by a roster that had expired: to bring another, and for nothing else."""
        return self._restricted

    def on_enrolled(self, listener: Callable[[], None]) -> None:
        """Call this, from whatever thread, when another list counts."""
        self._listeners.append(listener)

    def enrol(self, roster: Roster) -> None:
        """From now on this roster counts; who sits here keeps the seat if the roster still names them."""
        with self._lock:
            self._roster = roster
            self._person = roster.find(self._person.id) if self._person else None
        for tell in self._listeners:
            tell()

    def sit(self, person: Person | None, *, restricted: bool = False) -> None:
        """This person works here from now on; None: nobody. What was vouched for before does not count any more."""
        with self._lock:
            self._person, self._restricted = person, restricted
            self._vouched.clear()

    def vouch(self, person_id: str, deed: str) -> None:
        """This person has just proved who they are, for one deed."""
        with self._lock:
            self._vouched.add((person_id, deed))

    def take_vouched(self, person_id: str, deed: str) -> bool:
        """Whether they have; it counts once."""
        with self._lock:
            if (person_id, deed) not in self._vouched:
                return False
            self._vouched.remove((person_id, deed))
            return True
