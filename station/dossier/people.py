"""Who may work at a station: people with their roles, in a roster that somebody signed and that expires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.errors import RuleError

CITIZEN, MACHINE, HUB, STATION = "citizen", "machine", "hub", "station"
NOT_PEOPLE = frozenset({CITIZEN, MACHINE, HUB, STATION})
"""Who stands in the trail without a seat at the counter; no person may be called so."""


class Role(StrEnum):
    """What somebody is here for. One person may have several."""

    OFFICER = "officer"  # cán bộ tiếp nhận: serves citizens
    SUPERVISOR = "supervisor"  # lãnh đạo bộ phận: answers for the counter, is the second pair of eyes
    IT = "it"  # cán bộ công nghệ thông tin: keys, backups, the machine; no dossiers


@dataclass(frozen=True, slots=True)
class Credential:
    """The public half of a FIDO2 key that somebody carries."""

    id: bytes
    public_key: bytes
    """COSE, in CBOR."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the roster."""

    id: str
    name: str
    roles: frozenset[Role]
    verifier: str = ""
    """Argon2id of the passphrase, as a PHC string; empty: only the key slot of this person can tell."""
    change_first: bool = False
    """The passphrase was given out by the province: a new one is chosen at the first sign-in."""
    valid_to: datetime | None = None
    credentials: tuple[Credential, ...] = ()

    def has(self, *roles: Role) -> bool:
        """Whether any of these is a role of theirs."""
        return not self.roles.isdisjoint(roles)

    def is_valid(self, at: datetime) -> bool:
        return self.valid_to is None or at < self.valid_to


WARN_DAYS = 14
"""How long before its end people are told: time enough for a trip with a USB stick."""


@dataclass(frozen=True, slots=True)
class RosterState:
    """How long a roster holds."""

    expires_at: datetime | None
    expired: bool
    days_left: int | None

    @property
    def warn(self) -> bool:
        return self.days_left is not None and self.days_left <= WARN_DAYS


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of one station. `version` only grows: an older roster is refused."""

    station: str
    version: int
    issued_at: datetime
    expires_at: datetime | None
    people: tuple[Person, ...]
    key_id: str = ""
    """Whose signature it carries."""
    four_eyes: frozenset[str] = frozenset()
    """Deeds (`Deed`) for which this station asks for a second person, beside those that always do."""

    def find(self, person_id: str) -> Person | None:
        return next((one for one in self.people if one.id == person_id), None)

    def person(self, person_id: str) -> Person:
        """Raises `RuleError("people.unknown")`."""
        found = self.find(person_id)
        if found is None:
            raise RuleError("people.unknown")
        return found

    def with_role(self, *roles: Role) -> tuple[Person, ...]:
        return tuple(one for one in self.people if one.has(*roles))

    def has_expired(self, at: datetime) -> bool:
        """A station that stands alone has a roster without an end: nobody could send it another."""
        return self.expires_at is not None and at >= self.expires_at

    def state(self, at: datetime) -> RosterState:
        """How long it holds, as people are told."""
        return RosterState(self.expires_at, self.has_expired(at), self.days_left(at))

    def days_left(self, at: datetime) -> int | None:
        """Whole days until it expires; None: never."""
        return None if self.expires_at is None else max(0, (self.expires_at - at).days)
