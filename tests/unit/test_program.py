"""What the log, or who drives the program, is told about a start without anybody having looked at the screen."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from PySide6.QtWidgets import QApplication

from station.app import Station
from station.dossier.people import Credential, Person, Role
from station.errors import RuleError
from station.factors import security_key
from station.paths import DataFolder
from station.program import run
from station.settings import Settings
from station.ui.screens import Screens
from station.ui.session import Session


@pytest.fixture(autouse=True)
def _own_log(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")  # the keyring of whoever tests
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in [new for new in root.handlers if new not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def said_in_the_log(folder: Path) -> str:
    return (folder / "logs" / "station.log").read_text(encoding="utf-8")


def gets_an_error_told(_station: Station, session: Session, _screens: Screens) -> int:
    session.failed.emit(RuleError("dossier.not_open"))
    return 0


def test_a_day_begins_and_ends_in_the_log_and_what_the_officer_was_told_stands_between(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('station = "T07"', encoding="utf-8")
    assert run(DataFolder(tmp_path), passphrase="mật khẩu của trạm", drive=gets_an_error_told) == 0
    opened, told, closed = (line for line in said_in_the_log(tmp_path).splitlines() if " station.program: " in line)
    assert "opened: station T07, version " in opened
    assert told.endswith("told: dossier.not_open")
    assert closed.endswith("closed")


def test_what_stays_open_all_day_is_not_searched_for_garbage_while_the_officer_works(tmp_path: Path) -> None:
    def spared(_station: Station, _session: Session, _screens: Screens) -> int:
        return gc.get_freeze_count()

    (tmp_path / "settings.toml").write_text('station = "T07"', encoding="utf-8")
    assert run(DataFolder(tmp_path), passphrase="mật khẩu của trạm", drive=spared) > len(gc.get_objects()) // 2
    gc.unfreeze()


def test_settings_that_keep_the_counter_closed_stand_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("nonsense = 1", encoding="utf-8")
    assert run(DataFolder(tmp_path), drive=gets_an_error_told) == 1
    assert "not opened: resource.unknown_key (file=settings.toml, line=1, place=nonsense, " in said_in_the_log(tmp_path)


DRIVEN_BY_A_BUG = """
import sys
from pathlib import Path
from station.paths import DataFolder
from station.program import run

def drive(station, session, screens):
    raise ZeroDivisionError("somebody's slip")

sys.exit(run(DataFolder(Path(sys.argv[1])), passphrase="mật khẩu của trạm", drive=drive))
"""


def test_a_bug_in_a_driven_run_is_seen_with_its_trace_by_who_started_it(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", DRIVEN_BY_A_BUG, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ended.returncode == 1
    assert "in drive\n" in ended.stderr
    assert ended.stderr.endswith("ZeroDivisionError: somebody's slip\n")


def test_a_bug_before_there_is_a_screen_reaches_who_drives(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="language"):
        run(DataFolder(tmp_path), cast(Settings, "no settings"), drive=gets_an_error_told)


def test_whoever_carries_a_security_key_is_asked_for_it_at_a_screen_and_not_before_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(security_key.SecurityKeys, "prove", lambda _keys, person: asked.append(person.id))
    public = cbor.encode(dict(ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())))
    carries = Person("lan.mau", "Lan Mẫu", frozenset(Role), credentials=(Credential(b"x" * 16, public),))
    settings, passphrase = Settings(officer="canbo.mau"), "mật khẩu của trạm"
    folder = DataFolder(tmp_path)
    assert run(folder, settings, passphrase=passphrase, colleagues=(carries,), drive=lambda *_: 0) == 0

    def at_the_lock(station: Station, session: Session, screens: Screens) -> int:
        assert (session.locked, station.desk.officer, asked) == (True, "", [])
        assert screens.counter.lock_page.isVisible()
        return 0

    assert run(folder, replace(settings, officer="lan.mau"), passphrase=passphrase, drive=at_the_lock) == 0
