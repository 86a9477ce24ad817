"""The stick's two buttons on «Gửi về tỉnh»: what is said while a stick is at work, and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from station.dossier.courier import Taken, Written
from station.errors import InputError
from station.language import Language
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter

Key = Qt.Key


class Stick:
    """A way to the hub that does as it is told."""

    def __init__(self) -> None:
        self.places: list[Path] = []
        self.fails = ""

    def write(self, folder: Path, *, whole: bool = False) -> Written:
        self.places.append(folder)
        if self.fails:
            raise InputError(self.fails)
        return Written(("T01-1.tsc",), 2, 5, 4_000)

    def take(self, file: Path) -> Taken:
        self.places.append(file)
        return Taken(received=2, changes=1)

    def learn_key(self, file: Path) -> None:
        raise NotImplementedError


@pytest.fixture
def stick(counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stick:
    stick = Stick()
    monkeypatch.setattr(counter.session.desk.courier, "_courier", stick)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_told, **_more: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told, **_more: (str(tmp_path / "a.tsa"), ""))
    return stick


def test_what_waits_is_written_and_the_answer_taken_by_keyboard_alone(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, stick: Stick, tmp_path: Path
) -> None:
    counter.session.show(None)
    qtbot.keyClick(window, Key.Key_F4)
    row = window.province.waiting.courier
    qtbot.waitUntil(row.isVisible)
    qtbot.keyClick(window, Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "T01-1.tsc" in row.told.text())
    assert row.write.isEnabled()
    qtbot.keyClick(window, Key.Key_N, Qt.KeyboardModifier.AltModifier)
    taken = language("courier.taken", received=2, refused=0, waiting=0, changes=1)
    qtbot.waitUntil(lambda: row.told.text() == taken)
    assert stick.places == [tmp_path, tmp_path / "a.tsa"]
    lines = counter.store.audit.entries(limit=2)
    assert [line.deed for line in lines] == ["take_answer", "write_parcel"]


def test_a_stick_that_was_pulled_out_is_told_and_can_be_written_again(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, stick: Stick
) -> None:
    counter.session.show(None)
    qtbot.keyClick(window, Key.Key_F4)
    row = window.province.waiting.courier
    qtbot.waitUntil(row.isVisible)
    stick.fails = "courier.stick_gone"
    with qtbot.waitSignal(counter.session.failed) as failed:
        row.write.click()
    assert failed.args is not None
    assert failed.args[0].code == "courier.stick_gone"
    assert row.write.isEnabled()
    assert list(counter.store.audit.entries(limit=1)) == []
