"""Choosing and entering the station's passphrase, with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station.language import Language
from station.store.keys import KeyRing, Keys
from station.ui.tasks import Tasks
from station.ui.unlock import UnlockDialog
from tests.ui.keyboard import type_into

RIGHT = "năm con mèo đen"


@pytest.fixture
def tasks(dressed: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def creating(language: Language, tasks: Tasks, qtbot: QtBot, file: Path) -> UnlockDialog[Keys]:
    dialog = UnlockDialog(language, tasks, lambda typed: KeyRing.create(file, typed, use_keyring=False), create=True)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_chosen_passphrase_opens_the_keys_again(language: Language, tasks: Tasks, qtbot: QtBot, file: Path) -> None:
    chosen = creating(language, tasks, qtbot, file)
    type_into(chosen.passphrase, RIGHT)
    type_into(chosen.again, RIGHT)
    chosen.go.click()
    qtbot.waitUntil(lambda: chosen.opened is not None)
    entered = UnlockDialog(language, tasks, lambda typed: KeyRing.open(file, typed))
    qtbot.addWidget(entered)
    entered.show()
    type_into(entered.passphrase, "sáu con mèo đen")
    qtbot.keyClick(entered.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(entered.trouble.isVisible)
    assert language("error.keys.wrong_passphrase.say") in entered.trouble.text()
    assert entered.opened is None
    entered.passphrase.clear()
    type_into(entered.passphrase, RIGHT)
    qtbot.keyClick(entered.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entered.opened is not None)
    assert entered.opened == chosen.opened


def test_two_different_entries_make_no_keys(language: Language, tasks: Tasks, qtbot: QtBot, file: Path) -> None:
    dialog = creating(language, tasks, qtbot, file)
    type_into(dialog.passphrase, RIGHT)
    type_into(dialog.again, "nam con meo den")
    dialog.go.click()
    assert dialog.trouble.text() == language("counter.unlock.differ")
    assert not file.exists()


def test_a_short_passphrase_is_told_and_can_be_mended(
    language: Language, tasks: Tasks, qtbot: QtBot, file: Path
) -> None:
    dialog = creating(language, tasks, qtbot, file)
    type_into(dialog.passphrase, "mèo")
    type_into(dialog.again, "mèo")
    dialog.go.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert language("error.keys.passphrase_short.say", least=8) in dialog.trouble.text()
    assert dialog.go.isEnabled()
    assert not file.exists()


def test_the_passphrase_is_hidden_until_it_is_asked_for(
    language: Language, tasks: Tasks, qtbot: QtBot, file: Path
) -> None:
    dialog = creating(language, tasks, qtbot, file)
    assert dialog.passphrase.echoMode() is QLineEdit.EchoMode.Password
    dialog.shown.click()
    assert dialog.passphrase.echoMode() is QLineEdit.EchoMode.Normal


def test_escape_gives_up(language: Language, tasks: Tasks, qtbot: QtBot, file: Path) -> None:
    dialog = creating(language, tasks, qtbot, file)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.opened is None
