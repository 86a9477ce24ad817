"""Capturing papers: pages appear when they are on disk, and the list of papers ticks itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier
from station.errors import DeviceError, ReadingError
from station.language import Language
from station.ui.counter import page_deeds
from station.ui.counter.page_grid import state_text
from station.ui.counter.scan import ScanStep
from station.ui.counter.window import CounterWindow
from station.ui.widgets.rows import Row
from station.ui.widgets.thumbnails import KEPT, SIDE, Thumbnails, as_image
from tests.ui.conftest import Counter
from tests.ui.desk import pictures
from tests.ui.fakes import SCANNER, picture, reading


@pytest.fixture
def step(window: CounterWindow, counter: Counter, qtbot: QtBot) -> ScanStep:
    counter.identified()
    window.go_to("scan")
    found = window.steps["scan"]
    assert isinstance(found, ScanStep)
    qtbot.waitUntil(lambda: found.picker.ready)
    return found


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def paper(step: ScanStep, key: str) -> Row:
    return next(row for row in step.checklist.list.rows.rows if row.data == key)


def capture(step: ScanStep, counter: Counter, qtbot: QtBot, *texts: str) -> None:
    counter.sources.tray = [picture(text) for text in texts]
    wanted = len(on_counter(counter).pages) + len(texts)
    step.scan.click()
    qtbot.waitUntil(lambda: len(step.grid.pages.pages) == wanted and not counter.session.scanning)


def all_read(counter: Counter) -> bool:
    return all(page.read for page in on_counter(counter).pages)


def test_f5_scans_and_a_shown_page_is_on_disk(
    step: ScanStep, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.reader.hold = True
    counter.sources.tray = [picture("một"), picture("hai")]
    with qtbot.waitSignal(counter.session.page_captured):
        qtbot.keyClick(window, Qt.Key.Key_F5)
    for page in step.grid.pages.pages:
        assert counter.store.pages.read(page.sha256)
    qtbot.waitUntil(lambda: len(step.grid.pages.pages) == 2)


def test_a_page_says_how_far_it_is(step: ScanStep, counter: Counter, qtbot: QtBot, language: Language) -> None:
    counter.reader.hold = True
    counter.reader.script = [reading("birth_notice", 5), ReadingError("reading.failed")]
    capture(step, counter, qtbot, "một", "hai")
    first, second = step.grid.pages.pages
    assert state_text(language, first, 0) == language("counter.scan.being_read")
    qtbot.waitUntil(lambda: len(counter.reader._held) == 2)
    counter.reader.let_go()
    qtbot.waitUntil(lambda: all_read(counter))
    first, second = step.grid.pages.pages
    told = step.grid.pages.data(step.grid.pages.index(0))
    assert language("kind.birth_notice") in str(told)
    assert "5" in str(told)
    assert state_text(language, second, 0) == language("counter.scan.failed")


def test_the_list_of_papers_ticks_itself(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    assert paper(step, "registration_form").sign == "mark-lacking"
    counter.reader.script = [reading("birth_registration_form")]
    capture(step, counter, qtbot, "tờ khai")
    qtbot.waitUntil(lambda: paper(step, "registration_form").sign == "mark-done")


def test_space_notes_a_paper_that_is_not_scanned_and_takes_it_back(
    step: ScanStep, counter: Counter, qtbot: QtBot
) -> None:
    step.checklist.list.setFocus()
    step.checklist.list.pick("witness_statement")
    qtbot.keyClick(step.checklist.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: on_counter(counter).presented == ("witness_statement",))
    assert paper(step, "witness_statement").sign == "mark-done"
    assert paper(step, "birth_notice").sign == "mark-optional"
    qtbot.keyClick(step.checklist.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: on_counter(counter).presented == ())


def test_escape_stops_the_device_and_keeps_what_came(
    step: ScanStep, window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.sources.tray = [picture("một"), picture("hai"), picture("ba")]
    with qtbot.waitSignal(counter.session.page_captured):
        step.scan.click()
        counter.sources.gate.clear()
        qtbot.wait(50)
        counter.sources.gate.set()
        counter.sources.gate.clear()
    before = len(on_counter(counter).pages)
    if counter.session.scanning:
        qtbot.keyClick(step, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not counter.session.scanning)
    assert len(on_counter(counter).pages) >= before >= 1
    assert window.current == "scan"


def test_a_jam_is_told_and_the_pages_before_it_stay(
    step: ScanStep, window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.sources.failure = DeviceError("device.jammed")
    capture(step, counter, qtbot, "một", "hai")
    assert window.messages.sentence.text() == language("error.device.jammed.say")
    assert len(step.grid.pages.pages) == 2
    assert step.scan.isEnabled()


def test_dropped_files_come_in_one_after_the_other(
    step: ScanStep, counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.png" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(picture(f"tệp {number}"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    step.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: len(on_counter(counter).pages) == 3)
    kept = [counter.store.pages.read(page.sha256) for page in on_counter(counter).pages]
    assert kept == [file.read_bytes() for file in files]


def test_a_bad_file_does_not_hold_up_the_next(
    step: ScanStep, window: CounterWindow, counter: Counter, qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    empty, good = tmp_path / "empty.png", tmp_path / "good.png"
    empty.write_bytes(b"")
    good.write_bytes(picture("tốt"))
    step.add_files([empty, tmp_path / "gone.png", good])
    qtbot.waitUntil(lambda: len(on_counter(counter).pages) == 1)
    assert window.messages.isVisible()


def test_removing_a_page_asks_first_and_numbers_close_up(
    step: ScanStep, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture(step, counter, qtbot, "một", "hai", "ba")
    qtbot.waitUntil(lambda: all_read(counter))
    step.grid.setCurrentIndex(step.grid.pages.index(0))
    step.grid.setFocus()
    monkeypatch.setattr(page_deeds, "ask", lambda *_args, **_values: False)
    qtbot.keyClick(step.grid, Qt.Key.Key_Delete)
    assert len(on_counter(counter).pages) == 3
    monkeypatch.setattr(page_deeds, "ask", lambda *_args, **_values: True)
    qtbot.keyClick(step.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(step.grid.pages.pages) == 2)
    assert [page.number for page in step.grid.pages.pages] == [1, 2]
    assert step.grid.picked() is not None


def test_the_officer_says_which_paper_a_page_is(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    counter.reader.script = [reading("other", 0)]
    capture(step, counter, qtbot, "giấy lạ")
    qtbot.waitUntil(lambda: all_read(counter))
    combo = step.page_actions.kind
    combo.setCurrentIndex(combo.findData("birth_notice"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: on_counter(counter).pages[0].kind == "birth_notice")
    assert on_counter(counter).pages[0].kind_set_by == "canbo.mau"
    assert paper(step, "birth_notice").sign == "mark-done"


def test_a_device_that_is_not_ready_can_be_seen_but_not_picked(step: ScanStep) -> None:
    combo = step.picker.device
    assert [combo.itemText(place) for place in range(combo.count())] == ["Máy quét mẫu", "Máy quét tầng hai"]
    assert not combo.model().flags(combo.model().index(1, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert step.picker.job().device_id == "scanner"


def test_thumbnails_are_small_and_turned(dressed: object) -> None:
    image = as_image(pictures().picture(picture("một", 600, 900), SIDE, 90))
    assert (image.width(), image.height()) == (SIDE, SIDE * 600 // 900)


def test_thumbnails_stay_within_their_memory(step: ScanStep, counter: Counter, qtbot: QtBot) -> None:
    capture(step, counter, qtbot, "một")
    thumbnails = Thumbnails(counter.session)
    page = on_counter(counter).pages[0]
    image = as_image(pictures().picture(picture("một"), SIDE))
    for number in range(KEPT + 5):
        key = (f"{number:064x}", 0, None)
        thumbnails._asked.add(key)
        thumbnails._keep(key, image)
    assert len(thumbnails._kept) == KEPT
    assert thumbnails.of(page) is None
    with qtbot.waitSignal(thumbnails.changed):
        pass
    assert thumbnails.of(page) is not None


def test_files_dropped_one_after_the_other_all_come_in_their_order(
    step: ScanStep, counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    pictures = [picture(name) for name in ("một", "hai", "ba")]
    for number, content in enumerate(pictures):
        file = tmp_path / f"{number}.png"
        file.write_bytes(content)
        step.add_files([file])
    qtbot.waitUntil(lambda: len(on_counter(counter).pages) == 3 and not counter.session.scanning)
    assert [page.sha256 for page in on_counter(counter).pages] == [hashlib.sha256(one).hexdigest() for one in pictures]


def test_a_scan_that_begins_while_a_file_is_opened_does_not_cost_the_file(
    step: ScanStep, counter: Counter, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "một.png"
    file.write_bytes(picture("một"))
    counter.sources.tray = [picture("hai")]
    counter.sources.gate.clear()
    step.add_files([file])
    step.scan.click()
    qtbot.wait(300)
    counter.sources.gate.set()
    qtbot.waitUntil(lambda: len(on_counter(counter).pages) == 2 and not counter.session.scanning)


def test_after_a_bug_while_scanning_the_next_scan_can_begin(
    window: CounterWindow, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.identified()

    def bug(*_told: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(counter.sources, "scan", bug)
    with qtbot.captureExceptions() as reported:
        counter.session.scan(ScanJob(SCANNER.id))
        qtbot.waitUntil(lambda: bool(reported))
    assert not counter.session.scanning
    monkeypatch.undo()
    counter.sources.tray = [picture("giấy")]
    counter.session.scan(ScanJob(SCANNER.id))
    qtbot.waitUntil(lambda: counter.session.dossier is not None and len(counter.session.dossier.pages) == 1)
