"""While a pile is being read on every core, the screen is away hardly longer than for its own painting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from station.scan.workers import ReadingWorkers
from station.ui.counter.scan import ScanStep
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from station.ui.tasks import Tasks
from tests.ui.conftest import Counter
from tests.ui.desk import make_desk
from tests.ui.fakes import picture

PAGES = 20
TICK = 4
"""Milliseconds between two looks at the clock."""
REFRESH_EVERY = 100
USUAL, LONG = 5, 20
"""How many times as long as for its own painting the screen may be away while a pile is read: in all but one of a
hundred looks at the clock, and ever but for a few stalls that something else on the machine may cause."""
EXCUSED = PAGES // 4
"""Stalls called long that are forgiven: what stalls the screen does it for every page."""

BUSY = """
import hashlib, time
from pathlib import Path
from station.dossier.fingerprint import Fingerprint
from station.dossier.judgement import Judgement
from station.dossier.reading import PageReading, ReadField, Source, Status

def fields(count, status):
    keys = [f"members[{place}].full_name" for place in range(count)]
    return tuple(ReadField(key, "MAU", "MAU", 0.9, status, Source.OCR, (60, 260, 400, 290)) for key in keys)

class Reader:
    def __init__(self, models, engine):
        self.marks = Path(models)

    def read(self, content, outline=None, early=None):
        while not (self.marks / "go").exists():
            time.sleep(0.02)
        self.burn(0.1)
        early(PageReading("residence_form", 0.9, fields=fields(10, Status.REVIEW)))
        self.burn(0.2)
        return PageReading("residence_form", 0.9, fields=fields(20, Status.ACCEPTED), text="MAU " * 500)

    def burn(self, seconds):
        until = time.process_time() + seconds
        while time.process_time() < until:
            hashlib.sha256(b"work" * 1000).digest()

class Gate:
    def judge(self, content):
        return Judgement((), Fingerprint(8, (0,), (255,)).to_hex())
"""


class Stalls:
    """How long the screen's thread was away between two ticks of its own clock."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        self.seconds.clear()
        self._last = time.perf_counter()
        self._timer.start(TICK)

    def end(self) -> list[float]:
        """All of them, the longest first."""
        self._timer.stop()
        return sorted(self.seconds, reverse=True)

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self._last)
        self._last = now


@pytest.fixture
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingWorkers]:
    (tmp_path / "busy_readers.py").write_text(BUSY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with ReadingWorkers(tmp_path, count=2, reader="busy_readers:Reader", gate="busy_readers:Gate") as made:
        yield made


def test_the_screen_stalls_no_longer_while_a_pile_is_read_than_by_its_own_painting(
    counter: Counter, workers: ReadingWorkers, qtbot: QtBot, tmp_path: Path
) -> None:
    tasks = Tasks()
    desk = make_desk(counter.store, counter.sources, workers, counter.connection, gate=workers)  # type: ignore[arg-type]
    session = Session(desk, counter.session.language, tasks)
    window = CounterWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    session.show(desk.open_dossier("1.001193", desk.officer))
    window.go_to("scan")
    step = window.steps["scan"]
    assert isinstance(step, ScanStep)
    qtbot.waitUntil(lambda: step.picker.ready)
    counter.sources.tray = [picture(f"trang {number}") for number in range(PAGES)]
    step.scan.click()

    def all_judged() -> bool:
        pages = session.dossier.pages if session.dossier else ()
        return len(pages) == PAGES and all(page.judged for page in pages) and not session.scanning

    qtbot.waitUntil(all_judged)
    qtbot.wait(500)

    stalls, repaint = Stalls(), QTimer()
    stalls.begin()
    (tmp_path / "go").touch()
    qtbot.waitUntil(lambda: all(page.read for page in session.dossier.pages))  # type: ignore[union-attr]
    while_reading = stalls.end()

    repaint.timeout.connect(lambda: session.dossier_changed.emit(session.dossier))
    stalls.begin()
    repaint.start(REFRESH_EVERY)
    qtbot.wait(4000)
    repaint.stop()
    by_itself = stalls.end()
    tasks.close()
    usual, usual_while_reading = by_itself[len(by_itself) // 100], while_reading[len(while_reading) // 100]
    told = [f"{stall * 1000:.0f}" for stall in (by_itself[0], usual, while_reading[0], usual_while_reading)]
    print("painting: longest {} ms, 99 % below {}; reading: longest {} ms, 99 % below {}".format(*told))
    assert usual_while_reading < USUAL * usual
    assert while_reading[EXCUSED] < LONG * by_itself[0]
