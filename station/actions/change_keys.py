"""Change what opens the station's keys, and the data key itself."""

from __future__ import annotations

from typing import Protocol

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.hub_identity import AccessStanding
from station.dossier.key_slot import KEYRING, RECOVERY, TPM, KeySlot
from station.errors import StoreError


class OwnKeys(Protocol):
    """The key file of this station, open. Raises `StoreError` with a `keys.*` code."""

    def slots(self) -> tuple[KeySlot, ...]: ...

    def add(self, kind: str, recipient: str) -> None:
        """A slot for the login, for the TPM, or for a recovery key, in the place of one that was there."""
        ...

    def remove(self, kind: str, whose: str) -> None: ...

    def rotate(self) -> None:
        """Choose another data key; the store lies under it once it is opened again."""
        ...

    def rotation_is_due(self) -> bool:
        """Whether the store waits for that."""
        ...

    def change_access(self) -> None:
        """Take another request key and another token, which count once the hub knows them."""
        ...

    def access(self) -> AccessStanding: ...


class ChangeKeys:
    """Every change stands in the trail, whoever makes it; which passphrase opens is for whoever signs in to choose."""

    def __init__(self, keys: OwnKeys, permits: Permits, dossiers: Dossiers, clock: Clock) -> None:
        self._keys, self._permits, self._dossiers, self._clock = keys, permits, dossiers, clock

    def slots(self) -> tuple[KeySlot, ...]:
        """Which slots there are; nothing that opens one."""
        return self._keys.slots()

    def rotation_is_due(self) -> bool:
        return self._keys.rotation_is_due()

    def rotate(self, by: str) -> None:
        """Raises `RuleError("people.not_allowed")`, `StoreError("keys.foreign_slot")` and its like."""
        self._permits.require(Deed.CHANGE_KEYS, by)
        self._keys.rotate()
        self._note(by, "data_key")

    def access(self) -> AccessStanding:
        """What the hub knows the station by: since when."""
        return self._keys.access()

    def change_access(self, by: str) -> None:
        """Another request key and another token, which count once the hub knows them."""
        self._permits.require(Deed.CHANGE_KEYS, by)
        self._keys.change_access()
        self._note(by, "hub_access")

    def add_recovery(self, by: str, recipient: str) -> None:
        """Raises `StoreError("keys.recipient")` where this is no public key of age."""
        self._add(by, RECOVERY, recipient.strip())

    def use_login(self, by: str) -> None:
        """Raises `StoreError("keys.no_keyring")`."""
        self._add(by, KEYRING)

    def use_tpm(self, by: str) -> None:
        """Raises `StoreError("keys.no_tpm")`."""
        self._add(by, TPM)

    def remove(self, by: str, slot: KeySlot) -> None:
        """Raises `StoreError("keys.no_such_slot")`, or `("keys.last_slot")` where no person could open any more."""
        self._permits.require(Deed.CHANGE_KEYS, by)
        if not any((slot.kind, slot.whose) == (one.kind, one.whose) for one in self._keys.slots()):
            raise StoreError("keys.no_such_slot")
        self._keys.remove(slot.kind, slot.whose)
        self._note(by, f"without_{slot.kind}")

    def _add(self, by: str, kind: str, recipient: str = "") -> None:
        self._permits.require(Deed.CHANGE_KEYS, by)
        self._keys.add(kind, recipient)
        self._note(by, f"with_{kind}")

    def _note(self, by: str, what: str) -> None:
        self._dossiers.noted(AuditEntry(Deed.CHANGE_KEYS, by, self._clock.now(), None, {"what": what}))
