"""Every key is told once on the map of keys, and none means two things."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.language import Language
from station.ui.counter.progress import STEPS
from station.ui.counter.window import CounterWindow
from station.ui.widgets.buttons import PAGE_KEYS
from station.ui.widgets.keys import printed
from tests.ui.conftest import Counter

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_key_map_holds_every_key_that_a_button_or_a_shortcut_has(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.identified()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.key_map.isVisible()
    told = {title: {key.keys: key.does for key in keys} for title, keys in window.key_map.groups}
    everywhere = told[language("keys.anywhere")]
    assert everywhere["Ctrl+W"] == language("aside.park")
    assert everywhere["Ctrl+Z"] == language("undo.undo")
    assert everywhere["Ctrl+F"] == language("keys.find")
    assert told[language("step.seal")]["F10"] == language("seal.seal")
    assert told[language("step.scan")]["F5"] == language("counter.scan.scan")
    for shortcut in window.findChildren(QShortcut):
        place = shortcut.parent()
        assert isinstance(place, QWidget)
        one_widget = shortcut.context() is Qt.ShortcutContext.WidgetShortcut  # another key for a button that has one
        if one_widget or place is window.aside or window.aside.isAncestorOf(place):
            continue
        keys = printed(shortcut.key().toString())
        assert any(keys in group for group in told.values()), f"{keys} of {place.objectName() or place} is in no list"
    qtbot.keyClick(window.key_map, Qt.Key.Key_Escape)
    assert not window.key_map.isVisible()
    assert window.current == "home"


def test_the_key_map_tells_every_key_of_a_place_once(
    window: CounterWindow, counter: Counter, language: Language
) -> None:
    counter.identified()
    (_, everywhere), *places = window.key_groups()
    for title, keys in [("", everywhere), *places]:
        told = [key.keys for key in keys if key.keys not in PAGE_KEYS]  # those depend on what has the keyboard
        assert {key for key in told if told.count(key) > 1} == set(), title
    assert [(title, key) for title, keys in places for key in keys if key in everywhere] == []
    below = {key.keys: key.does for key in dict(places)[language("checklist.title")]}
    yes = f"{language('checklist.question.heading')}: {language('checklist.question.yes')}"
    assert below[f"Alt+{language('checklist.question.key_yes')}"] == yes


@pytest.mark.parametrize("step", ["home", *STEPS])
def test_no_key_that_can_be_pressed_means_two_things(window: CounterWindow, counter: Counter, step: str) -> None:
    counter.identified()
    window.go_to(step)
    keys = [one.key().toString() for one in window.findChildren(QShortcut) if is_visible(one)]
    assert {key for key in keys if keys.count(key) > 1} == set()
    assert {"F1", "Ctrl+W", "Ctrl+Z", "Ctrl+N"} <= set(keys)


def is_visible(shortcut: QShortcut) -> bool:
    place = shortcut.parent()
    anywhere = shortcut.context() is Qt.ShortcutContext.WindowShortcut
    return anywhere and isinstance(place, QWidget) and place.isVisible()


def test_who_leaves_the_key_map_goes_on_in_the_page_above_the_step(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    before = window.focusWidget()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.keyClick(window.key_map, Qt.Key.Key_Escape)
    assert window.focusWidget() is before
    assert window.province_in_front
