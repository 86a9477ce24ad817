"""Entering a passphrase before there is a window, with real keys."""

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


def entering(language: Language, tasks: Tasks, qtbot: QtBot, file: Path, *people: str) -> UnlockDialog[Keys]:
    dialog = UnlockDialog(language, tasks, lambda who, typed: KeyRing.open(file, typed, who or None), people)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_passphrase_opens_the_keys_and_another_does_not(
    language: Language, tasks: Tasks, qtbot: QtBot, file: Path
) -> None:
    made = KeyRing.create(file, RIGHT, use_keyring=False)
    entered = entering(language, tasks, qtbot, file)
    assert not entered.who.isVisible()
    type_into(entered.passphrase, "sáu con mèo đen")
    qtbot.keyClick(entered.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(entered.trouble.isVisible)
    assert language("error.keys.wrong_passphrase.say") in entered.trouble.text()
    assert entered.opened is None
    entered.passphrase.clear()
    type_into(entered.passphrase, RIGHT)
    qtbot.keyClick(entered.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entered.opened is not None)
    assert entered.opened == made


def test_everybody_opens_with_a_passphrase_of_their_own(
    language: Language, tasks: Tasks, qtbot: QtBot, file: Path
) -> None:
    made = KeyRing.create(file, RIGHT, use_keyring=False, officer_id="canbo.mau")
    KeyRing.set_officer(file, "lan.mau", "bảy con mèo trắng", made)
    dialog = entering(language, tasks, qtbot, file, "canbo.mau", "lan.mau")
    dialog.who.setCurrentText("lan.mau")
    type_into(dialog.passphrase, RIGHT)
    dialog.go.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    dialog.passphrase.clear()
    type_into(dialog.passphrase, "bảy con mèo trắng")
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.opened == made)


def test_what_is_typed_at_once_goes_into_the_passphrase_and_picks_no_other_name(
    language: Language, tasks: Tasks, qtbot: QtBot, file: Path
) -> None:
    dialog = entering(language, tasks, qtbot, file, "canbo.mau", "lan.mau")
    qtbot.waitUntil(dialog.isActiveWindow)
    focused = dialog.focusWidget()
    assert focused is dialog.passphrase
    type_into(focused, "lan")
    assert (dialog.who.currentText(), dialog.passphrase.text()) == ("canbo.mau", "lan")


def test_the_passphrase_is_hidden_until_it_is_asked_for(
    language: Language, tasks: Tasks, qtbot: QtBot, file: Path
) -> None:
    dialog = entering(language, tasks, qtbot, file)
    assert dialog.passphrase.echoMode() is QLineEdit.EchoMode.Password
    dialog.shown.click()
    assert dialog.passphrase.echoMode() is QLineEdit.EchoMode.Normal


def test_after_a_bug_it_can_be_tried_again_or_given_up(language: Language, tasks: Tasks, qtbot: QtBot) -> None:
    dialog = UnlockDialog(language, tasks, lambda _who, _typed: 1 // 0)
    qtbot.addWidget(dialog)
    dialog.show()
    type_into(dialog.passphrase, RIGHT)
    with qtbot.captureExceptions() as reported:
        dialog.go.click()
        qtbot.waitUntil(lambda: bool(reported))
    assert dialog.trouble.text() == language("counter.unlock.broken")
    assert dialog.go.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_escape_gives_up(language: Language, tasks: Tasks, qtbot: QtBot, file: Path) -> None:
    dialog = entering(language, tasks, qtbot, file)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.opened is None
