"""The province's way back into a station: its private key opens, and somebody gets a passphrase of their own again."""

from __future__ import annotations

from station.clock import SystemClock
from station.dossier.audit import AuditEntry
from station.dossier.people import STATION
from station.paths import DataFolder
from station.store.keys import KeyRing
from station.store.keys import database_rotation as rotation
from station.store.people.passphrases import Passphrases
from station.store.store import Store


def recover(folder: DataFolder, identity: str, person_id: str, passphrase: str) -> None:
    """Raises `keys.wrong_identity`, `keys.passphrase_short`, and `people.unknown` for who is not in the roster.

    A roster names who may sign in, so a person whom it does not name gets nothing. Where the station has no roster
    yet, the passphrase is the station's own.
    """
    keys = rotation.present(folder, KeyRing.open_with_identity(folder.keys, identity))
    with Store.open(folder, keys) as store:
        roster = store.people.roster()
        if roster is None:
            KeyRing.set_officer(folder.keys, "", passphrase, keys)
            return
        person = roster.person(person_id)
        KeyRing.set_officer(folder.keys, person.id, passphrase, keys)
        verifier, now = Passphrases().verifier(passphrase, person.id), SystemClock().now()
        about: dict[str, str | int] = {"person": person.id}
        people = store.people
        people.choose_verifier(
            person.id, person.verifier, verifier, AuditEntry("recover_keys", STATION, now, None, about)
        )
        people.forget_failures(person.id, AuditEntry("unlock_person", STATION, now, None, about))
        people.note_slot(person.id, verifier)
