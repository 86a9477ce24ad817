"""A hand-held scanner types a whole card within a moment; an officer types as people do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.reading import Source
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter

CARD = "079085023456|023456789|Trần Văn Ẩn|31121985|Nam|Tổ 3, Tân Phú, Thành phố Hồ Chí Minh|25042021"
CLOCK = [1_000_000]
"""Milliseconds of the keyboard's own clock; it goes on from test to test."""


def send(text: str, every: int, *, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Type into whatever has the keyboard, one key `every` so many milliseconds."""
    keys = [(Qt.Key.Key_unknown, letter) for letter in text]
    for key, letter in [*keys, *([(end, "\r")] if end else [])]:
        CLOCK[0] += every
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(CLOCK[0])
            QCoreApplication.sendEvent(focus, event)


def identifying(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    counter.open()
    window.go_to("identify")
    qtbot.waitUntil(window.identify.form.id_number.hasFocus)
    CLOCK[0] += 10_000


def test_a_scanned_card_identifies_the_citizen(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    identifying(counter, window, qtbot)
    send(CARD, every=3)
    qtbot.waitUntil(lambda: bool(counter.session.dossier and counter.session.dossier.person_name))
    dossier = counter.session.dossier
    assert dossier is not None
    assert dossier.person_name == "Trần Văn Ẩn"
    assert dossier.entries_of(None)[0].source is Source.QR
    assert window.current == "identify"


def test_a_scanner_that_sends_no_enter_is_heard_too(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    identifying(counter, window, qtbot)
    send(CARD, every=3, end=None)
    qtbot.waitUntil(lambda: bool(counter.session.dossier and counter.session.dossier.person_name))


def test_damaged_letters_leave_number_and_birth_in_the_fields(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    identifying(counter, window, qtbot)
    send(CARD.encode("ascii", "replace").decode(), every=3)
    form = window.identify.form
    qtbot.waitUntil(lambda: form.id_number.text() == "079085023456")
    assert form.birth_date.text() == "31/12/1985"
    assert form.full_name.text() == ""
    assert form.full_name.hasFocus()
    assert form.dirty
    assert window.messages.isVisible()
    assert counter.session.dossier is not None
    assert counter.session.dossier.person_name is None


def test_an_officer_who_types_is_not_taken_for_a_scanner(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    identifying(counter, window, qtbot)
    send("079085023456", every=60, end=None)
    assert window.identify.form.id_number.text() == "079085023456"


def test_what_is_scanned_in_another_step_is_typed_there(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    identifying(counter, window, qtbot)
    window.go_to("home")
    window.home.focus_search()
    send("TAM.T01-261120-0001", every=3, end=None)
    assert window.home.search.text() == "TAM.T01-261120-0001"
