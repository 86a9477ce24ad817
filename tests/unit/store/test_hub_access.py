"""What the hub knows the station by: a pair in use, one before, one to come; kept over a restart and a migration."""

from __future__ import annotations

from pathlib import Path

import pytest

from station.dossier.hub_identity import HubIdentity
from station.paths import DataFolder
from station.store import migrations
from station.store.database import Database
from station.store.keys import Keys
from station.store.keys.hub_access import HubAccess
from station.store.store import Store
from station.store.versions import VERSIONS

from .conftest import NOON

HUB, ENROLLED = b"the hub's key", "token-of-enrolment"


def test_the_first_pair_is_known_by_the_token_of_the_enrolment_and_the_next_lies_ready(store: Store) -> None:
    held = store.hub_access.identities(ENROLLED)
    assert held.current == HubIdentity(ENROLLED, store.hub_access.request_seed())
    assert held.former is None
    assert held.following.token != ENROLLED
    assert len(held.following.token) > 40
    assert store.hub_access.identities(ENROLLED) == held
    assert not store.hub_access.is_told(HUB, ENROLLED)
    store.hub_access.told(HUB, ENROLLED)
    assert store.hub_access.is_told(HUB, ENROLLED)
    assert store.hub_access.changed_at() == NOON
    assert not store.hub_access.is_told(b"another hub", ENROLLED)


def test_the_next_takes_the_place_of_the_one_in_use_and_another_lies_ready(store: Store, folder: DataFolder) -> None:
    access = store.hub_access
    first = access.identities(ENROLLED)
    access.want_change()
    assert access.change_wanted()
    assert access.identities(ENROLLED) == first, "nothing moves before the hub has answered"
    access.took(HUB, ENROLLED, HubIdentity("of nobody", b"x" * 32))
    assert access.identities(ENROLLED) == first
    access.took(HUB, ENROLLED, first.following)
    second = access.identities(ENROLLED)
    assert (second.former, second.current) == (first.current, first.following)
    assert second.following not in (*first.every, second.current)
    assert not access.change_wanted()
    assert access.is_told(HUB, ENROLLED)


def test_who_asks_for_a_change_gets_what_no_copy_has_and_one_that_has_begun_goes_on(store: Store) -> None:
    ready = store.hub_access.identities(ENROLLED).following
    store.hub_access.want_change(fresh=True)
    made = store.hub_access.identities(ENROLLED).following
    assert made.token != ready.token
    assert made.seed != ready.seed
    store.hub_access.want_change(fresh=True)
    assert store.hub_access.identities(ENROLLED).following == made


def test_another_token_in_the_settings_begins_anew_with_the_same_key(store: Store) -> None:
    access = store.hub_access
    access.took(HUB, ENROLLED, access.identities(ENROLLED).following)
    seed = access.identities(ENROLLED).current.seed
    assert access.identities("another enrolment").current == HubIdentity("another enrolment", seed)
    assert not access.is_told(HUB, "another enrolment")


def test_neither_token_nor_key_is_ever_shown(store: Store) -> None:
    held = store.hub_access.identities(ENROLLED)
    assert ENROLLED not in repr(held)
    assert held.following.token not in repr(held)


@pytest.mark.parametrize("rotating", [False, True])
def test_a_station_from_before_keeps_its_key_and_a_change_that_was_under_way(tmp_path: Path, rotating: bool) -> None:
    database = Database(tmp_path / "old.db", Keys.derived_from(b"k" * 32).database)
    migrations.bring_forward(database, VERSIONS[:6])
    with database.writing() as connection:
        rows = [("current", b"c" * 32, HUB), *([("next", b"n" * 32, None)] if rotating else [])]
        for row in rows:
            connection.exec_driver_sql("INSERT INTO request_key (place, seed, told_to) VALUES (?, ?, ?)", row)
    migrations.bring_forward(database, VERSIONS)
    access = HubAccess(database, lambda: NOON)
    held = access.identities(ENROLLED)
    assert held.current == HubIdentity(ENROLLED, b"c" * 32)
    assert access.is_told(HUB, ENROLLED)
    assert access.changed_at() is not None
    assert access.change_wanted() is rotating
    assert (held.following.seed == b"n" * 32) is rotating
    assert len(held.following.token) > 40
    database.close()
