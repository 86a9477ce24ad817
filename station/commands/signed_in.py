"""The store, opened for a command in the name of somebody who signs in at the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from station.actions.trust_desk import TrustDesk
from station.clock import SystemClock
from station.commands.passphrase import ask
from station.joins.trust import trust_desk
from station.paths import DataFolder
from station.store.keys import KeyRing
from station.store.keys import database_rotation as rotation
from station.store.store import Store


@contextmanager
def signed_in(folder: DataFolder, person: str, passphrase: str | None = None) -> Iterator[tuple[Store, TrustDesk]]:
    """Ask for the passphrase unless it is given; what follows is checked and written down as at the counter.

    Raises `StoreError` with a `keys.*` or `store.*` code (`store.in_use` while the counter is open) and `RuleError`
    with a `people.*` code.
    """
    passphrase = ask() if passphrase is None else passphrase
    keys = rotation.present(folder, KeyRing.open(folder.keys, passphrase, person))
    with Store.open(folder, keys) as store:
        trust = trust_desk(folder, keys, store, SystemClock())
        trust.sign_in(person, passphrase)
        try:
            yield store, trust
        finally:
            trust.sign_in.leave()
