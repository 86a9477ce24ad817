"""`station backup`: makes a generation of backup, also while the counter is open, or reads one again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from station.commands.folder import add_data, folder
from station.errors import StoreError
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    backing_up = commands.add_parser("backup", help="make a backup, also while the counter is open; or check one")
    backing_up.add_argument("target", nargs="?", metavar="DIR", help="instead of backup_folder in settings.toml")
    add_data(backing_up)
    backing_up.add_argument("--new-disk", action="store_true", help="begin backups in a folder that holds none yet")
    backing_up.add_argument("--check", action="store_true", help="read the backups there again, byte for byte")
    backing_up.add_argument("--generation", type=int, metavar="N", help="check only this one")
    backing_up.set_defaults(command=_back_up)


def _back_up(told: argparse.Namespace) -> int:
    data = folder(told)
    target = told.target or Settings.load(data.settings).backup_folder
    if not target:
        raise StoreError("backup.not_set_up")
    place = Path(target).expanduser().absolute()
    return _check(data, place, told.generation) if told.check else _make(data, place, new_disk=told.new_disk)


def _make(data: DataFolder, target: Path, *, new_disk: bool) -> int:
    from station.store.backup.asking import ask
    from station.store.lock import FolderLock

    if not data.database.exists():
        raise StoreError("store.database_missing")
    if not target.is_dir():
        raise StoreError("backup.no_folder")
    if FolderLock.is_held(data.root):
        made = ask(data, str(target), new_disk=new_disk)
        _tell(made.generation, target, made.generations, made.copied)
    else:
        _make_alone(data, target, new_disk=new_disk)
    return 0


def _make_alone(data: DataFolder, target: Path, *, new_disk: bool) -> None:
    from station.commands.passphrase import opened_keys
    from station.joins.trust import as_enrolled
    from station.store.backup.back_up import Terms
    from station.store.backup.record import Record
    from station.store.keys.signing import ReceiptSigner
    from station.store.store import Store

    settings = Settings.load(data.settings)
    with Store.open(data, opened_keys(data)) as store:
        station = as_enrolled(settings, store.people.kept()).station
        terms = Terms(settings.backup_keep, new_disk)
        report = store.back_up(target, terms, signer=ReceiptSigner(store.secrets, station))
    made = report.manifest
    if settings.backup_folder == str(target):
        Record(str(target), made.at, made.generation, report.generations).write(data.backup_record)
    _tell(made.generation, target, report.generations, report.copied)


def _tell(generation: int, target: Path, generations: int, copied: int) -> None:
    say = Language.load()
    sys.stdout.write(
        say("backup.made", generation=generation, folder=str(target), generations=generations, pages=copied) + "\n"
    )


def _check(data: DataFolder, target: Path, generation: int | None) -> int:
    from station.store.backup.check import check, newest
    from station.store.backup.layout import BackupFolder

    say, backups = Language.load(), BackupFolder(target)
    newest(backups)
    known, faulty = public_keys(data.receipt_keys), 0
    for number in [generation] if generation is not None else backups.finished():
        try:
            manifest = backups.manifest(number)
            faults = check(backups, number, known)
        except StoreError as error:
            faulty += 1
            sys.stdout.write(f"{number:06d}  {say.error(error).sentence}\n")
            continue
        state = say("backup.faulty", count=len(faults)) if faults else say("backup.whole")
        sys.stdout.write(f"{number:06d}  {manifest.station}  {manifest.at:%d/%m/%Y %H:%M}  {state}\n")
        for fault in faults:
            sentence = say(f"error.{fault.code}.say", generation=number, file=fault.file)
            sys.stdout.write(f"        {fault.file}: {sentence}\n")
        faulty += bool(faults)
    return 1 if faulty else 0


def public_keys(file: Path) -> Sequence[bytes]:
    """Those by which a station's backups are known; none where the file is not there."""
    from station.dossier.receipt_keys import trusted_keys

    return list(trusted_keys(file.read_text("utf-8")).values()) if file.exists() else []
