"""`station audit export|head`: the audit trail as a file for auditors, and its head as a closing sheet shows it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from station.commands.folder import add_data, folder
from station.errors import InputError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    audit = commands.add_parser("audit", help="the audit trail: who saw, changed, printed, exported or deleted what")
    deeds = audit.add_subparsers(metavar="COMMAND", required=True)
    exporting = deeds.add_parser("export", help="write the trail to a new file; `station verify FILE` checks it")
    exporting.add_argument("file", type=Path, metavar="FILE")
    exporting.add_argument(
        "--second", required=True, metavar="ID", help="who confirms; their passphrase is asked for after that of --by"
    )
    exporting.set_defaults(command=_export)
    heading = deeds.add_parser("head", help="the signed head: to be kept elsewhere than on this machine")
    heading.set_defaults(command=_head)
    for word in (exporting, heading):
        add_data(word)
        word.add_argument("--by", required=True, metavar="ID", help="who asks; the passphrase is asked for")


def _export(told: argparse.Namespace) -> int:
    from station.actions.permits import Deed
    from station.commands.passphrase import ask
    from station.commands.signed_in import signed_in
    from station.store import durable

    if told.file.exists():
        raise InputError("trail.file_exists", file=told.file.name)
    with signed_in(folder(told), told.by) as (_, trust):
        typed = ask(f"Mật khẩu của người thứ hai / Passphrase of the second person ({told.second})")
        second = trust.four_eyes.vouch(Deed.EXPORT, told.second, typed)
        head = trust.trail.export(told.by, lambda content: durable.write(told.file, content), second)
    sys.stdout.write(f"{head.short}\n")
    return 0


def _head(told: argparse.Namespace) -> int:
    from station.commands.signed_in import signed_in

    with signed_in(folder(told), told.by) as (store, _):
        head = store.audit.checkpoint()
    sys.stdout.write(f"{head.short}\n{head.text}\n")
    return 0
