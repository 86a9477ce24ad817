"""A machine becomes a station at its first start: keys, store and people, before there is a counter."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from station.actions.trust_desk import TrustDesk
from station.clock import SystemClock
from station.dossier.enrolment import Enrolment
from station.dossier.people import Person
from station.dossier.signed_document import parse_document
from station.errors import StoreError
from station.joins.trust import trust_desk
from station.paths import DataFolder
from station.settings import Settings
from station.store import durable
from station.store.keys import KeyRing, Keys
from station.store.keys import database_rotation as rotation
from station.store.keys.signing import StationKey
from station.store.store import Store
from station.sync.authority import read_authority
from station.sync.hub_client import HubClient
from station.sync.request_signature import RequestSigner


@dataclass(frozen=True, slots=True)
class Typed:
    """Who sets the station up. `new` takes the place of a passphrase that the province gave out."""

    person_id: str
    passphrase: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """The station's keys, and who may sit down right away."""

    keys: Keys
    person_id: str
    passphrase: str


class FirstStart:
    """Each way makes the keys if there are none, and may be tried again until somebody is enrolled."""

    def __init__(self, folder: DataFolder, settings: Settings, keys: Keys | None = None) -> None:
        self._folder, self._settings, self._keys = folder, settings, keys
        self._made, self._begun = False, False

    def stand_alone(self, people: Sequence[tuple[Person, str]]) -> Begun:
        """The first of these people sits down; nobody else signs for the station's roster."""
        person, passphrase = people[0]
        typed = Typed(person.id, passphrase)
        return self._begin(typed, lambda trust, _: trust.enrol.stand_alone(self._settings.station, people))

    def alone(self, person: Person, passphrase: str) -> Begun:
        """The first person at a station that no province has: everything is theirs to do until others are added."""
        return self.stand_alone([(person, passphrase)])

    def by_file(self, content: bytes, code: str, person_id: str, passphrase: str, new: str) -> Begun:
        """An enrolment file from USB, which its code opens."""
        typed = Typed(person_id, passphrase, new)
        return self._begin(typed, lambda trust, _: self._take_recovery(trust.enrol.by_file(content, code)))

    def by_hub(self, url: str, code: str, person_id: str, passphrase: str, new: str) -> Begun:
        """The hub at this address, which its code vouches for."""
        typed = Typed(person_id, passphrase, new)

        def enrol(trust: TrustDesk, store: Store) -> None:
            self._take_recovery(trust.enrol.by_hub(lambda whole: self._ask(url, whole, store), code))

        begun = self._begin(typed, enrol)
        self._keep_address(url.strip())
        return begun

    def _begin(self, typed: Typed, enrol: Callable[[TrustDesk, Store], object]) -> Begun:
        keys = self._keys = self._keys or self._open(typed)
        with Store.open(self._folder, keys) as store:
            trust = trust_desk(self._folder, keys, store, SystemClock())
            if not trust.attendance.enrolled:
                enrol(trust, store)
            trust.sign_in(typed.person_id, typed.passphrase, typed.new)
        self._begun = True
        self._forget_other_slots(typed.person_id)
        return Begun(keys, typed.person_id, typed.new or typed.passphrase)

    def _open(self, typed: Typed) -> Keys:
        if self._folder.keys.exists() or self._folder.database.exists():
            return rotation.present(self._folder, KeyRing.open(self._folder.keys, typed.passphrase))
        keys = KeyRing.create(self._folder.keys, typed.passphrase, officer_id=typed.person_id)
        self._made = True  # only now: where another program made them meanwhile, they are not ours to take away
        return keys

    def abandon(self) -> None:
        """Nobody sat down: what was made here would open only by what was typed wrong, and there is nothing in it."""
        if not self._made or self._begun:
            return
        database, pages = self._folder.database, self._folder.pages
        if pages.exists():
            for part in (*pages.iterdir(), pages):
                part.rmdir()  # refuses where there is a page after all
        for file in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
            file.unlink(missing_ok=True)
        self._folder.keys.unlink(missing_ok=True)
        self._keys, self._made = None, False

    def _take_recovery(self, enrolment: Enrolment) -> None:
        """The province can open the keys when nobody else can any more."""
        if enrolment.recovery_key and self._keys is not None:
            KeyRing.add_recovery(self._folder.keys, enrolment.recovery_key, self._keys)

    def _keep_address(self, url: str) -> None:
        """The hub does not know by which name stations reach it; who typed the address does."""
        if self._settings.hub_url == url:
            return
        file = self._folder.settings
        others = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        kept = [line for line in others if not re.match(r"\s*hub_url\s*=", line)]
        durable.write(file, "\n".join([f"hub_url = {json.dumps(url)}", *kept, ""]).encode("utf-8"))

    def _forget_other_slots(self, person_id: str) -> None:
        """A name that was mistyped at the first try opens nothing."""
        for slot in KeyRing.slots(self._folder.keys):
            if slot.kind == "passphrase" and slot.whose not in ("", person_id):
                KeyRing.remove_officer(self._folder.keys, slot.whose)

    def _ask(self, url: str, code: str, store: Store) -> dict[str, Any]:
        settings = self._settings
        encrypted = url.strip().lower().startswith("https:")
        tls = read_authority(self._folder.root / settings.hub_ca, settings.hub_pin) if encrypted else None
        client = HubClient(url, "none", practice=settings.practice, tls=tls)
        body = {
            "code": code,
            "receipt_key": base64.b64encode(StationKey(store.secrets).public).decode("ascii"),
            "request_key": RequestSigner(store.hub_access.request_seed(), SystemClock().now).public,
            "trail_key": base64.b64encode(store.audit.public_key).decode("ascii"),
        }
        try:
            return parse_document(client.enrol(json.dumps(body).encode()))
        finally:
            client.close()


def people_who_open(folder: DataFolder) -> tuple[str, ...]:
    """Whose passphrases open the keys; empty where one passphrase is the whole station's."""
    slots = KeyRing.slots(folder.keys)
    return tuple(sorted(slot.whose for slot in slots if slot.kind == "passphrase" and slot.whose))


def open_with(folder: DataFolder, typed: Typed) -> Keys:
    """The keys, by this person's passphrase alone: a keyring would open whatever was typed."""
    if not KeyRing.has_passphrase(folder.keys, typed.person_id or None):
        raise StoreError("keys.wrong_passphrase")
    return rotation.present(folder, KeyRing.open(folder.keys, typed.passphrase, typed.person_id or None))
