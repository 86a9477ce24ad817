"""The line below every step says in words what the machine is busy with."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station.dossier.capture import CapturedImage
from station.language import Language
from station.ui.counter import status_line
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.fakes import picture


def test_the_status_says_in_words_what_is_being_waited_for(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.reader.hold = True
    desk, dossier = counter.session.desk, counter.identified()
    for text in ("một", "hai"):
        desk.scan_pages._add_page(dossier.id, CapturedImage(picture(text), "image/png", "scanner"), desk.officer)
    counter.session.show(counter.store.dossiers.get(dossier.id))
    assert window.status.busy.text() == language("busy.reading", page=1, pages=2)
    window.go_to("scan")
    qtbot.waitUntil(lambda: window.status.scanner.text() == language("busy.scanner", name="Máy quét mẫu"))
    window.status._on_free_space(500_000_000)
    assert window.status.disk.text() == language("busy.disk", megabytes=500)
    assert window.status.disk.isVisible()
    counter.reader.let_go()


def test_a_deed_that_takes_long_is_told_with_its_seconds(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    monkeypatch.setattr(status_line, "SLOW", 0.0)
    counter.session.tasks.write(lambda: release.wait(5), lambda _: None, counter.session.failed.emit)
    window.status._show_busy()
    assert window.status.busy.text() == language("busy.writing", seconds=0)
    release.set()
    qtbot.waitUntil(lambda: counter.session.tasks.writing_for == 0)
    window.status._show_busy()
    assert window.status.busy.text() == ""


class Painted(QObject):
    """Every frame of a button: how wide it was, and how wide what it says."""

    def __init__(self, watched: QPushButton) -> None:
        super().__init__(watched)
        self._watched = watched
        self.frames: list[tuple[str, int, int]] = []
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            one = self._watched
            self.frames.append((one.text(), one.width(), one.sizeHint().width()))
        return False


def test_words_that_grow_are_never_painted_where_there_is_no_room_for_them(window: CounterWindow, qtbot: QtBot) -> None:
    watch, badge = window.outlook, window.status.province
    qtbot.waitUntil(lambda: watch.seen is not None)
    assert watch.seen is not None
    painted = Painted(badge.line)
    for waiting in (3, 3000, 0, 40):
        badge.show_outlook(replace(watch.seen, waiting=waiting))
        told = badge.line.text()
        qtbot.waitUntil(lambda told=told: told in {text for text, _, _ in painted.frames})
    assert [frame for frame in painted.frames if frame[1] < frame[2]] == []
