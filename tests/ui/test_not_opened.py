"""A counter that cannot be opened says why, in a dialog, whatever it is that keeps it closed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from station.language import Language
from station.paths import DataFolder
from station.program import run
from station.settings import Settings


@pytest.fixture
def told(dressed: QApplication) -> Iterator[list[str]]:
    """What the dialogs said; each is put away."""
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.accept()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    before = list(logging.getLogger().handlers)
    yield said
    timer.stop()
    for handler in [new for new in logging.getLogger().handlers if new not in before]:
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.mark.parametrize("written", ["nonsense = 1", "language = ", 'language = "xx"'])
def test_wrong_settings_are_told_in_a_dialog(written: str, told: list[str], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(written, encoding="utf-8")
    assert run(DataFolder(tmp_path)) == 1
    assert len(told) == 1


def test_settings_that_are_no_file_are_told_in_a_dialog(told: list[str], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    assert run(DataFolder(tmp_path)) == 1
    assert len(told) == 1


def test_a_folder_that_cannot_be_made_is_told_in_a_dialog(told: list[str], tmp_path: Path, language: Language) -> None:
    (tmp_path / "file").touch()
    assert run(DataFolder(tmp_path / "file" / "station"), Settings()) == 1
    assert told == [language("error.store.disk_failed.say", reason="ENOTDIR")]
