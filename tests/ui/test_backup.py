"""«Sao lưu» on the screen: how old the last good backup is, and what to do where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from station.clock import SystemClock
from station.dossier.backup_state import BackupState
from station.language import Language
from station.ui.administration import backup_panel
from station.ui.administration.backup_panel import BackupPanel
from station.ui.backup_words import age_words
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.fakes import StandingBackups


@pytest.fixture
def backups(counter: Counter) -> StandingBackups:
    made = counter.session.desk.back_up._backups
    assert isinstance(made, StandingBackups)
    return made


@pytest.fixture
def state() -> BackupState:
    last = SystemClock().now() - timedelta(hours=3, minutes=1)
    return BackupState("/media/sao-luu", 12, 7, last_good=last, generation=9, generations=5)


@pytest.fixture
def panel(counter: Counter, qtbot: QtBot, backups: StandingBackups, state: BackupState) -> BackupPanel:
    backups.now = state
    made = BackupPanel(counter.session)
    qtbot.addWidget(made)
    made.show()
    made.enter()
    return made


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=5), "vừa xong"),
        (timedelta(minutes=59), "59 phút trước"),
        (timedelta(hours=23), "23 giờ trước"),
        (timedelta(days=3, hours=5), "3 ngày trước"),
    ],
)
def test_the_age_is_told_in_words(age: timedelta, words: str, language: Language) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=SystemClock().now().tzinfo)
    assert age_words(BackupState("/usb", 12, 7, last_good=now - age), now, language) == words


def test_the_panel_tells_when_where_and_how_many(panel: BackupPanel) -> None:
    assert panel.verdict.text().startswith("Bản sao lưu tốt gần nhất: 3 giờ trước (")
    assert panel.verdict.property("role") == "ok"
    assert (panel.folder.text(), panel.count.text()) == ("/media/sao-luu", "5 (giữ tối đa 7)")
    assert panel.trouble.isHidden()
    assert panel.new_disk.isHidden()


def test_older_than_two_days_is_red_here_and_in_the_status_line(
    panel: BackupPanel, backups: StandingBackups, state: BackupState, window: CounterWindow, qtbot: QtBot
) -> None:
    backups.become(replace(state, last_good=SystemClock().now() - timedelta(days=3)))
    qtbot.waitUntil(lambda: panel.verdict.property("role") == "error")
    window.status._look_at_disk()
    assert window.status.backup.isVisible()
    assert window.status.backup.text() == "Sao lưu: 3 ngày trước"
    backups.become(state)
    window.status._look_at_disk()
    assert window.status.backup.isHidden()


def test_the_button_asks_for_one_in_the_name_of_who_sits_here(
    panel: BackupPanel, counter: Counter, backups: StandingBackups, state: BackupState, qtbot: QtBot
) -> None:
    panel.begin.click()
    qtbot.waitUntil(lambda: backups.begun == [False])
    backups.become(replace(state, running=True))
    qtbot.waitUntil(panel.working.isVisible)
    assert not panel.begin.isEnabled()
    qtbot.waitUntil(lambda: counter.store.audit.entries(limit=1)[0].deed == "back_up")
    assert counter.store.audit.entries(limit=1)[0].by == counter.session.desk.officer


def test_what_keeps_it_from_being_made_is_told_with_what_to_do(
    panel: BackupPanel, backups: StandingBackups, state: BackupState, qtbot: QtBot
) -> None:
    backups.become(replace(state, failure="backup.no_room", parameters={"needed": 20, "free": 3}))
    qtbot.waitUntil(panel.trouble.isVisible)
    assert "cần 20 MB, còn trống 3 MB" in panel.trouble.text()
    assert panel.new_disk.isHidden()


def test_a_new_disk_is_begun_only_by_somebody_who_says_that_it_is_there(
    panel: BackupPanel,
    backups: StandingBackups,
    state: BackupState,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backups.become(replace(state, failure="backup.not_the_disk"))
    qtbot.waitUntil(panel.new_disk.isVisible)
    for answer in (False, True):
        monkeypatch.setattr(backup_panel, "ask", lambda *_words, _answer=answer, **_values: _answer)
        panel.new_disk.click()
    qtbot.waitUntil(lambda: backups.begun == [True])


def test_without_a_folder_it_says_where_to_write_it(panel: BackupPanel, backups: StandingBackups, qtbot: QtBot) -> None:
    backups.become(BackupState("", 12, 7))
    qtbot.waitUntil(lambda: "backup_folder" in panel.folder.text())
    assert not panel.begin.isEnabled()
    assert panel.verdict.property("role") == "error"
