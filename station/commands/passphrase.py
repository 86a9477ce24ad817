"""A passphrase for a command, and the keys that it opens: never from the arguments, which others can list."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing, Keys

CREDENTIAL = "station-passphrase"
"""How a systemd unit names it (`LoadCredentialEncrypted=`)."""


def ask_passphrase() -> str:
    """From systemd where a unit gives one, from the terminal without showing it, or a line from a pipe."""
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    if given and (Path(given) / CREDENTIAL).is_file():
        return (Path(given) / CREDENTIAL).read_text("utf-8").rstrip("\n")
    if sys.stdin.isatty():
        return getpass.getpass("Mật khẩu / Passphrase: ")
    return sys.stdin.readline().rstrip("\n")


def opened_keys(folder: DataFolder) -> Keys:
    """By the keyring or the TPM of this machine, or by a passphrase; raises `StoreError` with a `keys.*` code."""
    try:
        return KeyRing.open(folder.keys)
    except StoreError as error:
        if error.code != "keys.locked":
            raise
    return KeyRing.open(folder.keys, ask_passphrase())
