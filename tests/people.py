"""Invented people for tests: who may work at a counter, and one of them sitting there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

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
from station.app import Station
from station.dossier import key_slot
from station.dossier.hub_identity import AccessStanding
from station.dossier.key_slot import KeySlot
from station.dossier.people import Person, Role, Roster
from station.errors import StoreError
from station.store.keys.hub_access import HubAccess
from station.store.keys.signing import StationKey
from station.store.people.passphrases import Passphrases
from station.store.store import Store

PASSPHRASE = "mật khẩu của ai cũng vậy"
QUICK = Passphrases(time=1, memory_kib=8, lanes=1)
"""As good as the real ones, and a thousand times cheaper to guess."""
_VERIFIER = QUICK.verifier(PASSPHRASE, "")

OFFICER = Person("canbo.mau", "Cán bộ Mẫu", frozenset(Role), _VERIFIER)
LAN = Person("lan.mau", "Trần Thị Lan Mẫu", frozenset({Role.OFFICER}), _VERIFIER)
MINH = Person("minh.mau", "Lê Văn Minh Mẫu", frozenset({Role.SUPERVISOR}), _VERIFIER)
MAY = Person("it.mau", "Phạm Văn Máy Mẫu", frozenset({Role.IT}), _VERIFIER)
PEOPLE = (OFFICER, LAN, MINH, MAY)


def roster(*people: Person, station: str = "T01") -> Roster:
    """A roster without an end, as of a station that stands alone."""
    return Roster(station, 1, datetime(2026, 1, 5, 7, 30, tzinfo=UTC), None, people or PEOPLE)


def attendance(*people: Person, station: str = "T01") -> Attendance:
    """The first of these sits there."""
    return Attendance(roster(*people, station=station), (people or PEOPLE)[0])


class NoSlots:
    """In place of `keys.json`, which costs a fifth of a second a slot."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def opens(self, person_id: str, passphrase: str) -> bool:
        return self.given.get(person_id) == passphrase

    def give(self, person_id: str, passphrase: str, verifier: str) -> None:
        self.given[person_id] = passphrase

    def keep_only(self, people: Iterable[str]) -> None:
        self.given = {one: self.given[one] for one in people if one in self.given}


class NoKeyFile:
    """In place of `keys.json` as it is looked after: slots that open nothing."""

    def __init__(self, access: HubAccess) -> None:
        self._access = access
        self.kept = [KeySlot(key_slot.PASSPHRASE, OFFICER.id, True), KeySlot(key_slot.PASSPHRASE, LAN.id, True)]
        self.rotated = False

    def slots(self) -> tuple[KeySlot, ...]:
        return tuple(self.kept)

    def add(self, kind: str, recipient: str) -> None:
        if kind == key_slot.KEYRING:
            raise StoreError("keys.no_keyring")
        if kind == key_slot.RECOVERY and not recipient.startswith("age1"):
            raise StoreError("keys.recipient")
        self.kept.append(KeySlot(kind, recipient, True))

    def remove(self, kind: str, whose: str) -> None:
        self.kept = [one for one in self.kept if (one.kind, one.whose) != (kind, whose)]

    def rotate(self) -> None:
        self.rotated = True

    def rotation_is_due(self) -> bool:
        return self.rotated

    def change_access(self) -> None:
        self._access.want_change(fresh=True)

    def access(self) -> AccessStanding:
        return AccessStanding(self._access.changed_at(), self._access.change_wanted())


def trust_desk(store: Store, clock: Clock, seat: Attendance | None = None) -> TrustDesk:
    """As `station/joins/trust.py` joins it, with cheap passphrases; what is not permitted is not written."""
    seat = seat or attendance()
    permits, people, own = RolePermits(seat), store.people, StationKey(store.secrets)
    slots = NoSlots()
    sign_in = SignIn(seat, people, QUICK, slots, clock)
    store.dossiers.ask_before_writing(permits.check)
    return TrustDesk(
        seat,
        permits,
        sign_in,
        FourEyes(seat, permits, sign_in),
        ChangePeople(seat, permits, people, QUICK, slots, clock, own.signed),
        Enrol(seat, permits, people, QUICK, clock, own.signed, own.public),
        ReadTrail(store.audit, store.dossiers, permits, clock, seat),
        ChangeKeys(NoKeyFile(store.hub_access), permits, store.dossiers, clock),
    )


def sit_down(station: Station, person: Person = OFFICER) -> Station:
    """Nobody is asked for a passphrase: for tests of what comes after it."""
    seat = station.desk.trust.attendance
    seat.enrol(roster(*(person if person.id == one.id else one for one in PEOPLE)))
    seat.sit(person)
    return station
