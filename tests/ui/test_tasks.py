"""Work off the screen's thread comes back to it, in order, and ends when the program does."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.errors import StationError, StoreError
from station.ui.tasks import Tasks


@pytest.fixture
def tasks(dressed: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def never(error: StationError) -> None:
    raise AssertionError(error.code)


def test_writes_are_done_in_order_and_answered_on_the_screens_thread(tasks: Tasks, qtbot: QtBot) -> None:
    done: list[tuple[int, bool]] = []
    screen = threading.get_ident()
    for number in range(20):
        tasks.write(lambda number=number: number, lambda n: done.append((n, threading.get_ident() == screen)), never)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == [(number, True) for number in range(20)]


def test_an_expected_failure_is_told_and_the_next_deed_is_done(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []

    def full() -> None:
        raise StoreError("store.disk_full")

    tasks.write(full, lambda _: told.append("done"), lambda error: told.append(error.code))
    tasks.write(lambda: None, lambda _: told.append("next"), never)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["store.disk_full", "next"]


def test_looking_does_not_wait_for_a_device(tasks: Tasks, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), list[str]()
    for _ in range(3):
        tasks.device(lambda: gate.wait(10), lambda _: None, never)
    tasks.look(lambda: "seen", seen.append, never)
    qtbot.waitUntil(lambda: seen == ["seen"])
    gate.set()


def test_what_waits_for_a_device_is_let_go_by_a_bug_that_is_reported(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []

    def bug() -> None:
        raise FileNotFoundError

    with qtbot.captureExceptions() as reported:
        tasks.device(bug, lambda _: told.append("done"), never, lambda: told.append("broken"))
        qtbot.waitUntil(lambda: bool(reported))
    assert told == ["broken"]
    assert reported[0][0] is FileNotFoundError


def test_a_write_that_was_begun_is_finished_before_closing(dressed: QApplication) -> None:
    tasks, kept = Tasks(), list[str]()
    tasks.write(lambda: kept.append("kept"), lambda _: None, never)
    tasks.close()
    assert kept == ["kept"]


def test_nothing_comes_back_after_closing(dressed: QApplication, qtbot: QtBot) -> None:
    tasks, told = Tasks(), list[str]()
    tasks.write(lambda: "late", told.append, never)
    tasks.close()
    tasks.write(lambda: "later", told.append, never)
    qtbot.wait(50)
    assert told == []
