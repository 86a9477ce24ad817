"""The device and its source stay what the officer picked, and a key pressed too early is not lost."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.dossier.capture import Device
from station.language import Language
from station.ui.counter.scan import ScanStep
from station.ui.counter.window import CounterWindow
from station.ui.widgets.device_picker import DevicePicker
from tests.ui.conftest import Counter
from tests.ui.fakes import SCANNER, UNPLUGGED, picture

FOLDER = Device("folder", "Thư mục", "folder")
SECOND = Device("second", "Máy quét thứ hai", "sane", ("flatbed", "adf"))


@pytest.fixture
def step(window: CounterWindow) -> ScanStep:
    found = window.steps["scan"]
    assert isinstance(found, ScanStep)
    return found


def test_f5_before_the_device_is_found_scans_once_it_is(
    window: CounterWindow,
    step: ScanStep,
    counter: Counter,
    qtbot: QtBot,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = threading.Event()

    def slowly() -> Sequence[Device]:
        found.wait(5)
        return (SCANNER,)

    monkeypatch.setattr(counter.sources, "devices", slowly)
    counter.sources.tray = [picture("một")]
    counter.identified()
    window.go_to("scan")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert step.picker.hint.text() == language("counter.devices.looking_for")
    assert not counter.sources.jobs
    found.set()
    qtbot.waitUntil(lambda: len(step.grid.pages.pages) == 1)
    qtbot.waitUntil(lambda: not counter.session.scanning)
    assert len(counter.sources.jobs) == 1


def test_the_device_s_first_source_is_offered_first(step: ScanStep) -> None:
    step._devices._on_found((SECOND,))
    assert step.picker.job().source == SECOND.sources[0]


@pytest.mark.parametrize("source", SCANNER.sources)
def test_the_source_stays_when_devices_are_looked_for_again(
    window: CounterWindow, step: ScanStep, counter: Counter, qtbot: QtBot, source: str
) -> None:
    counter.identified()
    window.go_to("scan")
    qtbot.waitUntil(lambda: step.picker.ready)
    step.picker.source.setCurrentIndex(step.picker.source.findData(source))
    with qtbot.waitSignal(step._devices.changed):
        qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: not step._devices.looking)
    assert step.picker.job().source == source


def test_a_folder_left_out_moves_no_other_device(step: ScanStep, language: Language, qtbot: QtBot) -> None:
    devices = step._devices
    devices._on_found((FOLDER, UNPLUGGED, SECOND))
    for_one_page = DevicePicker(language, devices, one_page=True)
    qtbot.addWidget(for_one_page)
    assert for_one_page.job().device_id == SECOND.id
    devices.changed.emit()
    assert for_one_page.job().device_id == SECOND.id


def test_the_keyboard_is_never_left_on_the_papers_by_a_scan(
    window: CounterWindow, step: ScanStep, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    qtbot.waitUntil(lambda: step.picker.ready)
    counter.sources.tray = [picture("một")]
    counter.sources.gate.clear()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(step.cancel.hasFocus)
    counter.sources.gate.set()
    qtbot.waitUntil(step.grid.hasFocus)


def test_the_list_reached_by_tab_shows_which_row_the_keys_act_on(
    window: CounterWindow, step: ScanStep, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    step.checklist.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert step.checklist.list.selectionModel().isSelected(step.checklist.list.currentIndex())
    assert step.checklist.list.picked() is not None
