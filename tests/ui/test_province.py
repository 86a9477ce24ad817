"""«Gửi về tỉnh»: what waits and why, what the line is like, what may be used of it – by keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier
from station.dossier.queue import Queue as Stood
from station.dossier.why_stuck import METERED, LinkKind, LinkQuality, Queue, QueueEntry, reason
from station.language import Language
from station.ui.counter.window import CounterWindow
from station.ui.province.view_bar import View
from tests.ui.conftest import Counter

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
LITTLE = 0.05
"""Seconds of work that nobody notices."""


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def sealed(counter: Counter, name: str = "Trần Thị Mẫu") -> Dossier:
    counter.identified(name)
    return counter.sealed()


def entry(dossier: Dossier, code: str, next_attempt: datetime | None = None, pages: int = 3) -> QueueEntry:
    why = reason(code, next_attempt)
    return QueueEntry(dossier.id, dossier.number or "", Delivery.WAITING, 640_000, pages, dossier.due_at, why)


def brought(counter: Counter, window: CounterWindow, qtbot: QtBot, fits: Callable[[], bool]) -> None:
    """The page is in front, asked for by its key, and has heard of what the test has made."""
    counter.session.show(None)
    qtbot.keyClick(window, Key.Key_F4)
    qtbot.waitUntil(lambda: window.province_in_front and fits())


def test_what_waits_stands_in_the_order_in_which_it_goes_with_what_is_left(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    one, two = sealed(counter, "Một Mẫu"), sealed(counter, "Hai Mẫu")
    made = datetime.now(UTC) - timedelta(hours=2)
    counter.connection.waits = Queue(
        (entry(two, "sending.under_way"), entry(one, "sending.in_turn")), 12_400_000, 1080.0, made
    )
    counter.connection.measured = LinkQuality(LinkKind.THIN, 11_000.0, 850.0, 0.1)
    page = window.province.waiting
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 2)
    assert [row.dossier_id for row in page.table.entries] == [two.id, one.id]
    assert page.card.quality.text() == language("province.line.thin")
    assert "11 KB" in page.card.figures.text()
    assert "10%" in page.card.figures.text()
    assert "12,4 MB" in page.card.left.text()
    assert "18" in page.card.time.text()
    qtbot.waitUntil(lambda: language("province.line.thin") in window.status.province.line.text())


def test_a_time_that_nobody_can_know_is_not_guessed(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.connection.waits = Queue((entry(sealed(counter), "sending.in_turn"),), 640_000, None)
    page = window.province.waiting
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 1)
    assert page.card.time.text() == language("province.queue.time_unknown")
    assert page.card.quality.text() == language("province.line.unknown")


def test_the_cause_the_next_attempt_the_deed_and_the_code_are_one_sentence_that_counts_down(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier, soon = sealed(counter), datetime.now(UTC) + timedelta(seconds=50)
    counter.connection.waits = Queue((entry(dossier, "hub.unreachable", soon),), 640_000)
    why = window.province.waiting.why
    brought(counter, window, qtbot, lambda: bool(why.sentence.text()))
    said = why.sentence.text()
    assert language("stuck.hub.unreachable.cause") in said
    assert language("stuck.hub.unreachable.do") in said
    assert "hub.unreachable" in said
    assert "giây" in said
    qtbot.waitUntil(lambda: why.sentence.text() != said)
    press(qtbot, Key.Key_C, CTRL_SHIFT)
    copied = QGuiApplication.clipboard().text()
    assert "hub.unreachable" in copied
    assert dossier.number in copied
    assert "Mẫu" not in copied


def test_a_dossier_that_the_hub_refused_stands_last_with_its_reason_and_nothing_else_is_held_up(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    refused, waiting = sealed(counter, "Bị Từ Chối Mẫu"), sealed(counter, "Chờ Mẫu")
    event = next(one for one in counter.store.outbox.pending() if one.dossier_id == refused.id)
    counter.store.outbox.note(event.station, event.seq, Delivery.REFUSED, "hub.refused", "sai mã đơn vị", None)
    counter.connection.waits = Queue((entry(waiting, "sending.in_turn"),), 640_000)
    page = window.province.waiting
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 2)
    assert [row.dossier_id for row in page.table.entries] == [waiting.id, refused.id]
    assert page.aside.text() == language("province.queue.aside", count=1)
    press(qtbot, Key.Key_Down)
    assert "sai mã đơn vị" in page.why.sentence.text()


def test_what_is_stuck_is_one_number_at_the_bottom_of_the_screen_and_in_the_list(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    for name, code in (("Bị Từ Chối Mẫu", "hub.refused"), ("Được Hỏi Mẫu", "hub.question")):
        dossier = sealed(counter, name)
        event = next(one for one in counter.store.outbox.pending() if one.dossier_id == dossier.id)
        counter.store.outbox.note(event.station, event.seq, Delivery.REFUSED, code, "", None)
    counter.session.show(None)
    window.home.queues.buttons[Stood.STUCK].click()
    spoken = language("queue.spoken", name=language("queue.stuck"), count=1)
    qtbot.waitUntil(lambda: window.home.queues.buttons[Stood.STUCK].accessibleName() == spoken)
    told = language("province.badge.stuck", count=1)
    qtbot.waitUntil(lambda: told in window.status.province.line.text())


def test_the_metered_switch_the_limit_and_sending_all_are_the_lines_to_obey(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.connection.waits = Queue((entry(sealed(counter), METERED),), 640_000)
    card = window.province.waiting.card
    brought(counter, window, qtbot, card.send.isEnabled)
    press(qtbot, Key.Key_T, ALT)
    assert counter.connection.is_metered
    qtbot.waitUntil(lambda: card.time.text() == language("province.queue.time_metered"))
    press(qtbot, Key.Key_G, ALT)
    assert card.limit.hasFocus()
    press(qtbot, Key.Key_Down)
    assert counter.connection.limited == 8000
    press(qtbot, Key.Key_F5)
    assert counter.connection.sent_all == 1


def test_where_no_hub_is_known_what_waits_is_shown_all_the_same(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = sealed(counter)
    counter.connection.paired = counter.connection.online = False
    page = window.province.waiting
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 1)
    assert page.table.entries[0].dossier_id == dossier.id
    assert language("stuck.hub.not_configured.cause") in page.why.sentence.text()
    assert not page.card.send.isEnabled()
    assert not page.card.metered.isEnabled()


def test_what_was_sealed_while_sending_is_off_is_not_said_to_have_arrived(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.connection.online = False
    dossier = sealed(counter)
    page = window.province.waiting
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 1)
    assert page.table.entries[0].dossier_id == dossier.id
    assert language("stuck.hub.offline.cause") in page.why.sentence.text()
    assert not page.nothing.isVisible()


def test_enter_opens_the_dossier_and_escape_leads_back_to_the_step(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = sealed(counter)
    counter.connection.waits = Queue((entry(dossier, "sending.in_turn"),), 640_000)
    page = window.province.waiting
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 1)
    press(qtbot, Key.Key_Escape)
    assert window.current == "home"
    assert not window.province_in_front
    qtbot.keyClick(window, Key.Key_F4)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None and counter.session.dossier.id == dossier.id)
    assert window.current == "seal"


def test_the_status_line_says_at_one_glance_how_it_stands_and_leads_to_the_page(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    made = datetime.now(UTC).replace(microsecond=0)
    counter.connection.waits = Queue((entry(sealed(counter), "sending.in_turn"),), 640_000, None, made)
    counter.connection.measured = LinkQuality(LinkKind.GOOD, 900_000.0, 40.0, 0.0)
    counter.session.show(None)
    badge = window.status.province
    qtbot.waitUntil(lambda: language("province.line.good") in badge.line.text())
    assert "1 chờ gửi, từ" in badge.line.text()
    assert badge.line.accessibleName().startswith(language("province.badge.spoken", told=""))
    assert not badge.work.isVisible()
    qtbot.mouseClick(badge.line, Qt.MouseButton.LeftButton)
    assert window.province_in_front
    assert window.province.view is View.QUEUE


@pytest.mark.parametrize("kind", list(LinkKind))
def test_every_kind_of_line_has_a_word_and_a_sign(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language, kind: LinkKind
) -> None:
    counter.connection.measured = LinkQuality(kind)
    counter.session.delivery_changed.emit("")
    qtbot.waitUntil(lambda: language(f"province.line.{kind.value}") in window.status.province.line.text())
    assert not window.status.province.line.icon().isNull()


def test_ten_thousand_waiting_dossiers_cost_the_screen_no_more_than_the_rows_it_shows(
    window: CounterWindow, counter: Counter, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the screen's own thread works, in seconds of its processor: nothing else on the machine can change that."""
    dossier, soon = sealed(counter), datetime.now(UTC) + timedelta(minutes=3)
    many = tuple(replace(entry(dossier, "hub.unreachable", soon), dossier_id=f"d{number}") for number in range(10_000))
    page = window.province.waiting
    counter.connection.waits = Queue(many[:20], 20 * 640_000)
    brought(counter, window, qtbot, lambda: page.table.rowCount() == 20)
    few = shown_in(window, qtbot)
    counter.connection.waits = Queue(many, 10_000 * 640_000)
    window.outlook.look()
    qtbot.waitUntil(lambda: page.table.rowCount() == 10_000)
    lot = shown_in(window, qtbot)
    with capsys.disabled():
        print(f"  20 rows {1000 * few:.1f} ms, 10,000 rows {1000 * lot:.1f} ms", end="")
    assert lot < 5 * few + LITTLE


def shown_in(window: CounterWindow, qtbot: QtBot) -> float:
    """The longest of some showings of the whole outlook with everything moved by one row, and its painting."""
    worst = 0.0
    for turn in range(4):
        seen = window.outlook.seen
        assert seen is not None
        moved = replace(seen.queue, entries=seen.queue.entries[turn:] + seen.queue.entries[:turn])
        began = time.thread_time()
        window.outlook.changed.emit(replace(seen, queue=moved))
        window.repaint()
        worst = max(worst, time.thread_time() - began)
        qtbot.wait(1)
    return worst
