"""Who may work here, and how they prove who they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from station.dossier.attempts import Attempts
from station.dossier.audit import AuditEntry
from station.dossier.people import Person, Roster


class People(Protocol):
    """Who may work here, as kept in the encrypted store. Each change is kept with its line of the trail."""

    def roster(self) -> Roster | None:
        """The newest of whose signature counts here; None before the station is enrolled."""
        ...

    def enrol(self, station: str, authority: bytes, document: dict[str, Any], entry: AuditEntry) -> None: ...

    def keep_roster(self, document: dict[str, Any], entry: AuditEntry) -> Roster:
        """Raises `InputError` with a `roster.*` code for one that is not signed, not for us, or not newer."""
        ...

    def extend(self, roster: Roster, until: datetime, entry: AuditEntry) -> None: ...

    def extensions(self, roster: Roster) -> int: ...

    def attempts(self, person_id: str) -> Attempts: ...

    def count_failure(self, person_id: str, entry: AuditEntry) -> None: ...

    def forget_failures(self, person_id: str, entry: AuditEntry) -> None: ...

    def chosen_verifier(self, person_id: str, instead_of: str) -> str:
        """What somebody chose here in place of the roster's passphrase; empty: nothing."""
        ...

    def choose_verifier(self, person_id: str, instead_of: str, verifier: str, entry: AuditEntry) -> None: ...

    def note(self, entry: AuditEntry) -> None:
        """A line of the trail alone."""
        ...


class Pseudonyms(Protocol):
    """Numbers of people as the trail names them."""

    def of(self, number: str) -> str: ...


class Passphrases(Protocol):
    """Verifiers of passphrases."""

    def verifier(self, passphrase: str, person_id: str) -> str:
        """Raises `StoreError` for a passphrase that is too short or too easy."""
        ...

    def is_right(self, verifier: str, passphrase: str) -> bool: ...


class KeySlots(Protocol):
    """Whose passphrases open the keys of the station when nothing else does."""

    def opens(self, person_id: str, passphrase: str) -> bool: ...

    def give(self, person_id: str, passphrase: str, verifier: str) -> None:
        """This person's passphrase opens the keys from now on; nothing where it does already."""
        ...

    def keep_only(self, people: Iterable[str]) -> None:
        """Nobody else's passphrase opens the keys any more."""
        ...


class SecondFactor(Protocol):
    """Something that somebody has, beside what they know."""

    def prove(self, person: Person) -> None:
        """Ask for it, and return once it proved to be theirs; `RuleError` or `DeviceError` otherwise."""
        ...
