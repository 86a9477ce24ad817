"""`people-add`, `people-import`, `people-remove`, `people-list`, `four-eyes`: who may work at which station."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import SetupError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.settings import Settings
from provincial_hub.stations import people


def add(words: Words) -> None:
    """Give the parser these words."""
    adding = words("people-add", _add, "Name somebody, or give them a new first passphrase; prints it once.")
    adding.add_argument("--id", required=True, metavar="ID", help="small letters, digits, . _ -; stands in the trail")
    adding.add_argument("--name", required=True, metavar="NAME")
    adding.add_argument("--role", required=True, action="append", choices=people.ROLES, help="may be repeated")
    adding.add_argument(
        "--station", required=True, action="append", metavar="NAME", help=f"may be repeated; {people.EVERYWHERE}: all"
    )
    adding.add_argument("--until", metavar="TIME", help="their last moment: 2027-01-01T00:00:00+07:00")
    importing = words("people-import", _import, "Name everybody whom a TOML file names, as it describes them.")
    importing.add_argument("--file", type=Path, required=True, metavar="FILE")
    removing = words("people-remove", _remove, "Take somebody off every roster.")
    removing.add_argument("--id", required=True, metavar="ID")
    words("people-list", _list, "Who may work where.")
    seconding = words("four-eyes", _four_eyes, "Show or set the deeds that want a second person at every station.")
    seconding.add_argument("--set", dest="deeds", metavar="DEEDS", help=f"of {','.join(people.FOUR_EYES)}; '' for none")


def _add(settings: Settings, told: argparse.Namespace) -> int:
    until = _time(told.until) if told.until else None

    async def adding(ledger: Ledger) -> str:
        known = people.People(ledger, vietnam_time)
        return await known.add(told.id, told.name, told.role, told.station, until)

    say({"id": told.id, "first_passphrase": with_ledger(settings, adding)})
    return 0


def _import(settings: Settings, told: argparse.Namespace) -> int:
    named, four_eyes = people.read_file(told.file)

    async def put(ledger: Ledger) -> None:
        await people.People(ledger, vietnam_time).put(named, four_eyes or None)

    with_ledger(settings, put)
    say({"named": [person["id"] for person in named]})
    return 0


def _remove(settings: Settings, told: argparse.Namespace) -> int:
    async def remove(ledger: Ledger) -> None:
        await people.People(ledger, vietnam_time).remove(told.id)

    with_ledger(settings, remove)
    say({"removed": told.id})
    return 0


def _list(settings: Settings, _told: argparse.Namespace) -> int:
    async def every(ledger: Ledger) -> list[people.Person]:
        return await people.People(ledger, vietnam_time).every()

    for one in with_ledger(settings, every):
        say({name: one[name] for name in ("id", "name", "roles", "stations")})
    return 0


def _four_eyes(settings: Settings, told: argparse.Namespace) -> int:
    async def deeds(ledger: Ledger) -> Any:
        if told.deeds is not None:
            named = people.checked_four_eyes([one for one in told.deeds.split(",") if one])
            await people.People(ledger, vietnam_time).put((), named)
        async with ledger.transaction(PersonBooks) as books:
            return await people.four_eyes_of(books)

    say({"four_eyes": with_ledger(settings, deeds)})
    return 0


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise SetupError("--until wants a time with an offset: 2027-01-01T00:00:00+07:00") from error
