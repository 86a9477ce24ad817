"""Joins who may work here: roster, sign-in, key slots, and what only supervisors and IT do."""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import replace

from station.actions.attendance import Attendance
from station.actions.change_keys import ChangeKeys
from station.actions.change_people import ChangePeople
from station.actions.enrol import Enrol
from station.actions.four_eyes import FourEyes
from station.actions.permits import RolePermits
from station.actions.ports.clock import Clock
from station.actions.read_trail import ReadTrail
from station.actions.sign_in import SignIn
from station.actions.trust_desk import TrustDesk
from station.dossier.people import Person, Role
from station.dossier.roster_document import is_person_id
from station.dossier.signed_document import parse_document
from station.factors.security_key import SecurityKeys
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import Keys
from station.store.keys.own_keys import OwnKeys
from station.store.keys.signing import StationKey
from station.store.people.key_slots import KeySlots
from station.store.people.passphrases import Passphrases
from station.store.people.register import Kept
from station.store.store import Store
from station.sync.hub_client import HubClient


def trust_desk(folder: DataFolder, keys: Keys, store: Store, clock: Clock) -> TrustDesk:
    """Over a store that is open. From here on the store writes nothing in the name of who does not sit here."""
    people, passphrases, own = store.people, Passphrases(), StationKey(store.secrets)
    attendance = Attendance(people.roster())
    permits = RolePermits(attendance)
    store.dossiers.ask_before_writing(permits.check)
    slots = KeySlots(folder.keys, keys, people)
    sign_in = SignIn(attendance, people, passphrases, slots, clock, SecurityKeys(people))
    return TrustDesk(
        attendance,
        permits,
        sign_in,
        FourEyes(attendance, permits, sign_in),
        ChangePeople(attendance, permits, people, passphrases, slots, clock, own.signed),
        Enrol(attendance, permits, people, passphrases, clock, own.signed, own.public),
        ReadTrail(store.audit, store.dossiers, permits, clock, attendance),
        ChangeKeys(OwnKeys(folder.keys, keys, people, store.hub_access), permits, store.dossiers, clock),
    )


def bring_people_forward(trust: TrustDesk, store: Store, settings: Settings) -> None:
    """A station from before rosters stands alone from now on: with the officer of its settings, the passphrase it has.

    One that has not begun to work waits for somebody to enrol it.
    """
    if store.people.kept() is None and store.audit.head().seq:
        person = Person(person_id(settings.officer), settings.officer_name, frozenset(Role))
        trust.enrol.stand_alone(settings.station, [(person, "")])


def look_for_roster(hub: HubClient, trust: TrustDesk) -> None:
    """A newer list from the hub, which the province has signed; a station that stands alone has its own."""
    if trust.attendance.enrolled and not trust.people.stands_alone:
        content = hub.roster(trust.attendance.roster.version)
        if content is not None:
            trust.people.take_from_hub(parse_document(content))


def as_enrolled(settings: Settings, kept: Kept | None) -> Settings:
    """What the province has signed goes before what stands in the file; only the hub's address may be another there."""
    if kept is None:
        return settings
    told = kept.enrolment
    if told is None:
        return replace(settings, station=kept.station)
    return replace(
        settings,
        station=told.station,
        hub_url=settings.hub_url or told.hub_url,
        hub_token=told.hub_token,
        hub_key=base64.b64encode(told.hub_key).decode("ascii"),
    )


def person_id(text: str) -> str:
    """What somebody is called in the roster who had any name in the settings."""
    if is_person_id(text):
        return text
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", ".", plain).strip(".")[:64]
    return made if is_person_id(made) else "officer"
