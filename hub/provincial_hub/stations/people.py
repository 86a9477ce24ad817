"""The people of all stations, in `people.toml`: who they are, what they may be, where they work."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from provincial_hub import toml_sections
from provincial_hub.errors import SetupError
from provincial_hub.settings import checked_name
from provincial_hub.stations.invitation_code import CROCKFORD

ROLES = ("officer", "supervisor", "it")
EVERYWHERE = "*"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_NOT_PEOPLE = {"citizen", "machine", "hub", "station"}
_FOUR_EYES = {"discard", "erase", "export", "change_people", "extend_roster"}
"""The deeds for which stations can ask for a second person (contract/v1/README.md)."""
_FIELDS = {"name", "roles", "stations", "verifier", "change_first", "valid_to", "credentials"}


@dataclass(frozen=True, slots=True)
class People:
    """What the file says, person by person as a roster will."""

    people: tuple[dict[str, Any], ...] = ()
    stations: dict[str, frozenset[str]] = field(default_factory=dict)
    four_eyes: tuple[str, ...] = ()

    def at(self, station: str) -> list[dict[str, Any]]:
        """Those who work at a station, by their ids."""
        return [one for one in self.people if self.stations[one["id"]] & {station, EVERYWHERE}]


def load(file: Path) -> People:
    """Read the file; raises `SetupError` naming the person and what is wrong."""
    told = toml_sections.read(file)
    four_eyes = told.pop("four_eyes", [])
    if not isinstance(four_eyes, list) or not all(isinstance(one, str) and one in _FOUR_EYES for one in four_eyes):
        raise SetupError(f"{file.name}: four_eyes is a list of {', '.join(sorted(_FOUR_EYES))}")
    people = [_person(file, name, section) for name, section in sorted(told.items())]
    return People(tuple(people), {name: frozenset(told[name]["stations"]) for name in told}, tuple(sorted(four_eyes)))


def add(file: Path, person_id: str, name: str, roles: Sequence[str], stations: Sequence[str]) -> str:
    """Write somebody down, or anew with a first passphrase, which is returned and seen only once.

    Until when they may sign in, and with which keys, stays as it was written.
    """
    passphrase = "-".join("".join(secrets.choice(CROCKFORD) for _ in range(4)) for _ in range(4)).lower()
    section: dict[str, toml_sections.Value] = {
        "name": name,
        "roles": list(roles),
        "stations": list(stations),
        "verifier": verifier_of(passphrase),
        "change_first": True,
    }
    load(file)
    before = toml_sections.read(file).get(person_id, {})
    section |= {kept: before[kept] for kept in ("valid_to", "credentials") if kept in before}
    _person(file, person_id, section)
    toml_sections.put(file, person_id, section)
    return passphrase


def verifier_of(passphrase: str) -> str:
    """Argon2id as RFC 9106 recommends where memory is scarce: 64 MiB, 3 passes, 4 lanes."""
    kdf = Argon2id(salt=os.urandom(16), length=32, iterations=3, lanes=4, memory_cost=64 << 10)
    return kdf.derive_phc_encoded(unicodedata.normalize("NFC", passphrase).encode("utf-8"))


def _person(file: Path, person_id: str, section: Any) -> dict[str, Any]:
    def wrong(what: str) -> SetupError:
        return SetupError(f'{file.name}: ["{person_id}"] {what}')

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
    person: dict[str, Any] = {"id": person_id, "name": name, "roles": sorted(set(roles))}
    for optional in ("verifier", "change_first", "credentials"):
        if optional in section:
            person[optional] = section[optional]
    until = section.get("valid_to")
    if until is not None:
        if not isinstance(until, datetime) or until.tzinfo is None:
            raise wrong("wants valid_to as a time with an offset: 2027-01-01T00:00:00+07:00")
        person["valid_to"] = until.isoformat()
    return person
