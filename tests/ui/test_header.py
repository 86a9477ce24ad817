"""The line above every step on a small screen: whoever sits there and whatever the letters, every deed can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.language import Language
from station.ui import theme
from station.ui.appearance import Appearance, Mode
from station.ui.counter.header import Header
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from station.ui.widgets.giving_row import Room
from tests.people import LAN, OFFICER
from tests.ui.conftest import Counter
from tests.ui.desk import KINDS
from tests.ui.test_pseudo_translation import clipped

LONG = replace(OFFICER, name="Công Tằng Tôn Nữ Thị Huyền Trân Bảo Ngọc Mẫu")
CTRL = Qt.KeyboardModifier.ControlModifier
SCALES = (90, 100, 120, 140)


@pytest.fixture
def letters(dressed: QApplication) -> Iterator[QApplication]:
    yield dressed
    theme.apply(dressed)


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_every_deed_has_room_beside_a_long_name_at_every_size_of_letters(
    counter: Counter, qtbot: QtBot, letters: QApplication, tongue: str
) -> None:
    counter.session.desk.trust.attendance.sit(LONG)
    counter.identified(name=LONG.name)
    language = Language.load(tongue).with_sentences(KINDS.sentences(tongue))
    header = CounterWindow(Session(counter.session.desk, language, counter.session.tasks))
    qtbot.addWidget(header)
    header.resize(1366, 768)
    header.show()
    found = {}
    for scale in SCALES:
        theme.apply(letters, Appearance(Mode.LIGHT, scale))
        qtbot.wait(50)
        found[scale] = [*clipped(header.header), *outside(header.header)]
        assert header.width() == 1366
    assert not {scale: words for scale, words in found.items() if words}


def outside(header: Header) -> list[str]:
    """What stands on something else, or beyond the edge."""
    deeds = (header.undo, header.park, header.hand_over)
    parts = [header.person, *deeds, header.offline, header.clock]
    lefts = [part.mapTo(header, part.rect().topLeft()).x() for part in parts]
    rights = [left + part.width() for left, part in zip(lefts, parts, strict=True)]
    return [str(place) for place, left in enumerate([*lefts[1:], header.width()], 1) if left < rights[place - 1]]


def test_deeds_give_up_their_keys_first_and_then_their_words_but_never_their_names(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    deeds, park = window.header.deeds, window.header.park
    shown = []
    for width in (900, 420, 200):
        deeds.fit(width)
        shown.append((deeds.shows, park.text()))
        assert park.accessibleName() == "Tạm gác"
        assert (park.toolTip() == "Tạm gác (Ctrl+W)") is (deeds.shows is not Room.KEYS)
    assert shown == [(Room.KEYS, "Tạm gác (Ctrl+W)"), (Room.WORDS, "Tạm gác"), (Room.SIGNS, "")]
    assert not park.icon().isNull()


def test_the_end_of_a_name_too_long_is_kept_and_the_whole_stands_in_the_tool_tip(
    counter: Counter, window: CounterWindow
) -> None:
    for person in (LAN, LONG):
        counter.session.desk.trust.attendance.sit(person)
        counter.session.seat_taken()
        assert window.header.officer.toolTip().startswith(person.name)
        assert window.header.officer.text() == person.name


def test_the_switch_takes_the_station_off_the_network_and_back(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    assert not counter.connection.online
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL)
    assert counter.connection.online
