"""Joins the courier: what the store keeps, the keys that the hub knows, and the stick."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyrage

from station.actions.ports.clock import Clock
from station.actions.trust_desk import TrustDesk
from station.dossier.courier import Taken, Written
from station.errors import InputError, StationError
from station.settings import Settings
from station.store.store import Store
from station.sync.courier.answer import AnswerTaker, open_answer
from station.sync.courier.key_file import key_in, read_key_file
from station.sync.courier.parcels import LARGEST, ParcelWriter, Sender
from station.sync.receipts import HubKey

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StickCourier:
    """`settings` say which station this is, and whose word counts; `told` hears of the dossiers that got further."""

    store: Store
    trust: TrustDesk
    settings: Settings
    clock: Clock
    told: Callable[[frozenset[str]], None] = lambda _dossiers: None
    largest: int = LARGEST
    """Bytes of a parcel."""

    def write(self, folder: Path, *, whole: bool = False) -> Written:
        """Raises `InputError` with `courier.*`."""
        if self.store.restorations.unsettled():
            raise InputError("courier.ask_first")
        hub = self._hub()
        recipient = self._recipient(hub)
        own = pyrage.x25519.Identity.from_str(self.store.courier_keys.own())
        known_by = self.store.hub_access.identities(self.settings.hub_token).current
        sender = Sender(
            self.settings.station,
            known_by.token,
            known_by.seed,
            str(own.to_public()),
            self.store.hub_feed.cursor(hub.raw),
            self.store.audit.head_to_tell(),
        )
        writer = ParcelWriter(self.store.outbox, self.store.pages, recipient, self.clock.now, self.largest)
        return writer.write(folder, sender, whole=whole)

    def take(self, file: Path) -> Taken:
        """Raises `InputError` with `courier.*` and `file.*`, `HubError` for changes that are none, and `StoreError`."""
        hub = self._hub()
        document = open_answer(file, self.store.courier_keys.own(), self.settings.station, hub)
        taken = AnswerTaker(self.store.outbox, self.store.hub_feed, hub).take(document)
        self._take_roster(document.get("roster"))
        self.told(taken.dossiers)
        return taken

    def learn_key(self, file: Path) -> None:
        """Raises `InputError` with `courier.*` and `file.*`."""
        hub = self._hub()
        self.store.courier_keys.learn(hub.raw, read_key_file(file, self.settings.station, hub.raw))

    def _hub(self) -> HubKey:
        if not self.settings.hub_key:
            raise InputError("courier.no_hub")
        return HubKey.parse(self.settings.hub_key)

    def _recipient(self, hub: HubKey) -> str:
        kept = self.store.people.kept()
        enrolled = key_in(kept.enrolment.document) if kept is not None and kept.enrolment is not None else None
        recipient = self.store.courier_keys.of_hub(hub.raw) or enrolled
        if recipient is None:
            raise InputError("courier.no_key")
        return recipient

    def _take_roster(self, document: object) -> None:
        """An older one is no news; one that cannot be taken spoils no receipt."""
        if not isinstance(document, dict) or not self.trust.attendance.enrolled or self.trust.people.stands_alone:
            return
        version = document.get("version")
        if type(version) is not int or version <= self.trust.attendance.roster.version:
            return
        try:
            self.trust.people.take_from_hub(document)
        except StationError as error:
            log.warning("the roster of an answer was not taken: %s", error.code)
