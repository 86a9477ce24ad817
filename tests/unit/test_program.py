"""What the log tells IT staff about a start, without anybody having looked at the screen."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from station.app import Station
from station.errors import RuleError
from station.paths import DataFolder
from station.program import run
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


def test_settings_that_keep_the_counter_closed_stand_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("nonsense = 1", encoding="utf-8")
    assert run(DataFolder(tmp_path), drive=gets_an_error_told) == 1
    assert "not opened: resource.unknown_key (file=settings.toml, line=1, place=nonsense, " in said_in_the_log(tmp_path)
