"""Reading workers that crash, hang, stop or outlive their parent; the readers here are real processes."""

from __future__ import annotations

import os
import queue
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from station.dossier.fingerprint import Fingerprint
from station.dossier.judgement import Judgement
from station.dossier.reading import PageReading, QualityIssue
from station.errors import InputError, ReadingError, ResourceError, StationError
from station.scan.workers import ReadingWorkers

READERS = """
import os, signal, time
from pathlib import Path
from station.dossier.fingerprint import Fingerprint
from station.dossier.judgement import Judgement
from station.dossier.reading import PageReading, QualityIssue
from station.errors import InputError

class Reader:
    def __init__(self, models, engine):
        self.marks = Path(models)

    def read(self, content, outline=None, early=None):
        order = content.decode()
        if order == "outline":
            return PageReading("other", 1.0, outline=outline)
        if order == "nice":
            return PageReading("other", 1.0, text=str(os.nice(0)))
        if order == "early":
            early(PageReading("birth_notice", 0.9))
        if order == "early, then crash":
            early(PageReading("birth_notice", 0.9))
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "wait":
            while not (self.marks / "go on").exists():
                time.sleep(0.02)
        if order == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "crash once" and not (self.marks / "crashed").exists():
            (self.marks / "crashed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "hang":
            (self.marks / "hanging").touch()
            time.sleep(600)
        if order == "refuse":
            raise InputError("file.truncated")
        if order == "bug":
            raise ZeroDivisionError("Nguyễn Văn An")
        return PageReading("other", 1.0, text=f"{order} {os.getpid()}")

class Gate:
    def judge(self, content):
        if content == b"hang":
            time.sleep(600)
        if content == b"no picture":
            raise InputError("file.not_an_image")
        corners = ((1.5, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0))
        return Judgement((QualityIssue("page.blank", 0.5),), "00ff", (corners, corners), 90)
"""
CORNERS = ((10.0, 20.0), (30.0, 40.5), (50.0, 60.0), (70.0, 80.0))

Pool = Callable[..., ReadingWorkers]


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    (tmp_path / "readers_for_tests.py").write_text(READERS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    pools: list[ReadingWorkers] = []

    def make(count: int = 1, deadline: float = 60, reader: str = "readers_for_tests:Reader") -> ReadingWorkers:
        gate = "readers_for_tests:Gate"
        pools.append(
            ReadingWorkers(tmp_path, count=count, deadline=deadline, reader=reader, gate=gate, scratch=tmp_path)
        )
        return pools[-1]

    yield make
    for made in pools:
        made.close()


def results(workers: ReadingWorkers, *orders: str) -> list[PageReading | StationError]:
    """The outcome of each order, in the order in which they were done."""
    done: queue.Queue[PageReading | StationError] = queue.Queue()
    for order in orders:
        workers.read(order.encode(), done.put)
    return [done.get(timeout=60) for _ in orders]


def test_a_page_is_read_in_another_process(pool: Pool) -> None:
    [reading] = results(pool(), "hello")
    assert isinstance(reading, PageReading)
    order, pid = reading.text.split()
    assert order == "hello"
    assert int(pid) != os.getpid()


def test_the_corners_reach_the_reader_and_come_back(pool: Pool) -> None:
    workers, done = pool(), queue.Queue[PageReading | StationError]()
    workers.read(b"outline", done.put, CORNERS)
    workers.read(b"outline", done.put)
    told = [done.get(timeout=60), done.get(timeout=60)]
    assert [one.outline for one in told if isinstance(one, PageReading)] == [CORNERS, None]


def test_what_is_known_early_comes_before_the_reading(pool: Pool) -> None:
    workers, told = pool(), queue.Queue[PageReading | StationError]()
    workers.read(b"early", told.put, early=told.put)
    kinds = [one.kind for one in (told.get(timeout=60), told.get(timeout=60)) if isinstance(one, PageReading)]
    assert kinds == ["birth_notice", "other"]


def test_nobody_need_listen_to_what_is_known_early(pool: Pool) -> None:
    [reading] = results(pool(), "early")
    assert isinstance(reading, PageReading)
    assert reading.kind == "other"


def test_who_fails_to_take_what_is_early_still_gets_the_reading(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    workers, done = pool(), queue.Queue[PageReading | StationError]()

    def fail(_reading: PageReading) -> None:
        raise ZeroDivisionError

    workers.read(b"early", done.put, early=fail)
    assert isinstance(done.get(timeout=60), PageReading)
    assert "failed to take" in caplog.text


def test_a_worker_that_dies_after_its_early_word_costs_that_page_only(pool: Pool) -> None:
    failed, reading = results(pool(), "early, then crash", "next")
    assert isinstance(failed, ReadingError)
    assert failed.code == "reading.worker_died"
    assert isinstance(reading, PageReading)


def test_the_gate_says_all_it_has_to_say(pool: Pool) -> None:
    done: queue.Queue[Judgement | StationError] = queue.Queue()
    pool().judge(b"a page", done.put)
    corners = ((1.5, 2.0), (3.0, 4.0), (5.0, 6.0), (7.0, 8.0))
    expected = Judgement((QualityIssue("page.blank", 0.5),), "00ff", (corners, corners), 90)
    assert done.get(timeout=60) == expected


def test_the_gate_finds_the_page_that_came_before(pool: Pool) -> None:
    def fingerprint(seed: int) -> str:
        letters = random.Random(seed)
        dark = tuple(letters.getrandbits(128) for _ in range(64))
        return Fingerprint(128, dark, tuple(~row & (1 << 128) - 1 for row in dark)).to_hex()

    workers, told = pool(), queue.Queue[int | None | StationError]()
    workers.find_same(fingerprint(1), [fingerprint(2), fingerprint(1), fingerprint(1)], told.put)
    workers.find_same(fingerprint(1), [fingerprint(2), ""], told.put)
    workers.find_same(fingerprint(1), ["no fingerprint"], told.put)
    assert [told.get(timeout=60), told.get(timeout=60)] == [1, None]
    assert isinstance(told.get(timeout=60), ReadingError)


def test_a_verdict_does_not_wait_for_the_pages_that_are_being_read(pool: Pool, tmp_path: Path) -> None:
    workers = pool(count=2)
    verdict: queue.Queue[Judgement | StationError] = queue.Queue()
    read: queue.Queue[PageReading | StationError] = queue.Queue()
    for _ in range(5):
        workers.read(b"wait", read.put)
    workers.judge(b"a page", verdict.put)
    assert isinstance(verdict.get(timeout=60), Judgement)
    assert read.empty()
    (tmp_path / "go on").touch()
    assert [type(read.get(timeout=60)) for _ in range(5)] == [PageReading] * 5


def test_a_gate_that_hangs_is_replaced(pool: Pool) -> None:
    workers, told = pool(deadline=1.5), queue.Queue[Judgement | StationError]()
    workers.judge(b"hang", told.put)
    workers.judge(b"no picture", told.put)
    workers.judge(b"a page", told.put)
    slow, refused, judged = (told.get(timeout=60) for _ in range(3))
    assert isinstance(slow, ReadingError)
    assert slow.code == "reading.too_slow"
    assert isinstance(refused, InputError)
    assert isinstance(judged, Judgement)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has classes where others have degrees")
def test_whoever_reads_steps_back_behind_the_screen(pool: Pool) -> None:
    [reading] = results(pool(), "nice")
    assert isinstance(reading, PageReading)
    assert int(reading.text) >= os.nice(0) + 5


def test_nothing_is_started_before_the_first_page(pool: Pool) -> None:
    assert pool().process_ids() == []


def test_a_page_that_kills_its_reader_twice_fails_and_the_next_page_is_read(pool: Pool) -> None:
    failed, reading = results(pool(), "crash", "next")
    assert isinstance(failed, ReadingError)
    assert failed.code == "reading.worker_died"
    assert isinstance(reading, PageReading)


def test_a_page_whose_reader_died_once_is_read_the_second_time(pool: Pool) -> None:
    [reading] = results(pool(), "crash once")
    assert isinstance(reading, PageReading)


def test_a_page_that_takes_too_long_is_stopped_and_the_next_page_is_read(pool: Pool) -> None:
    slow, reading = results(pool(deadline=1.5), "hang", "next")
    assert isinstance(slow, ReadingError)
    assert slow.code == "reading.too_slow"
    assert isinstance(reading, PageReading)


def test_an_expected_error_crosses_the_process_boundary_as_its_code(pool: Pool) -> None:
    [error] = results(pool(), "refuse")
    assert isinstance(error, InputError)
    assert error.code == "file.truncated"


def test_a_bug_in_reading_becomes_an_error_without_its_message(pool: Pool) -> None:
    [error] = results(pool(), "bug")
    assert isinstance(error, ReadingError)
    assert str(error) == "reading.failed (bug=ZeroDivisionError)"


def test_a_reader_that_cannot_be_loaded_is_an_error_for_the_page(pool: Pool) -> None:
    [error] = results(pool(reader="readers_for_tests:Missing"), "hello")
    assert isinstance(error, ReadingError)


def test_a_missing_model_is_told_as_such(pool: Pool, tmp_path: Path) -> None:
    (tmp_path / "needs_model.py").write_text(
        "from station.scan.text.tesserocr_engine import TesserocrEngine\n"
        "def Reader(models, engine): return TesserocrEngine(models, 'vie')\n"
    )
    [error] = results(pool(reader="needs_model:Reader"), "hello")
    assert isinstance(error, ResourceError)
    assert error.code == "resource.no_model"


def test_closing_ends_the_workers_and_answers_what_is_unread(pool: Pool, tmp_path: Path) -> None:
    workers = pool()
    done: queue.Queue[PageReading | StationError] = queue.Queue()
    workers.read(b"hang", done.put)
    workers.read(b"never begun", done.put)
    wait_for((tmp_path / "hanging").exists)
    [pid] = workers.process_ids()
    workers.close()
    answers = [done.get(timeout=60), done.get(timeout=60)]
    assert [answer.code for answer in answers if isinstance(answer, ReadingError)] == ["reading.closed"] * 2
    assert not psutil.pid_exists(pid)


def test_reading_after_closing_is_answered_too(pool: Pool) -> None:
    workers = pool()
    workers.close()
    [error] = results(workers, "hello")
    assert isinstance(error, ReadingError)
    assert error.code == "reading.closed"


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "readers_for_tests.py").write_text(READERS, encoding="utf-8")
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys, time
            from pathlib import Path
            from station.scan.workers import ReadingWorkers
            if __name__ == "__main__":
                here = Path(sys.path[0])
                workers = ReadingWorkers(here, count=1, reader="readers_for_tests:Reader", scratch=here)
                workers.read(b"hang", print)
                while not (here / "hanging").exists():
                    time.sleep(0.05)
                print(*workers.process_ids(), flush=True)
                time.sleep(600)
            """
        )
    )
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert psutil.pid_exists(worker)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    wait_for(lambda: not alive(worker))


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "what was waited for did not happen"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
