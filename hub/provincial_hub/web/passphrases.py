"""Passphrases: checked against argon2id verifiers, a few at a time, and how long a name waits after mistakes."""

from __future__ import annotations

import asyncio
import hashlib
import os
import unicodedata
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from provincial_hub.stations.people import verifier_of

SHORTEST, LONGEST = 12, 200
FREE_FAULTS = 4
"""So many mistakes cost nothing: a foreign keyboard, a Caps Lock, a passphrase of last month."""
FREE_FROM_ONE_PLACE = 20
"""So many in an hour from one place: a whole office may sit behind one address. Who tries one passphrase on many names
stops here."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)


class Passphrases:
    """Each check takes 64 MiB and a core for a tenth of a second: two at once, and few may stand in line."""

    MOST_WAITING = 16

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(2)
        self._waiting = 0
        self._nobodys: str | None = None

    @property
    def busy(self) -> bool:
        return self._waiting >= self.MOST_WAITING

    async def fits(self, passphrase: str, verifier: str | None) -> bool:
        """Whether it is the one. Without a verifier the same work is done, so that time tells no names."""
        self._waiting += 1
        try:
            async with self._turn:
                if verifier is not None:
                    return await asyncio.to_thread(_fits, passphrase, verifier)
                if self._nobodys is None:
                    self._nobodys = await asyncio.to_thread(verifier_of, os.urandom(16).hex())
                await asyncio.to_thread(_fits, passphrase, self._nobodys)
                return False
        finally:
            self._waiting -= 1

    async def verifier(self, passphrase: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(verifier_of, passphrase)


def wait_after(faults: int, free: int = FREE_FAULTS) -> timedelta:
    """Nothing for the first mistakes, then twice as long each time, at most a quarter of an hour."""
    if faults <= free:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(faults - free - 1, 10)))


def name_hash(name: str) -> str:
    """Under what mistakes are counted: somebody may have typed a passphrase into the wrong field."""
    return hashlib.sha256(name.encode("utf-8", errors="replace")).hexdigest()


def place_hash(address: str, now: datetime) -> str:
    """The same of the place that they came from, in this hour; no name has a line feed."""
    return name_hash(f"\n{_place(address)} {now:%Y-%m-%dT%H}")


def _place(address: str) -> str:
    """One line to the world: an IPv4 address however it is written, and of IPv6 the network (/64) in which a household
    chooses addresses as it likes."""
    try:
        known = ip_address(address)
    except ValueError:
        return address  # a socket of this machine has none
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((int(known), 64), strict=False))


def _fits(passphrase: str, verifier: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(_bytes(passphrase), verifier)
    except InvalidKey:
        return False
    return True


def _bytes(passphrase: str) -> bytes:
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", errors="replace")
