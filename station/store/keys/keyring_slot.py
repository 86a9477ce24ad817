"""The slot that the operating system's keyring opens when the officer has logged in.

Only back-ends that are known to encrypt are used, named one by one: asked for «the» keyring, the library takes a
plain-text file in silence where `keyrings.alt` is installed.
"""

from __future__ import annotations

import importlib
import logging
import secrets
import threading
from collections.abc import Callable
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from keyring.backend import KeyringBackend

from station.dossier.key_slot import KEYRING
from station.errors import StoreError
from station.store.keys import slots, wrapping
from station.store.keys.derived import Hidden, Keys
from station.store.keys.slots import Slot

SERVICE = "digital-station"
ALLOWED = (
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
"""Class paths of the back-ends that may hold a key; every other one counts as none."""
PATIENCE = 30.0
"""Seconds: a locked keyring may ask the person for its password, and must not hang the station for ever."""

log = logging.getLogger(__name__)
Result = TypeVar("Result")


def seal(keys: Keys) -> Slot | None:
    """A slot for `keys.json`, its private half put into the keyring; None where there is no keyring to trust."""
    identity, recipient = slots.new_identity()
    account = secrets.token_hex(16)

    def put() -> bool:
        backend = _backend()
        if backend is None:
            return False
        backend.set_password(SERVICE, account, identity.decode())
        return backend.get_password(SERVICE, account) == identity.decode()

    if not _in_time(put):
        return None
    return slots.seal({"kind": KEYRING, "account": account, "recipient": recipient}, keys)


def unseal(slot: Slot) -> Keys | None:
    """None where the keyring is missing, locked, slow, or holds another key."""
    account = str(slot.get("account", ""))

    def fetch() -> bytes:
        backend = _backend()
        return Hidden((backend.get_password(SERVICE, account) or "").encode() if backend else b"")

    kept = _in_time(fetch)
    if not kept:
        return None
    try:
        if slots.can_be_sealed_anew(slot):
            return slots.unseal(slot, kept)
        return slots.keys_of(wrapping.unwrap(slot, Hidden.fromhex(kept.decode())))
    except (InvalidTag, ValueError, StoreError) as error:
        log.warning("the keyring holds another key: %s", type(error).__name__)
        return None


def forget(slot: Slot) -> None:
    """Take the private half out of the keyring again."""

    def drop() -> None:
        backend = _backend()
        if backend is not None:
            backend.delete_password(SERVICE, str(slot.get("account", "")))

    _in_time(drop)


def _backend() -> KeyringBackend | None:
    for path in ALLOWED:
        module, _, name = path.rpartition(".")
        try:
            kind: type[KeyringBackend] = getattr(importlib.import_module(module), name)
            if kind.viable:
                return kind()
        except (ImportError, AttributeError):
            continue
    return None


def _in_time(ask: Callable[[], Result]) -> Result | None:
    """What `ask` returns, or None when it fails or takes longer than a person would wait."""
    answers: list[Result] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as error:  # each back-end has its own error tree
            log.warning("keyring refused: %s", type(error).__name__)

    asking = threading.Thread(target=run, name="keyring", daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return answers[0] if answers else None
