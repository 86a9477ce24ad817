"""The conservation ledger on the screen: a light in words, the equalities, what is missing, and the end of a shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from station.clock import VIETNAM
from station.dossier.capture import CapturedImage
from station.errors import StoreError
from station.store.backup import brought_back as restoration
from station.ui.administration.health_panel import HealthPanel
from station.ui.administration.ledger_panel import LedgerPanel
from station.ui.counter.window import CounterWindow
from tests.people import LAN, MAY
from tests.ui.conftest import Counter
from tests.ui.fakes import picture


@pytest.fixture
def with_page(counter: Counter) -> str:
    """The id of a dossier with a page."""
    dossier, desk = counter.open(), counter.session.desk
    desk.scan_pages._add_page(dossier.id, CapturedImage(picture("Tờ khai"), "image/png", "sheets"), desk.officer)
    return dossier.id


def lose_the_page(tmp_path: Path) -> None:
    next(file for file in (tmp_path / "station" / "pages").glob("*/*") if file.is_file()).unlink()


def panel_of(window: CounterWindow) -> LedgerPanel:
    window.status.ledger.click()
    shown = window.administration.shown
    assert isinstance(shown, LedgerPanel)
    return shown


def test_the_light_says_in_words_that_all_is_there_and_leads_to_the_panel(
    counter: Counter, with_page: str, window: CounterWindow, qtbot: QtBot
) -> None:
    window.status._look_at_disk()
    qtbot.waitUntil(window.status.ledger.isVisible)
    assert window.status.ledger.text() == "Sổ đối chiếu: khớp"
    panel = panel_of(window)
    qtbot.waitUntil(panel.today.isVisible)
    said = [line.text() for line, _verdict in panel.today.lines]
    assert said[0] == "Đã đưa vào máy 1 = đã giữ 1 + không giữ 0"
    assert {verdict.text() for _line, verdict in panel.today.lines} == {"Khớp"}
    assert not panel.gaps_shown


def test_a_lost_page_turns_the_light_red_and_is_named_with_what_to_do(
    counter: Counter, with_page: str, window: CounterWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    lose_the_page(tmp_path)
    window.status._look_at_disk()
    qtbot.waitUntil(lambda: window.status.ledger.text() == "Sổ đối chiếu: KHÔNG KHỚP")
    assert window.status.ledger.property("role") == "danger"
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel.gaps_shown)
    assert "mất tệp ảnh" in panel.today.gaps.text()
    assert "1.001193 " in panel.today.gaps.text()
    assert "KHÔNG KHỚP: thiếu 1" in [verdict.text() for _line, verdict in panel.today.lines]


def test_the_shift_is_closed_into_a_file(
    counter: Counter,
    with_page: str,
    window: CounterWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "so.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(file), ""))
    panel = panel_of(window)
    panel.save.click()
    qtbot.waitUntil(lambda: file.exists() and file.stat().st_size > 0)
    assert file.read_bytes().startswith(b"%PDF")
    assert panel.told.text().startswith("Đã chốt ca lúc")
    newest = next(entry for entry in counter.store.audit.entries() if entry.deed == "close_shift")
    assert newest.by == counter.session.desk.officer


def test_who_may_look_and_not_close_has_no_button_for_it(counter: Counter, window: CounterWindow) -> None:
    counter.session.desk.trust.attendance.sit(MAY)
    assert panel_of(window).print.isHidden()
    counter.session.desk.trust.attendance.sit(LAN)
    window.administration.enter(LedgerPanel)
    assert not panel_of(window).print.isHidden()


def test_what_stands_in_the_way_is_told_before_anybody_begins(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    guard = counter.session.desk.guard
    behind = datetime(2020, 1, 1, tzinfo=VIETNAM)
    guard._clock = type("Behind", (), {"now": lambda self: behind})()
    counter.open()
    window.home.enter()
    qtbot.waitUntil(lambda: "chậm hơn" in window.home.ground.text())
    assert not window.home.ground.isHidden()
    panel = panel_of(window)
    qtbot.waitUntil(lambda: not panel.confirm_clock.isHidden())


def test_with_no_room_left_no_dossier_is_opened(counter: Counter) -> None:
    counter.session.desk.guard._found = type(
        "Full",
        (),
        {"free_space": lambda self: 0, "is_writable": lambda self: True, "newest_moment": lambda self: None},
    )()
    with pytest.raises(StoreError, match=r"guard\.nearly_full"):
        counter.open()


def test_a_check_of_the_store_tells_what_is_missing_and_what_to_do(
    counter: Counter, with_page: str, window: CounterWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "station" / "keys.json").write_text('{"format": 2, "slots": []}')  # the test has its keys in its hand
    window.above.open_administration(HealthPanel)
    panel = window.administration.shown
    assert isinstance(panel, HealthPanel)
    panel.check.click()
    qtbot.waitUntil(lambda: panel.told.text() == "Mọi thứ còn đủ và nguyên vẹn.")
    lose_the_page(tmp_path)
    panel.check.click()
    qtbot.waitUntil(lambda: panel.told.text().startswith("Có 1 chỗ hỏng"))
    (row,) = panel.list.rows.rows
    assert "Ảnh của trang không có trên máy" in row.title
    assert with_page in row.hint
    assert "station doctor --repair" in row.hint
    assert counter.store.audit.entries(limit=1)[0].deed == "check_store"


def test_after_a_restoration_every_screen_and_the_sheet_say_what_only_the_province_has(
    counter: Counter, with_page: str, window: CounterWindow, qtbot: QtBot
) -> None:
    desk = counter.session.desk
    now = desk.queue.now()
    with counter.store.dossiers._database.writing() as connection:
        restoration.begin(connection, 1, now - timedelta(hours=15), now, {})
    counter.store.restorations.settle(3)
    words = f"lúc {now - timedelta(hours=15):%H:%M %d/%m/%Y}: sự kiện số 1–3 có ở tỉnh, không còn trên máy này."
    window.home.enter()
    qtbot.waitUntil(lambda: words in window.home.brought_back.text())
    assert not window.home.brought_back.isHidden()
    window.status._look_at_disk()
    qtbot.waitUntil(lambda: window.status.ledger.text() == "Sổ đối chiếu: máy được khôi phục")
    assert window.status.ledger.property("role") == "danger"
    panel = panel_of(window)
    qtbot.waitUntil(lambda: words in panel.today.brought_back.text())
    assert panel.today.brought_back.isVisible()
    assert panel.today.brought_back.property("role") == "error"
    sheet = desk.shift(desk.officer)
    assert not sheet.whole
    assert words in sheet.balance[-1].said
    assert sheet.balance[-1].verdict == "CHỈ CÓ Ở TỈNH"
