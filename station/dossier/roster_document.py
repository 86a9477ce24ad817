"""A roster as contract/v1 writes it (`roster.schema.json`), read strictly and written back."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Any, NoReturn

from station.dossier.people import NOT_PEOPLE, Credential, Person, Role, Roster
from station.errors import InputError

KIND = "roster"
MOST_PEOPLE = 200
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_VERIFIER = re.compile(
    r"\$argon2id\$v=19\$m=(?P<memory>\d{1,7}),t=(?P<time>\d{1,3}),p=(?P<lanes>\d{1,2})"
    r"\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86}"
)
_MOST_MEMORY, _MOST_TIME, _MOST_LANES = 1 << 20, 16, 16
"""KiB, rounds, lanes: a roster must not make a sign-in take all memory or all day."""


def roster_of(document: dict[str, Any]) -> Roster:
    """Read what a roster says; its signature is checked elsewhere. Raises `InputError("roster.malformed")`."""
    people = _list(document, "people")
    if not 1 <= len(people) <= MOST_PEOPLE:
        _malformed("people")
    read = tuple(_person(one, f"people[{place}]") for place, one in enumerate(people))
    if len({one.id for one in read}) != len(read):
        _malformed("people: id")
    version = document.get("version")
    if type(version) is not int or version < 1:
        _malformed("version")
    return Roster(
        station=_text(document, "station", ""),
        version=version,
        issued_at=_time(document, "issued_at"),
        expires_at=_time(document, "expires_at") if document.get("expires_at") is not None else None,
        people=read,
        key_id=_text(document, "key_id", ""),
        four_eyes=frozenset(str(one) for one in document.get("four_eyes") or ()),
    )


def members_of(roster: Roster) -> dict[str, Any]:
    """What is signed of a roster, without whose key it is."""
    return {
        "kind": KIND,
        "station": roster.station,
        "version": roster.version,
        "issued_at": roster.issued_at.isoformat(),
        "expires_at": roster.expires_at.isoformat() if roster.expires_at else None,
        "people": [_written(one) for one in roster.people],
        "four_eyes": sorted(roster.four_eyes),
    }


def _written(person: Person) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": person.id,
        "name": person.name,
        "roles": sorted(role.value for role in person.roles),
    }
    if person.verifier:
        written["verifier"] = person.verifier
    if person.change_first:
        written["change_first"] = True
    if person.valid_to:
        written["valid_to"] = person.valid_to.isoformat()
    if person.credentials:
        written["credentials"] = [
            {"id": _base64(one.id), "public_key": _base64(one.public_key)} for one in person.credentials
        ]
    return written


def is_person_id(text: str) -> bool:
    """Whether somebody may be called so."""
    return bool(_ID.fullmatch(text)) and text not in NOT_PEOPLE


def _person(told: object, place: str) -> Person:
    if not isinstance(told, dict):
        _malformed(place)
    person_id, verifier = _text(told, "id", place), told.get("verifier", "")
    if not is_person_id(person_id):
        _malformed(f"{place}: id")
    if verifier and not _is_verifier(verifier):
        _malformed(f"{place}: verifier")
    try:
        roles = frozenset(Role(one) for one in _list(told, "roles"))
    except ValueError as error:
        raise InputError("roster.malformed", place=f"{place}: roles") from error
    if not roles:
        _malformed(f"{place}: roles")
    return Person(
        id=person_id,
        name=_text(told, "name", place),
        roles=roles,
        verifier=verifier,
        change_first=told.get("change_first") is True,
        valid_to=_time(told, "valid_to") if told.get("valid_to") is not None else None,
        credentials=tuple(_credential(one, f"{place}: credentials") for one in told.get("credentials") or ()),
    )


def _is_verifier(text: object) -> bool:
    found = _VERIFIER.fullmatch(text) if isinstance(text, str) else None
    return (
        found is not None
        and 8 <= int(found["memory"]) <= _MOST_MEMORY
        and 1 <= int(found["time"]) <= _MOST_TIME
        and 1 <= int(found["lanes"]) <= _MOST_LANES
    )


def _credential(told: object, place: str) -> Credential:
    if not isinstance(told, dict):
        _malformed(place)
    try:
        return Credential(
            base64.b64decode(told["id"], validate=True), base64.b64decode(told["public_key"], validate=True)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("roster.malformed", place=place) from error


def _text(table: dict[str, Any], name: str, place: str) -> str:
    value = table.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= 200:
        _malformed(f"{place}: {name}" if place else name)
    return value


def _list(table: dict[str, Any], name: str) -> list[Any]:
    value = table.get(name)
    if not isinstance(value, list):
        _malformed(name)
    return value


def _time(table: dict[str, Any], name: str) -> datetime:
    try:
        told = datetime.fromisoformat(table[name])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError("roster.malformed", place=name) from error
    if told.tzinfo is None:
        _malformed(name)
    return told


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _malformed(place: str) -> NoReturn:
    raise InputError("roster.malformed", place=place)
