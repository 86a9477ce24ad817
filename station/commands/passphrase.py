"""A passphrase for a command, and the keys that it opens: never from the arguments, which others can list."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing, Keys
from station.store.keys import database_rotation as rotation

CREDENTIAL = "station-passphrase"
"""How a systemd unit names it (`LoadCredentialEncrypted=`)."""


def ask(words: str = "Mật khẩu / Passphrase") -> str:
    """From the terminal without showing it, or a line from a pipe: one for each question."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{words}: ")
    return sys.stdin.readline().rstrip("\n")


def ask_passphrase() -> str:
    """From systemd where a unit gives one, else from who sits there."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    if given and (Path(given) / CREDENTIAL).is_file():
        return (Path(given) / CREDENTIAL).read_text("utf-8").rstrip("\n")
    return ask()


def ask_new_passphrase() -> str:
    """Twice at a terminal, once from a pipe; raises `StoreError("keys.not_repeated")`."""
    typed = ask("Mật khẩu mới / New passphrase")
    if sys.stdin.isatty() and ask("Nhập lại / Again") != typed:
        raise StoreError("keys.not_repeated")
    return typed


def opened_keys(folder: DataFolder) -> Keys:
    """By the keyring or the TPM of this machine, or by a passphrase; raises `StoreError` with a `keys.*` code."""
    try:
        return rotation.present(folder, KeyRing.open(folder.keys))
    except StoreError as error:
        if error.code != "keys.locked":
            raise
    return rotation.present(folder, KeyRing.open(folder.keys, ask_passphrase()))
