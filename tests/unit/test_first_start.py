"""A machine becomes a station: by a file and its code, standing alone, and by an update of one that worked before."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station.clock import SystemClock
from station.dossier.audit import AuditEntry
from station.dossier.people import Role
from station.dossier.roster_document import members_of
from station.dossier.signed_document import canonical, signed
from station.errors import StationError
from station.joins.first_start import FirstStart, Typed, open_with, people_who_open
from station.joins.trust import as_enrolled, bring_people_forward, trust_desk
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import KeyRing
from station.store.store import Store
from tests import people
from tests.people import LAN, MAY, MINH, OFFICER, PASSPHRASE

HUB = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SECRET = "0123456789ABCDEF"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OWN = "bảy con mèo vàng"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")


def code() -> str:
    """As the contract says it: the secret, and sixty bits of the hash of the hub's key."""
    bits = int.from_bytes(hashlib.sha256(HUB.public_key().public_bytes_raw()).digest()[:8], "big") >> 4
    return SECRET + "".join(LETTERS[bits >> 5 * place & 31] for place in reversed(range(12)))


def enrolment(**changed: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    listed = people.roster(replace(LAN, change_first=True), MINH, MAY, station="xa.mau")
    listed = replace(listed, issued_at=now, expires_at=now + timedelta(days=90))
    return signed(
        {
            "kind": "enrolment",
            "station": "xa.mau",
            "issued_at": now.isoformat(),
            "token": "mot-ma-truy-cap-dai-22ky-tu",
            "hub_url": "https://hub.mau.example",
            "hub_key": base64.b64encode(HUB.public_key().public_bytes_raw()).decode(),
            "recovery_key": None,
            "roster": signed(members_of(listed), HUB),
            **changed,
        },
        HUB,
    )


def usb_file(document: dict[str, Any]) -> bytes:
    key = HKDF(SHA256(), length=32, salt=None, info=b"digital-station/1/enrolment-file").derive(SECRET.encode())
    nonce = os.urandom(12)
    return b"TSE1" + nonce + AESGCM(key).encrypt(nonce, canonical(document), b"TSE1")


def refusal(first: FirstStart, *told: Any) -> str:
    with pytest.raises(StationError) as caught:
        first.by_file(*told)
    return caught.value.code


def test_a_file_and_its_code_make_a_station_and_a_mistake_can_be_mended(tmp_path: Path) -> None:
    folder, file = DataFolder(tmp_path), usb_file(enrolment())
    first = FirstStart(folder, Settings())
    assert refusal(first, file, "0" * 28, "lan.mau", PASSPHRASE, "") == "roster.wrong_code"
    assert refusal(first, file, "ngắn", "lan.mau", PASSPHRASE, "") == "roster.no_code"
    assert refusal(first, file, code(), "lan.mai", PASSPHRASE, "") == "people.wrong"
    spelled = " ".join(code()[at : at + 4].lower() for at in range(0, 28, 4)).replace("0", "o")
    assert refusal(first, file, spelled, "lan.mau", PASSPHRASE, "") == "people.change_first"
    begun = first.by_file(file, spelled, "lan.mau", PASSPHRASE, OWN)
    assert (begun.person_id, begun.passphrase) == ("lan.mau", OWN)
    assert people_who_open(folder) == ("lan.mau",)
    keys = open_with(folder, Typed("lan.mau", OWN))
    with pytest.raises(StationError):
        open_with(folder, Typed("lan.mau", PASSPHRASE))  # the one that was given out opens nothing
    with Store.open(folder, keys) as store:
        trust = trust_desk(folder, keys, store, SystemClock())
        assert trust.sign_in("lan.mau", OWN).id == "lan.mau"
        settings = as_enrolled(Settings(hub_url="https://another.example"), store.people.kept())
        assert (settings.station, settings.hub_url) == ("xa.mau", "https://another.example")
        assert settings.hub_token == "mot-ma-truy-cap-dai-22ky-tu"
    assert PASSPHRASE.encode() not in (folder.root / "keys.json").read_bytes()


def test_who_gives_up_takes_away_no_keys_that_another_program_made_at_the_same_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, create = DataFolder(tmp_path), KeyRing.create

    def beaten(file: Path, *told: Any, **named: Any) -> Any:
        create(file, OWN)
        return create(file, *told, **named)

    first = FirstStart(folder, Settings())
    monkeypatch.setattr(KeyRing, "create", beaten)
    assert refusal(first, usb_file(enrolment()), code(), "lan.mau", PASSPHRASE, "") == "keys.exist"
    first.abandon()
    assert KeyRing.has_passphrase(folder.keys)


@pytest.mark.parametrize(
    ("changed", "code_of_refusal"),
    [({"token": "another-token-of-22-chars"}, "roster.not_signed"), ({"kind": "roster"}, "roster.not_signed")],
)
def test_an_enrolment_that_was_changed_is_refused(
    tmp_path: Path, changed: dict[str, Any], code_of_refusal: str
) -> None:
    first = FirstStart(DataFolder(tmp_path), Settings())
    forged = usb_file({**enrolment(), **changed})
    assert refusal(first, forged, code(), "lan.mau", PASSPHRASE, "") == code_of_refusal


def test_nobody_named_by_the_province_means_no_station_yet(tmp_path: Path) -> None:
    first = FirstStart(DataFolder(tmp_path), Settings())
    assert refusal(first, usb_file(enrolment(roster=None)), code(), "lan.mau", PASSPHRASE, "") == "roster.nobody"


def test_the_first_person_of_a_station_that_stands_alone_has_every_role_and_no_passphrase_of_ours(
    tmp_path: Path,
) -> None:
    folder = DataFolder(tmp_path)
    first = FirstStart(folder, Settings(station="xa.rieng"))
    person = replace(OFFICER, verifier="", roles=frozenset(Role))
    with pytest.raises(StationError) as caught:
        first.alone(person, "88888888")
    assert caught.value.code == "people.passphrase_easy"
    begun = first.alone(person, OWN)
    with Store.open(folder, begun.keys) as store:
        roster = store.people.roster()
        assert roster is not None
        assert (roster.station, roster.expires_at, [one.id for one in roster.people]) == (
            "xa.rieng",
            None,
            [OFFICER.id],
        )


def test_a_station_from_before_people_goes_on_with_its_officer_and_its_passphrase(tmp_path: Path) -> None:
    folder, settings = DataFolder(tmp_path), Settings(officer="Đặng Thị Mẫu", officer_name="Đặng Thị Mẫu")
    keys = KeyRing.create(folder.keys, OWN)
    with Store.open(folder, keys) as store:
        entry = AuditEntry("open_dossier", "Đặng Thị Mẫu", datetime.now(UTC))
        store.dossiers.noted(entry)
    with Store.open(folder, keys) as store:
        trust = trust_desk(folder, keys, store, SystemClock())
        bring_people_forward(trust, store, settings)
        with pytest.raises(StationError) as caught:
            trust.sign_in("dang.thi.mau", PASSPHRASE)
        assert caught.value.code == "people.wrong"
        person = trust.sign_in("dang.thi.mau", OWN)
        assert (person.name, person.roles) == ("Đặng Thị Mẫu", frozenset(Role))
        bring_people_forward(trust, store, settings)
    assert people_who_open(folder) == ("dang.thi.mau",)
    assert open_with(folder, Typed("dang.thi.mau", OWN)) == keys


def test_what_was_given_up_before_anybody_sat_down_leaves_no_keys_that_a_typing_mistake_opens(tmp_path: Path) -> None:
    folder, file = DataFolder(tmp_path), usb_file(enrolment())
    first = FirstStart(folder, Settings())
    assert refusal(first, file, code(), "lan.mau", "mật khẩu gõ nhầm", "") == "people.wrong"
    first.abandon()
    assert not folder.keys.exists()
    assert not folder.database.exists()

    again = FirstStart(folder, Settings())
    assert again.by_file(file, code(), "lan.mau", PASSPHRASE, OWN).person_id == "lan.mau"
    again.abandon()
    assert folder.keys.exists(), "somebody sat down: nothing is taken back"
