"""Signing in against a roster, waiting after mistakes, vouching for another, and a list that ends."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.actions.permits import POLICY, Deed
from station.actions.trust_desk import TrustDesk
from station.dossier.attempts import LOCKED_AT
from station.dossier.audit import AuditEntry
from station.dossier.people import Person, Role
from station.dossier.roster_document import members_of
from station.dossier.signed_document import canonical, signed
from station.errors import StationError
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store
from tests import people
from tests.people import LAN, MAY, MINH, OFFICER, PASSPHRASE, QUICK

WRONG = "sáu con mèo trắng"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PROVINCE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


class SetClock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(DataFolder(tmp_path), Keys.derived_from(secrets.token_bytes(32))) as opened:
        yield opened


@pytest.fixture
def trust(store: Store, clock: SetClock) -> TrustDesk:
    """A station of the province, whose list holds for ninety days; nobody sits there."""
    made = people.trust_desk(store, clock, people.attendance())
    public = PROVINCE.public_key().public_bytes_raw()
    store.people.enrol("T01", public, {}, AuditEntry("enrol", "station", NOW))
    made.attendance.enrol(take(store, 1))
    made.attendance.sit(None)
    return made


def by_province(version: int, *listed: Person, days: int = 90, station: str = "T01") -> dict[str, object]:
    """A roster as the province signs it."""
    made = replace(people.roster(*listed, station=station), version=version, expires_at=NOW + timedelta(days=days))
    return signed(members_of(made), PROVINCE)


def take(store: Store, version: int, *listed: Person) -> people.Roster:
    return store.people.keep_roster(by_province(version, *listed), AuditEntry("take_roster", "station", NOW))


def refusal(deed: object) -> str:
    with pytest.raises(StationError) as caught:
        deed()  # type: ignore[operator]
    return caught.value.code


def test_the_right_passphrase_takes_the_seat_and_is_told_in_the_trail(trust: TrustDesk, store: Store) -> None:
    assert trust.sign_in("lan.mau", PASSPHRASE) == LAN
    assert trust.attendance.officer == "lan.mau"
    assert trust.attendance.officer_name == LAN.name
    (entry,) = [one for one in store.audit.entries() if one.deed == "sign_in"]
    assert (entry.by, entry.at) == ("lan.mau", NOW)


def test_who_takes_over_is_written_down_with_who_was_there(trust: TrustDesk, store: Store) -> None:
    trust.sign_in("canbo.mau", PASSPHRASE)
    trust.sign_in("lan.mau", PASSPHRASE)
    newest = store.audit.entries(limit=1)[0]
    assert (newest.by, newest.detail["after"]) == ("lan.mau", "canbo.mau")


def test_nobody_who_is_not_on_the_list_and_no_wrong_passphrase_takes_the_seat(trust: TrustDesk) -> None:
    assert refusal(lambda: trust.sign_in("ai.do", PASSPHRASE)) == "people.wrong"
    assert refusal(lambda: trust.sign_in("lan.mau", WRONG)) == "people.wrong"
    assert trust.attendance.person is None


def test_mistakes_cost_longer_and_longer_and_survive_a_restart(trust: TrustDesk, store: Store, clock: SetClock) -> None:
    codes = [refusal(lambda: trust.sign_in("lan.mau", WRONG)) for _ in range(3)]
    assert codes == ["people.wrong", "people.wrong", "people.wait"]
    again = people.trust_desk(store, clock, trust.attendance)
    assert refusal(lambda: again.sign_in("lan.mau", PASSPHRASE)) == "people.wait"
    assert store.people.attempts("lan.mau").failures == 3  # what is not looked at is not counted either
    clock.time += timedelta(seconds=31)
    assert again.sign_in("lan.mau", PASSPHRASE) == LAN
    assert store.people.attempts("lan.mau").failures == 0


def test_a_clock_that_was_set_back_makes_nobody_wait_for_years(trust: TrustDesk, store: Store, clock: SetClock) -> None:
    for _ in range(3):
        refusal(lambda: trust.sign_in("lan.mau", WRONG))
    clock.time -= timedelta(days=400)
    assert refusal(lambda: trust.sign_in("lan.mau", WRONG)) == "people.wait"  # counted on, by the clock as it is now
    assert store.people.attempts("lan.mau").failures == 4
    clock.time += timedelta(seconds=61)
    assert trust.sign_in("lan.mau", PASSPHRASE) == LAN


def test_a_clock_that_was_set_back_unlocks_nobody_whom_somebody_else_could(trust: TrustDesk, clock: SetClock) -> None:
    lock_out(trust, clock, "lan.mau")
    clock.time -= timedelta(days=400)
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE)) == "people.locked_out"


def lock_out(trust: TrustDesk, clock: SetClock, person_id: str) -> None:
    for _ in range(LOCKED_AT):
        clock.time += timedelta(hours=2)
        refusal(lambda: trust.sign_in(person_id, WRONG))


def test_after_ten_mistakes_somebody_else_has_to_unlock(trust: TrustDesk, clock: SetClock) -> None:
    lock_out(trust, clock, "lan.mau")
    clock.time += timedelta(days=30)
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE)) == "people.locked_out"
    trust.sign_in("minh.mau", PASSPHRASE)
    trust.people.unlock("lan.mau", "minh.mau")
    assert trust.sign_in("lan.mau", PASSPHRASE) == LAN


def test_where_nobody_else_could_unlock_an_hour_has_to_be_waited(
    trust: TrustDesk, store: Store, clock: SetClock
) -> None:
    trust.attendance.enrol(take(store, 2, OFFICER))
    lock_out(trust, clock, OFFICER.id)
    assert refusal(lambda: trust.sign_in(OFFICER.id, PASSPHRASE)) == "people.wait"
    clock.time += timedelta(minutes=61)
    assert trust.sign_in(OFFICER.id, PASSPHRASE).id == OFFICER.id


def test_a_passphrase_that_was_given_out_is_replaced_at_the_first_sign_in(trust: TrustDesk, store: Store) -> None:
    trust.attendance.enrol(take(store, 2, replace(LAN, change_first=True), MINH, MAY))
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE)) == "people.change_first"
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE, PASSPHRASE)) == "people.same_passphrase"
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE, "12345678")) == "people.passphrase_easy"
    trust.sign_in("lan.mau", PASSPHRASE, "bảy con mèo vàng")
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE)) == "people.wrong"
    assert trust.sign_in("lan.mau", "bảy con mèo vàng").id == "lan.mau"


def test_a_new_passphrase_from_the_province_takes_the_place_of_ones_own(trust: TrustDesk, store: Store) -> None:
    trust.sign_in.change_passphrase("lan.mau", PASSPHRASE, "bảy con mèo vàng")
    renewed = replace(LAN, verifier=QUICK.verifier("tám con mèo xám", "lan.mau"))
    trust.attendance.enrol(take(store, 2, renewed, MINH, MAY))
    assert refusal(lambda: trust.sign_in("lan.mau", "bảy con mèo vàng")) == "people.wrong"
    assert trust.sign_in("lan.mau", "tám con mèo xám").id == "lan.mau"


def test_whose_time_is_over_does_not_sign_in(trust: TrustDesk, store: Store) -> None:
    trust.attendance.enrol(take(store, 2, replace(LAN, valid_to=NOW), MINH, MAY))
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE)) == "people.not_valid"
    assert "lan.mau" not in {one.id for one in trust.sign_in.offered()}


def test_after_the_end_of_the_list_only_it_staff_sign_in_and_only_to_bring_another(
    trust: TrustDesk, store: Store, clock: SetClock
) -> None:
    clock.time += timedelta(days=91)
    assert refusal(lambda: trust.sign_in("lan.mau", PASSPHRASE)) == "people.roster_expired"
    trust.sign_in("it.mau", PASSPHRASE)
    assert refusal(lambda: trust.permits.require(Deed.BACK_UP, "it.mau")) == "people.roster_expired"
    trust.people.take_file(canonical(by_province(2, days=180)), "it.mau")
    trust.permits.require(Deed.BACK_UP, "it.mau")
    assert trust.sign_in("lan.mau", PASSPHRASE) == LAN


def test_who_sat_there_at_the_end_of_the_list_finishes_their_dossier(trust: TrustDesk, clock: SetClock) -> None:
    trust.sign_in("lan.mau", PASSPHRASE)
    clock.time += timedelta(days=91)
    trust.permits.require(Deed.SEAL, "lan.mau")
    assert trust.attendance.officer == "lan.mau"


def test_two_people_extend_the_list_three_times_and_no_more(trust: TrustDesk, store: Store, clock: SetClock) -> None:
    clock.time += timedelta(days=91)
    for _ in range(3):
        trust.sign_in("it.mau", PASSPHRASE)
        assert refusal(lambda: trust.people.extend("it.mau", "minh.mau")) == "people.second_needed"
        second = trust.four_eyes.vouch(Deed.EXTEND_ROSTER, "minh.mau", PASSPHRASE)
        trust.people.extend("it.mau", second)
        assert trust.sign_in("lan.mau", PASSPHRASE) == LAN
        clock.time += timedelta(days=8)
    trust.sign_in("it.mau", PASSPHRASE)
    trust.four_eyes.vouch(Deed.EXTEND_ROSTER, "minh.mau", PASSPHRASE)
    assert refusal(lambda: trust.people.extend("it.mau", "minh.mau")) == "people.extended_enough"
    newest = store.people.roster()
    assert newest is not None
    assert newest.has_expired(clock.time)


def test_an_older_list_another_stations_and_an_unsigned_one_are_refused(trust: TrustDesk, store: Store) -> None:
    trust.attendance.enrol(take(store, 5))
    trust.sign_in("it.mau", PASSPHRASE)
    changed = {**by_province(6), "expires_at": "2036-01-01T00:00:00+07:00"}
    for document, code in (
        (by_province(4), "roster.older"),
        (by_province(5), "roster.older"),
        (by_province(6, station="T02"), "roster.other_station"),
        (changed, "roster.not_signed"),
        ({**by_province(6), "kind": "standing"}, "roster.not_signed"),
    ):
        content = canonical(document)
        assert refusal(lambda content=content: trust.people.take_file(content, "it.mau")) == code
    assert refusal(lambda: trust.people.take_file(b"\xff", "it.mau")) == "roster.malformed"
    assert trust.attendance.roster.version == 5


def test_a_second_person_vouches_once_for_one_deed_and_never_for_themselves(trust: TrustDesk) -> None:
    trust.sign_in("minh.mau", PASSPHRASE)
    require = trust.permits.require
    assert refusal(lambda: require(Deed.ERASE, "minh.mau")) == "people.second_needed"
    assert refusal(lambda: require(Deed.ERASE, "minh.mau", "minh.mau")) == "people.second_needed"
    assert refusal(lambda: trust.four_eyes.vouch(Deed.ERASE, "minh.mau", PASSPHRASE)) == "people.second_not_allowed"
    assert refusal(lambda: trust.four_eyes.vouch(Deed.ERASE, "it.mau", WRONG)) == "people.wrong"
    assert refusal(lambda: require(Deed.ERASE, "minh.mau", "it.mau")) == "people.second_needed"
    trust.four_eyes.vouch(Deed.EXPORT, "canbo.mau", PASSPHRASE)
    assert refusal(lambda: require(Deed.ERASE, "minh.mau", "canbo.mau")) == "people.second_needed"
    trust.four_eyes.vouch(Deed.ERASE, "it.mau", PASSPHRASE)
    require(Deed.ERASE, "minh.mau", "it.mau")
    assert refusal(lambda: require(Deed.ERASE, "minh.mau", "it.mau")) == "people.second_needed"


def test_what_was_vouched_for_goes_with_the_seat(trust: TrustDesk) -> None:
    trust.sign_in("minh.mau", PASSPHRASE)
    trust.four_eyes.vouch(Deed.ERASE, "it.mau", PASSPHRASE)
    trust.sign_in("canbo.mau", PASSPHRASE)
    assert refusal(lambda: trust.permits.require(Deed.ERASE, "canbo.mau", "it.mau")) == "people.second_needed"


def test_a_list_may_ask_for_four_eyes_more_often(trust: TrustDesk) -> None:
    stricter = replace(trust.attendance.roster, four_eyes=frozenset({"discard", "of_a_later_version"}))
    trust.sign_in("lan.mau", PASSPHRASE)
    trust.permits.require(Deed.DISCARD, "lan.mau")
    trust.attendance.enrol(stricter)
    assert refusal(lambda: trust.permits.require(Deed.DISCARD, "lan.mau")) == "people.second_needed"


@pytest.mark.parametrize("deed", Deed)
def test_each_deed_is_for_its_roles_and_for_nobody_else(trust: TrustDesk, deed: Deed) -> None:
    for role in Role:
        person = Person("mot.vai", "Người Một Vai Mẫu", frozenset({role}))
        trust.attendance.enrol(replace(people.roster(person, OFFICER), four_eyes=frozenset()))
        trust.attendance.sit(person)
        trust.attendance.vouch(OFFICER.id, deed.value)
        if role in POLICY[deed].roles:
            trust.permits.require(deed, "mot.vai", OFFICER.id)
        else:
            assert refusal(lambda: trust.permits.require(deed, "mot.vai", OFFICER.id)) == "people.not_allowed"


def test_a_station_that_stands_alone_changes_its_own_list(store: Store, clock: SetClock) -> None:
    trust = people.trust_desk(store, clock, people.Attendance())
    trust.enrol.stand_alone("T09", [(OFFICER, PASSPHRASE)])
    trust.sign_in(OFFICER.id, PASSPHRASE)
    trust.people.add(replace(LAN, verifier=""), "mật khẩu lần đầu", OFFICER.id)
    trust.people.add(replace(MINH, verifier=""), "mật khẩu lần đầu", OFFICER.id)
    assert refusal(lambda: trust.people.remove("lan.mau", OFFICER.id)) == "people.second_needed"
    assert refusal(lambda: trust.sign_in.prove("minh.mau", PASSPHRASE)) == "people.wrong"
    given, vouch = "mật khẩu lần đầu", trust.four_eyes.vouch
    assert refusal(lambda: vouch(Deed.CHANGE_PEOPLE, "minh.mau", given)) == "people.second_not_own"
    trust.sign_in("minh.mau", given, PASSPHRASE)
    trust.sign_in(OFFICER.id, PASSPHRASE)
    vouch(Deed.CHANGE_PEOPLE, "minh.mau", PASSPHRASE)
    roster = trust.people.remove("lan.mau", OFFICER.id, "minh.mau")
    assert (roster.version, {one.id for one in roster.people}) == (4, {OFFICER.id, "minh.mau"})
    kept = store.people.roster()
    assert kept == roster  # its signature was checked when it was read
    vouch(Deed.CHANGE_PEOPLE, "minh.mau", PASSPHRASE)
    assert refusal(lambda: trust.people.remove(OFFICER.id, OFFICER.id, "minh.mau")) == "people.last_one"
