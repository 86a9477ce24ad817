"""The running station makes its backup at its hour or at the first chance after it, and when somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.clock import VIETNAM
from station.dossier.backup_state import BackupState, is_due, last_hour
from station.errors import StoreError
from station.paths import DataFolder
from station.store.backup import nightly
from station.store.backup.asking import ask, take_request
from station.store.backup.back_up import Report, Terms
from station.store.backup.manifest import Manifest
from station.store.backup.nightly import NightlyBackup, Plan
from station.store.lock import FolderLock

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)


class Disk:
    """Makes backups, or fails as it is told; `made` is set after each try."""

    def __init__(self) -> None:
        self.now = NOON + timedelta(minutes=30)
        self.targets: list[tuple[str, bool]] = []
        self.failure: Exception | None = None
        self.states: list[BackupState] = []

    def make(self, target: Path, terms: Terms, stopped: Callable[[], bool]) -> Report:
        self.targets.append((str(target), terms.new_disk))
        if self.failure:
            raise self.failure
        number = len(self.targets)
        manifest = Manifest("T01", number, self.now, 5, 0, 0, "", 0, 0, {}, "key")
        return Report(manifest, copied=3, generations=number)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(nightly, "LOOK_EVERY", 0.01)
    return Disk()


@pytest.fixture
def start(disk: Disk, folder: DataFolder) -> Iterator[Callable[..., NightlyBackup]]:
    folder.root.mkdir()
    lock = FolderLock.take(folder.root)
    started: list[NightlyBackup] = []

    def begin(plan: Plan) -> NightlyBackup:
        started.append(NightlyBackup(disk.make, folder, plan, lambda: disk.now))
        started[-1].start()
        return started[-1]

    yield begin
    for one in started:
        one.stop()
    lock.release()


class Waiting:
    """Lets a test wait for a state, told by the backup's own thread."""

    def __init__(self, backups: NightlyBackup) -> None:
        self._changed = threading.Condition()
        self._backups = backups
        backups.on_change(self._on_change)

    def _on_change(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, fits: Callable[[BackupState], bool]) -> BackupState:
        with self._changed:
            assert self._changed.wait_for(lambda: fits(self._backups.state()), 60), self._backups.state()
            return self._backups.state()


@pytest.mark.parametrize(
    ("last_good", "due"),
    [
        (None, True),
        (NOON - timedelta(days=1), True),
        (NOON - timedelta(minutes=1), True),
        (NOON, False),
        (NOON + timedelta(minutes=20), False),
        (NOON + timedelta(days=1), True),
    ],
)
def test_a_backup_is_due_once_its_hour_has_struck_since_the_last(last_good: datetime | None, due: bool) -> None:
    assert is_due(last_good, NOON + timedelta(minutes=30), 12) is due


def test_before_its_hour_the_hour_of_yesterday_counts() -> None:
    assert last_hour(NOON - timedelta(minutes=1), 12) == NOON - timedelta(days=1)
    assert last_hour(NOON, 12) == NOON


@pytest.mark.parametrize(("days", "old"), [(1, False), (2, False), (3, True)])
def test_a_backup_of_more_than_two_days_ago_is_old(days: int, old: bool) -> None:
    state = BackupState("/usb", 12, 7, last_good=NOON)
    assert state.is_old(NOON + timedelta(days=days)) is old
    assert state.age(NOON - timedelta(days=1)) == timedelta()


def test_where_there_never_was_one_it_is_old_and_without_a_folder_nothing_is() -> None:
    assert BackupState("/usb", 12, 7).is_old(NOON)
    assert not BackupState("", 12, 7).is_old(NOON)


def test_it_is_made_by_itself_once_a_day_and_remembered(
    disk: Disk, start: Callable[..., NightlyBackup], folder: DataFolder
) -> None:
    waiting = Waiting(start(Plan("/usb", 12, 7)))
    state = waiting.until(lambda state: state.generation == 1 and not state.running)
    assert state.last_good == disk.now
    assert disk.targets == [("/usb", False)], "a disk that is not there is never begun by itself"
    again = NightlyBackup(disk.make, folder, Plan("/usb", 12, 7), lambda: disk.now)
    assert again.state() == state, "also after a restart"
    other = NightlyBackup(disk.make, folder, Plan("/other", 12, 7), lambda: disk.now)
    assert other.state().last_good is None
    disk.now += timedelta(days=1)
    waiting.until(lambda state: state.generation == 2)


def test_what_failed_is_told_and_tried_again_later(disk: Disk, start: Callable[..., NightlyBackup]) -> None:
    disk.failure = StoreError("backup.no_room", needed=20, free=3)
    waiting = Waiting(start(Plan("/usb", 12, 7)))
    state = waiting.until(lambda state: state.failure is not None and not state.running)
    assert (state.failure, state.parameters) == ("backup.no_room", {"needed": 20, "free": 3})
    disk.failure = None
    disk.now += nightly.TRY_AGAIN
    state = waiting.until(lambda state: state.generation == 2 and not state.running)
    assert state.failure is None
    assert len(disk.targets) == 2


def test_somebody_may_ask_for_one_at_any_time(disk: Disk, start: Callable[..., NightlyBackup]) -> None:
    backups = start(Plan("/usb", 12, 7))
    waiting = Waiting(backups)
    waiting.until(lambda state: state.generation == 1 and not state.running)
    backups.begin(new_disk=True)
    waiting.until(lambda state: state.generation == 2)
    assert disk.targets[-1] == ("/usb", True)


def test_without_a_folder_none_is_made_and_asking_says_so(disk: Disk, start: Callable[..., NightlyBackup]) -> None:
    backups = start(Plan())
    with pytest.raises(StoreError, match=r"backup\.not_set_up"):
        backups.begin()
    assert backups.state() == BackupState("", 12, 7)


def test_another_program_asks_the_running_station(
    disk: Disk, start: Callable[..., NightlyBackup], folder: DataFolder
) -> None:
    start(Plan())
    answer = ask(folder, "/media/usb", new_disk=True, patience=60)
    assert (answer.generation, answer.generations, answer.copied) == (1, 1, 3)
    assert disk.targets == [("/media/usb", True)]
    disk.failure = StoreError("backup.no_room", needed=20, free=3)
    with pytest.raises(StoreError) as told:
        ask(folder, "/media/usb", new_disk=False, patience=60)
    assert (told.value.code, told.value.parameters) == ("backup.no_room", {"needed": 20, "free": 3})
    assert not folder.backup_request.exists()


def test_a_station_that_does_not_answer_is_told(folder: DataFolder) -> None:
    folder.root.mkdir()
    with pytest.raises(StoreError, match=r"backup\.no_answer"):
        ask(folder, "/usb", new_disk=False, patience=0.0)
    assert not folder.backup_request.exists(), "it is not made later, when nobody waits for it any more"


def test_a_mistake_in_making_it_is_told_to_who_asked(
    disk: Disk, start: Callable[..., NightlyBackup], folder: DataFolder
) -> None:
    start(Plan())
    disk.failure = KeyError("a mistake")
    with pytest.raises(StoreError, match=r"backup\.internal"):
        ask(folder, "/usb", new_disk=False, patience=60)


def test_a_station_that_ends_before_it_is_done_keeps_nobody_waiting(folder: DataFolder) -> None:
    folder.root.mkdir()

    def take_it_and_end() -> None:
        while take_request(folder) is None:
            threading.Event().wait(0.01)

    station = threading.Thread(target=take_it_and_end)
    station.start()
    with pytest.raises(StoreError, match=r"backup\.stopped"):
        ask(folder, "/usb", new_disk=False, patience=60)
    station.join()


def test_a_request_that_makes_no_sense_is_thrown_away(
    disk: Disk, start: Callable[..., NightlyBackup], folder: DataFolder
) -> None:
    start(Plan())
    for content in (b"{", b"[]", b'{"id": 1}'):
        folder.backup_request.write_bytes(content)
        until_gone(folder.backup_request)
    assert disk.targets == []


def until_gone(file: Path) -> None:
    for _ in range(6000):
        if not file.exists():
            return
        threading.Event().wait(0.01)
    raise AssertionError("nobody took the request")
