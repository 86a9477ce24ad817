"""What a person is told when something went wrong, expected or not."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from station.errors import DeviceError
from station.language import Language
from station.ui.crash_dialog import CrashDialog, CrashReporter
from station.ui.messages import MessageBar, error_text


@pytest.fixture
def bar(dressed: QApplication, qtbot: QtBot, language: Language) -> MessageBar:
    made = MessageBar(language)
    qtbot.addWidget(made)
    return made


def dialogs() -> list[CrashDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog)]


def test_an_error_without_words_is_told_by_its_code(
    bar: MessageBar, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    bar.show_error(DeviceError("device.never_heard_of"))
    assert "device.never_heard_of" in bar.sentence.text()
    assert bar.remedy.text() == language("counter.message.unknown_do")
    assert "no sentence" in caplog.text


def test_what_the_officer_asked_for_is_no_error(bar: MessageBar) -> None:
    bar.show_error(DeviceError("device.cancelled"))
    assert bar.property("kind") == "info"
    bar.show_error(DeviceError("device.jammed"))
    assert bar.property("kind") == "error"


def test_a_message_is_plain_text(bar: MessageBar) -> None:
    bar.tell("<b>Đăng</b>")
    assert bar.sentence.text() == "<b>Đăng</b>"
    assert bar.sentence.textFormat().name == "PlainText"


def test_a_sentence_gets_its_parameters(language: Language) -> None:
    from station.errors import RuleError

    assert "3" in error_text(language, RuleError("dossier.not_ready", count=3)).sentence


def test_a_bug_is_logged_without_values_and_told_once(
    dressed: QApplication, qtbot: QtBot, language: Language, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = CrashReporter(language, tmp_path)
    try:
        int("Nguyễn Thị Đăng 001199000123")
    except ValueError:
        told = sys.exc_info()
        assert told[0] is not None
        with caplog.at_level(logging.CRITICAL):
            reporter.report(*told)
            thread = threading.Thread(target=reporter.report, args=told)
            thread.start()
            thread.join()
    qtbot.waitUntil(lambda: len(dialogs()) > 0)
    dialog = dialogs()[0]
    qtbot.wait(50)
    assert len(dialogs()) == 1
    assert "ValueError" in caplog.text
    assert "test_messages.py" in caplog.text
    assert "Đăng" not in caplog.text
    assert "001199000123" not in caplog.text
    shown = " ".join(text.text() for text in dialog.findChildren(QLabel))
    assert language("counter.crash.nothing_lost") in shown
    assert str(tmp_path) in shown
    assert dialog.focusWidget().isDefault()
    assert dialog.focusWidget().text() == language("counter.crash.go_on")
    dialog.focusWidget().click()
    qtbot.waitUntil(lambda: not dialogs())
