"""`station enrol FILE`: make this machine a station by a signed file, without a screen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.folder import add_data, folder
from station.errors import InputError, RuleError
from station.language import Language

if TYPE_CHECKING:
    from station.joins.first_start import Begun, FirstStart

MOST_BYTES = 8 << 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    word = commands.add_parser("enrol", help="make this machine a station by an enrolment file of the province")
    add_data(word, "the station's folder")
    word.add_argument("file", type=Path, help="the file, as from USB; its code is asked for")
    word.add_argument("--person", required=True, metavar="ID", help="your sign-in name, as the province's list has it")
    word.set_defaults(command=_enrol)


def _enrol(told: argparse.Namespace) -> int:
    from station.commands.passphrase import ask
    from station.joins.first_start import FirstStart
    from station.settings import Settings

    place = folder(told)
    settings = Settings.load(place.settings)
    say = Language.load(settings.language)
    try:
        with told.file.open("rb") as opened:
            content = opened.read(MOST_BYTES)
    except OSError as error:
        raise InputError("file.missing", file=told.file.name) from error
    code = ask(say("people.first.code"))
    passphrase = ask(say("people.first.passphrase"))
    first = FirstStart(place, settings)
    try:
        begun = _begin(first, content, code, told.person, passphrase, say)
    finally:
        first.abandon()
    sys.stdout.write(f"{say('people.first.done', id=begun.person_id)}\n")
    return 0


def _begin(first: FirstStart, content: bytes, code: str, person: str, passphrase: str, say: Language) -> Begun:
    from station.commands.passphrase import ask

    try:
        return first.by_file(content, code, person, passphrase, "")
    except RuleError as error:
        if error.code != "people.change_first":
            raise
        return first.by_file(content, code, person, passphrase, ask(say("people.first.new")))
