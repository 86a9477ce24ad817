"""The station as it is joined: what may fail without closing the counter."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station, build, open_keys
from station.dossier.delivery import Delivery, Progress
from station.errors import StoreError
from station.language import Language
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import KeyRing, Keys

WAITING = Progress("d", Delivery.WAITING, 0, 1)


def built(folder: Path, settings: Settings) -> Station:
    return build(DataFolder(folder), settings, Keys.derived_from(secrets.token_bytes(32)), Language.load())


def test_the_counter_opens_though_the_hub_is_set_up_wrongly_and_says_why_nothing_is_sent(tmp_path: Path) -> None:
    station = built(tmp_path, Settings(hub_url="htp://hub", hub_token="t"))
    try:
        station.start()
        assert station.hub_trouble is not None
        assert station.hub_trouble.code == "hub.bad_address"
        assert station.desk.open_dossier("1.001193", "officer").id
        assert station.desk.connection.seen(WAITING) == replace(WAITING, reason="hub.bad_address")
    finally:
        station.close()


def test_a_station_that_was_never_paired_is_no_trouble(tmp_path: Path) -> None:
    station = built(tmp_path, Settings())
    try:
        assert station.hub_trouble is None
        assert station.desk.connection.seen(WAITING) == WAITING
    finally:
        station.close()


def test_the_first_start_wants_a_passphrase_so_that_a_backup_opens_on_another_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")  # the keyring of whoever tests
    folder = DataFolder(tmp_path)
    with pytest.raises(StoreError, match=r"keys\.no_slot"):
        open_keys(folder)
    assert not folder.keys.exists()
    made = open_keys(folder, "mật khẩu của trạm")
    assert KeyRing.has_passphrase(folder.keys)
    assert open_keys(folder, "mật khẩu của trạm") == made
