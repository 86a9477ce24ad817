"""`station restore`: brings a station back from a backup, into an empty folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.folder import add_data, folder
from station.errors import InputError, StoreError
from station.language import Language

if TYPE_CHECKING:
    from station.store.backup.restore import Opener


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    restoring = commands.add_parser("restore", help="bring a station back from a backup, into an empty folder")
    restoring.add_argument("backup", type=Path, metavar="BACKUP", help="the backup folder")
    add_data(restoring, "the empty folder, instead of this user's own")
    restoring.add_argument("--generation", type=int, metavar="N", help="an older one, instead of the newest")
    restoring.add_argument("--identity", type=Path, metavar="FILE", help="the province's recovery key (age-keygen)")
    restoring.add_argument(
        "--signed-by", type=Path, metavar="KEYS", help="refuse what these public keys have not signed (docs/for-it.md)"
    )
    restoring.set_defaults(command=_restore)


def _restore(told: argparse.Namespace) -> int:
    from station.clock import SystemClock
    from station.store.backup.restore import restore

    say, data = Language.load(), folder(told)
    restored = restore(
        told.backup,
        data,
        _opener(told),
        SystemClock().now,
        generation=told.generation,
        public_keys=_trusted(told.signed_by),
    )
    made = restored.manifest
    told_at = f"{made.at:%d/%m/%Y %H:%M}"
    sys.stdout.write(
        say("restore.done", generation=made.generation, at=told_at, station=made.station, key=made.key_id) + "\n"
    )
    for fault in restored.faults:
        sys.stdout.write(f"{fault.file}: {say(f'error.{fault.code}.say')}\n")
    if restored.findings:
        sys.stdout.write(say("restore.lacks", count=len(restored.findings)) + "\n")
    sys.stdout.write(say("restore.next") + "\n")
    return 1 if restored.findings else 0


def _trusted(file: Path | None) -> Sequence[bytes]:
    from station.commands.backup import public_keys

    if file is not None and not file.is_file():
        raise InputError("code.no_key_file", file=file.name)
    return public_keys(file) if file is not None else ()


def _opener(told: argparse.Namespace) -> Opener:
    from station.commands.passphrase import ask_passphrase
    from station.store.backup.restore import ByIdentity, ByPassphrase, asks_for_identity

    if told.identity is not None:
        try:
            return ByIdentity(told.identity.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError("backup.bad_identity") from error
    if asks_for_identity(told.backup, told.generation):
        raise StoreError("backup.for_province")
    return ByPassphrase(ask_passphrase())
