"""`station doctor`: is everything there and whole? What is affected, what to do, and with `--repair`, doing it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from station import paths, program_files
from station.commands.folder import add_data, folder
from station.dossier.health import Repairs, Symptom, Trouble
from station.errors import StationError, StoreError
from station.language import Language
from station.paths import DataFolder
from station.ui.health_words import complaints, ordered, verdict


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    doctor = commands.add_parser(
        "doctor", help="is everything there and whole; what to do if not (while the counter is closed)"
    )
    add_data(doctor)
    doctor.add_argument("--json", action="store_true", help="for programs")
    doctor.add_argument("--repair", action="store_true", help="put right what can be without losing anything")
    doctor.add_argument("--by", dest="person", metavar="ID", default="", help="who repairs (asks for the passphrase)")
    doctor.add_argument("--from", dest="source", type=Path, metavar="BACKUP", help="take damaged pages from here")
    doctor.add_argument(
        "--cut-log", action="store_true", help="give up what was written last and is damaged; copies are kept aside"
    )
    doctor.set_defaults(command=_doctor, refuse=doctor.error)


def _doctor(told: argparse.Namespace) -> int:
    if told.repair and not told.person:
        told.refuse("--repair --by ID")
    place = folder(told)
    if not place.root.is_dir():
        raise StoreError("keys.missing")
    if told.cut_log:
        _cut_log(place)
    beside = [*_of_program(), *_of_settings(place)]
    language = _language(place)
    if told.repair:
        done, found = _repaired(place, told.person, told.source)
        found = [*beside, *found]
    else:
        done, found = None, [*beside, *_examined(place)]
    sys.stdout.write(_as_json(place, found, done, language) if told.json else _as_text(place, found, done, language))
    return 1 if any(symptom.serious for symptom in found) else 0


def _repaired(place: DataFolder, person: str, source: Path | None) -> tuple[Repairs, list[Symptom]]:
    from station.actions.permits import Deed
    from station.commands.signed_in import signed_in

    with signed_in(place, person) as (store, trust):
        trust.permits.require(Deed.REPAIR_STORE, person)
        done = store.repair(person, source)
        return done, store.examine()


def _examined(place: DataFolder) -> list[Symptom]:
    """Under the lock, so that nobody writes meanwhile; raises `store.in_use` where the counter is open."""
    from station.commands.passphrase import opened_keys
    from station.store.health import examination
    from station.store.lock import FolderLock

    lock = FolderLock.take(place.root)
    try:
        try:
            keys = opened_keys(place)
        except StoreError as error:
            if error.code not in ("keys.damaged", "keys.missing"):
                raise
            temporary = [Symptom(Trouble.TEMPORARY, file.name) for file in examination.temporary_files(place)]
            return [Symptom(Trouble.KEYS, error.code), *temporary]
        return examination.of_folder(place, keys)
    finally:
        lock.release()


def _cut_log(place: DataFolder) -> None:
    """No sign-in: a station with a damaged log opens for nobody, and whoever can write its files could do the same."""
    from station.store.health import write_ahead_log
    from station.store.health.repairing import QUARANTINE
    from station.store.lock import FolderLock

    lock = FolderLock.take(place.root)
    try:
        write_ahead_log.cut(place.database, place.root / QUARANTINE)
    finally:
        lock.release()


def _of_program() -> Iterator[Symptom]:
    for file in program_files.damaged(paths.resources()):
        yield Symptom(Trouble.PROGRAM, file)


def _of_settings(place: DataFolder) -> Iterator[Symptom]:
    from station.settings import Settings

    try:
        Settings.load(place.settings)
    except StationError as error:
        yield Symptom(Trouble.SETTINGS, str(error))


def _language(place: DataFolder) -> Language:
    from station.settings import Settings

    try:
        return Language.load(Settings.load(place.settings).language)
    except StationError:
        return Language.load()


def _as_text(place: DataFolder, found: Sequence[Symptom], done: Repairs | None, say: Language) -> str:
    lines = [say("doctor.looked_at", folder=place.root)]
    for one in complaints(found, say):
        lines.append(f"{'✗' if one.serious else '·'} {one.said}")
        lines += [f"    {line}" for line in (*one.where, one.remedy)]
    if done is not None:
        lines.append(say("doctor.repaired", **asdict(done)))
    lines.append(verdict(found, say))
    return "\n".join(lines) + "\n"


def _as_json(place: DataFolder, found: Sequence[Symptom], done: Repairs | None, say: Language) -> str:
    told = {
        "folder": str(place.root),
        "whole": not any(symptom.serious for symptom in found),
        "found": [
            {
                "trouble": symptom.trouble.value,
                "serious": symptom.serious,
                "place": symptom.place,
                "dossiers": list(symptom.dossiers),
                "say": say(f"doctor.trouble.{symptom.trouble.value}.say"),
                "do": say(f"doctor.trouble.{symptom.trouble.value}.do"),
            }
            for symptom in ordered(found)
        ],
        **({"repaired": asdict(done)} if done is not None else {}),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
