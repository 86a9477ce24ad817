"""`station keys`: what opens the store, changing it, and the province's way back in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from station.commands.folder import add_data, folder
from station.dossier.key_slot import KEYRING, PASSPHRASE, RECOVERY, TPM, KeySlot
from station.errors import InputError, StoreError
from station.language import Language


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    keys = commands.add_parser("keys", help="what opens the store: passphrases, this login, TPM, recovery key")
    deeds = keys.add_subparsers(metavar="COMMAND", required=True)
    listing = _deed(deeds, "list", "every slot; nothing is opened for it", by=False)
    listing.set_defaults(command=_list)
    recovering = _deed(deeds, "add-recovery", "let the province's private key open the store, too")
    recovering.add_argument("recipient", metavar="AGE1…", help="its public half")
    recovering.set_defaults(command=_add, kind=RECOVERY)
    for word, kind, meaning in (
        ("login", KEYRING, "let this user's login to the operating system open the store"),
        ("tpm", TPM, "let this machine, started as it is now, open the store by itself"),
    ):
        _deed(deeds, word, meaning).set_defaults(command=_add, kind=kind, recipient="")
    removing = _deed(deeds, "remove", "take a slot away; `rotate` then shuts out copies of it")
    removing.add_argument("kind", choices=(PASSPHRASE, KEYRING, TPM, RECOVERY))
    removing.add_argument("whose", nargs="?", default="", metavar="WHOSE", help="as `list` shows it")
    removing.set_defaults(command=_remove)
    changing = _deed(deeds, "passphrase", "choose another passphrase of one's own")
    changing.set_defaults(command=_change_passphrase)
    rotating = _deed(deeds, "rotate", "put the database under a new data key")
    rotating.set_defaults(command=_rotate)
    resigning = _deed(deeds, "rotate-hub", "be known to the hub by a new key and a new token, once it knows them")
    resigning.set_defaults(command=_change_access)
    back = _deed(deeds, "recover", "open with the province's private key; give somebody a new passphrase", by=False)
    back.add_argument("--identity", type=Path, required=True, metavar="FILE", help="the private key, as age wrote it")
    back.add_argument("--officer", required=True, metavar="PERSON", help="who gets the new passphrase")
    back.set_defaults(command=_recover)


def _deed(
    deeds: argparse._SubParsersAction[argparse.ArgumentParser], word: str, meaning: str, *, by: bool = True
) -> argparse.ArgumentParser:
    deed = deeds.add_parser(word, help=meaning)
    add_data(deed)
    if by:
        deed.add_argument("--by", required=True, metavar="PERSON", help="who signs in for it")
    return deed


def _list(told: argparse.Namespace) -> int:
    from station.store.keys import KeyRing

    for slot in KeyRing.slots(folder(told).keys):
        sys.stdout.write(f"{slot.kind}\t{slot.whose}\n")
    return 0


def _add(told: argparse.Namespace) -> int:
    from station.commands.signed_in import signed_in

    with signed_in(folder(told), told.by) as (_, trust):
        if told.kind == RECOVERY:
            trust.keys.add_recovery(told.by, told.recipient)
        elif told.kind == KEYRING:
            trust.keys.use_login(told.by)
        else:
            trust.keys.use_tpm(told.by)
    return 0


def _remove(told: argparse.Namespace) -> int:
    from station.commands.signed_in import signed_in

    with signed_in(folder(told), told.by) as (_, trust):
        trust.keys.remove(told.by, KeySlot(told.kind, told.whose, None))
    return 0


def _change_passphrase(told: argparse.Namespace) -> int:
    from station.commands.passphrase import ask, ask_new_passphrase
    from station.commands.signed_in import signed_in

    old = ask()
    with signed_in(folder(told), told.by, old) as (_, trust):
        trust.sign_in.change_passphrase(told.by, old, ask_new_passphrase())
    return 0


def _rotate(told: argparse.Namespace) -> int:
    from station.commands.passphrase import ask
    from station.commands.signed_in import signed_in
    from station.store.keys import KeyRing
    from station.store.keys import database_rotation as rotation

    place, passphrase = folder(told), ask()
    with signed_in(place, told.by, passphrase) as (_, trust):
        trust.keys.rotate(told.by)
    keys = KeyRing.open(place.keys, passphrase, told.by)
    if rotation.present(place, keys) == keys:
        raise StoreError("store.disk_full")
    sys.stdout.write(f"{Language.load()('key_slots.rotated')}\n")
    for slot in KeyRing.slots(place.keys):
        sys.stdout.write(f"{slot.kind}\t{slot.whose}\n")
    return 0


def _change_access(told: argparse.Namespace) -> int:
    from station.commands.signed_in import signed_in

    with signed_in(folder(told), told.by) as (_, trust):
        trust.keys.change_access(told.by)
    sys.stdout.write(f"{Language.load()('key_slots.done.change_access')}\n")
    return 0


def _recover(told: argparse.Namespace) -> int:
    from station.commands.passphrase import ask_new_passphrase
    from station.joins.recovery import recover

    try:
        identity = told.identity.read_text("utf-8", errors="replace")
    except OSError as error:
        raise InputError("file.unreadable", name=told.identity.name) from error
    recover(folder(told), identity, told.officer, ask_new_passphrase())
    return 0
