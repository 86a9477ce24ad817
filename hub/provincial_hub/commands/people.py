"""`people-add`, `people-remove`, `people-list`: who may work at which station."""

from __future__ import annotations

import argparse

from provincial_hub import toml_sections
from provincial_hub.commands.words import Words, say
from provincial_hub.keeping.durable import make_folder
from provincial_hub.settings import DataFolder
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
    removing = words("people-remove", _remove, "Take somebody off every roster.")
    removing.add_argument("--id", required=True, metavar="ID")
    words("people-list", _list, "Who may work where.")


def _add(data: DataFolder, told: argparse.Namespace) -> int:
    make_folder(data.root)
    passphrase = people.add(data.people, told.id, told.name, told.role, told.station)
    say({"id": told.id, "first_passphrase": passphrase})
    return 0


def _remove(data: DataFolder, told: argparse.Namespace) -> int:
    toml_sections.cut(data.people, told.id)
    say({"removed": told.id})
    return 0


def _list(data: DataFolder, _told: argparse.Namespace) -> int:
    known = people.load(data.people)
    for one in known.people:
        shown = {name: one[name] for name in ("id", "name", "roles")}
        say({**shown, "stations": sorted(known.stations[one["id"]])})
    return 0
