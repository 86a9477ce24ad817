"""The people of all stations: who they are, what they may be, where they work."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from provincial_hub.errors import SetupError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.stations.invitation_code import CROCKFORD
from provincial_hub.stations.registry import checked_name

ROLES = ("officer", "supervisor", "it")
EVERYWHERE = "*"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_NOT_PEOPLE = {"citizen", "machine", "hub", "station"}
FOUR_EYES = ("change_people", "discard", "erase", "export", "extend_roster")
"""The deeds for which stations can ask for a second person (contract/v1/enrolment.md)."""
_FOUR_EYES_OF = "four_eyes"
_FIELDS = {"name", "roles", "stations", "verifier", "change_first", "valid_to", "credentials"}

Person = dict[str, Any]
"""As it stands in a roster, and `stations` beside it."""


class People:
    """Everybody, in the database: a change on one node counts on all."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now

    async def every(self) -> list[Person]:
        async with self._ledger.transaction(PersonBooks) as books:
            return await books.every()

    async def add(
        self, person_id: str, name: str, roles: Sequence[str], stations: Sequence[str], until: datetime | None = None
    ) -> str:
        """Write somebody down, or anew with a first passphrase, which is returned and seen only once.

        Until when they may sign in, and with which keys, stays as it was written.
        """
        passphrase = "-".join("".join(secrets.choice(CROCKFORD) for _ in range(4)) for _ in range(4)).lower()
        section = {"name": name, "roles": list(roles), "stations": list(stations)}
        person = checked(person_id, section | ({"valid_to": until} if until else {}))
        person |= {"verifier": verifier_of(passphrase), "change_first": True}
        async with self._ledger.transaction(PersonBooks) as books:
            before = await books.named(person_id) or {}
            kept = {field: before[field] for field in ("valid_to", "credentials") if field in before}
            await books.put(kept | person, self._now().isoformat())
        return passphrase

    async def put(self, people: Iterable[Person], four_eyes: Sequence[str] | None = None) -> None:
        """Write people down as they are, each in the place of the one of the same id."""
        at = self._now().isoformat()
        async with self._ledger.transaction(PersonBooks) as books:
            for person in people:
                await books.put(person, at)
            if four_eyes is not None:
                await books.decide(_FOUR_EYES_OF, sorted(four_eyes), at)

    async def remove(self, person_id: str) -> None:
        async with self._ledger.transaction(PersonBooks) as books:
            if not await books.remove(person_id):
                raise SetupError(f"nobody is named {person_id}")


def at_station(people: Iterable[Person], station: str) -> list[Person]:
    """Those who work there, as a roster names them."""
    here = [person for person in people if {station, EVERYWHERE} & set(person["stations"])]
    return [{name: value for name, value in person.items() if name != "stations"} for person in here]


async def four_eyes_of(books: PersonBooks) -> list[str]:
    """The deeds that want a second person at every station, beside those that always do."""
    return await books.decided(_FOUR_EYES_OF) or []


def checked_four_eyes(deeds: Any) -> list[str]:
    if not isinstance(deeds, list) or not all(one in FOUR_EYES for one in deeds):
        raise SetupError(f"{_FOUR_EYES_OF} is a list of {', '.join(FOUR_EYES)}")
    return deeds


def read_file(file: Path) -> tuple[list[Person], list[str]]:
    """The people of a TOML file, a table for each, and its `four_eyes`; raises `SetupError` naming what is wrong."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{file.name}: {error}") from error
    except OSError as error:
        raise SetupError(f"{file} cannot be read: {error.strerror}") from error
    four_eyes = checked_four_eyes(told.pop(_FOUR_EYES_OF, []))
    return [checked(name, section) for name, section in sorted(told.items())], four_eyes


def verifier_of(passphrase: str) -> str:
    """Argon2id as RFC 9106 recommends where memory is scarce: 64 MiB, 3 passes, 4 lanes."""
    kdf = Argon2id(salt=os.urandom(16), length=32, iterations=3, lanes=4, memory_cost=64 << 10)
    return kdf.derive_phc_encoded(unicodedata.normalize("NFC", passphrase).encode("utf-8"))


def checked(person_id: str, section: Any) -> Person:
    """The person that a table of the file, or a command, describes; raises `SetupError`."""

    def wrong(what: str) -> SetupError:
        return SetupError(f'person "{person_id}" {what}')

    if not _ID.fullmatch(person_id) or person_id in _NOT_PEOPLE:
        raise wrong("cannot name a person: small letters, digits, . _ - and at most 64 of them")
    if not isinstance(section, dict) or not set(section) <= _FIELDS:
        raise wrong(f"wants only {', '.join(sorted(_FIELDS))}")
    name, roles, stations = section.get("name"), section.get("roles"), section.get("stations")
    if not (isinstance(name, str) and name.isprintable() and 0 < len(name) <= 100):
        raise wrong("wants a name")
    if not (isinstance(roles, list) and roles and set(roles) <= set(ROLES)):
        raise wrong(f"wants roles: some of {', '.join(ROLES)}")
    if not (isinstance(stations, list) and stations and all(isinstance(one, str) for one in stations)):
        raise wrong(f'wants stations: their names, or ["{EVERYWHERE}"]')
    for station in set(stations) - {EVERYWHERE}:
        checked_name(station)
    person: Person = {"id": person_id, "name": name, "roles": sorted(set(roles)), "stations": sorted(set(stations))}
    for optional in ("verifier", "change_first", "credentials"):
        if optional in section:
            person[optional] = section[optional]
    until = section.get("valid_to")
    if until is not None:
        if not isinstance(until, datetime) or until.tzinfo is None:
            raise wrong("wants valid_to as a time with an offset: 2027-01-01T00:00:00+07:00")
        person["valid_to"] = until.isoformat()
    return person
