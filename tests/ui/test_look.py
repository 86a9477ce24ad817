"""Keys change how the window looks, at once and for the next start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from station.language import Language
from station.ui import theme
from station.ui.appearance import Appearance, Mode
from station.ui.look import Look
from station.ui.widgets.icon_label import IconLabel

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def look(dressed: QApplication, tmp_path: Path) -> Iterator[Look]:
    yield Look(dressed, tmp_path / "appearance.json")
    theme.apply(dressed)


@pytest.fixture
def window(look: Look, qtbot: QtBot, language: Language) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    look.answer_to(made, language)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def test_one_key_goes_from_light_to_dark_and_back(look: Look, window: QWidget, tmp_path: Path) -> None:
    light = window.palette().window().color()
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL_ALT)
    assert theme.current_mode() is Mode.DARK
    assert window.palette().window().color().lightness() < light.lightness()
    assert Appearance.load(tmp_path / "appearance.json").mode is Mode.DARK
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL_ALT)
    assert window.palette().window().color() == light


def test_letters_become_larger_and_the_usual_size_again(look: Look, window: QWidget) -> None:
    words = QLabel("Hồ sơ", window)
    words.ensurePolished()
    usual = words.fontMetrics().height()
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_Equal, CONTROL_ALT)
    assert words.fontMetrics().height() > usual
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL_ALT)
    assert words.fontMetrics().height() == usual


def test_an_icon_that_stands_on_the_screen_changes_with_it(look: Look, window: QWidget) -> None:
    icon = IconLabel("mark-error", 32, window)
    icon.show()
    before = icon.pixmap().toImage()
    look.switch_mode()
    assert icon.pixmap().toImage() != before
