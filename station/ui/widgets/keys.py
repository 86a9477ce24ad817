"""Keys that do something without a button, and all keys of a place: what the key map is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

KEYS, DOES = "keys", "does"
"""Properties of a widget: the keys that it answers to by itself, and in words what they do."""


@dataclass(frozen=True, slots=True)
class Key:
    """`keys` as printed on the keyboard, `does` in the officer's language."""

    keys: str
    does: str


def act(place: QWidget, keys: str, does: str, deed: Callable[[], object]) -> QShortcut:
    """Do this when the keys are pressed anywhere in the window that `place` is in, while it can be seen."""
    shortcut = QShortcut(QKeySequence(keys), place)
    shortcut.setWhatsThis(does)
    shortcut.activated.connect(lambda: deed())  # noqa: PLW0108 -- nothing is passed on
    return shortcut


def tell_keys(widget: QWidget, keys: str, does: str) -> None:
    """Say of a widget which keys it listens to by itself."""
    widget.setProperty(KEYS, keys)
    widget.setProperty(DOES, does)


def keys_in(place: QWidget, without: frozenset[QWidget] = frozenset()) -> list[Key]:
    """Every key that does something in a place, in the order of its widgets; not those inside `without`."""
    found: dict[Key, None] = {}
    for widget in _widgets(place, without):
        keys, does = widget.property(KEYS), widget.property(DOES)
        if isinstance(widget, QAbstractButton):
            does = does or widget.accessibleName()
        if keys and does:
            found[Key(printed(keys), does)] = None
        for shortcut in widget.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if does := shortcut.whatsThis():
                found[Key(printed(shortcut.key().toString()), does)] = None
    return list(found)


def key_groups(
    window: QWidget, places: Sequence[tuple[str, QWidget]], silent: Sequence[QWidget], anywhere: str
) -> list[tuple[str, list[Key]]]:
    """The keys of each place by its title, after those that work `anywhere`; places may lie inside one another.

    `silent` are places whose keys are told by themselves.
    """
    parts = frozenset(widget for _title, widget in places)
    everywhere = keys_in(window, parts | frozenset(silent))
    told = [
        (title, [key for key in keys_in(place, parts - {place}) if key not in everywhere]) for title, place in places
    ]
    return [(anywhere, everywhere), *((title, keys) for title, keys in told if keys)]


def printed(keys: str) -> str:
    """As the keys are marked: «Enter» and «Delete» for what Qt calls Return and Del."""
    return re.sub(r"\bDel\b", "Delete", keys.replace("Return", "Enter"))


def _widgets(place: QWidget, without: frozenset[QWidget]) -> Iterator[QWidget]:
    yield place
    for child in place.children():
        if isinstance(child, QWidget) and child not in without:
            yield from _widgets(child, without)
