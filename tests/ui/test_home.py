"""The list of all dossiers."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.delivery import Delivery, HubReceipt
from station.dossier.dossier import Dossier, State
from station.dossier.queue import Queue
from station.errors import StoreError
from station.language import Language
from station.ui.counter import home
from station.ui.counter.dossier_list import COLUMNS
from station.ui.counter.queue_words import due_words
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.keyboard import type_into

CTRL = Qt.KeyboardModifier.ControlModifier
VIEWS = {queue: Qt.Key(Qt.Key.Key_0 + number) for number, queue in enumerate(Queue, 1)}


def cell(window: CounterWindow, row: int, column: str) -> object:
    table = window.home.table
    return table.data(table.index(row, COLUMNS.index(column)))


def is_discarded(window: CounterWindow, language: Language) -> bool:
    return cell(window, 0, "state") == language("counter.home.discarded")


def listed(window: CounterWindow) -> list[str]:
    return [one.id for one in window.home.table.found]


def shown(window: CounterWindow, qtbot: QtBot, queue: Queue, wanted: list[str]) -> None:
    """Pick a view by its key, from wherever the keyboard is on the page, and wait for what it lists."""
    qtbot.keyClick(window.home, VIEWS[queue], CTRL)
    qtbot.waitUntil(lambda: window.home.queues.picked is queue and listed(window) == wanted)


def received(counter: Counter, dossier: Dossier, number: str = "H01.02.03-261122-0009") -> None:
    """The hub's word on a sealed dossier, as the sync thread keeps it."""
    event = next(one for one in counter.store.outbox.pending() if one.dossier_id == dossier.id)
    at = "2026-11-22T10:00:00+07:00"
    receipt = HubReceipt(event.station, event.seq, dossier.id, event.pages, at, number, True, "k", "c2ln")
    counter.store.outbox.keep_receipt(event, receipt)


def test_each_view_lists_what_stands_there_and_says_how_many(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    desk = counter.session.desk
    mine = counter.identified("Đang Làm Mẫu", "001199000001")
    parked = counter.identified("Tạm Gác Mẫu", "001199000002")
    desk.queue.park(parked.id, "chờ giấy chứng sinh", desk.officer)
    waiting, refused, sent = [sealed_of(counter, f"Chốt {name}") for name in ("Một", "Hai", "Ba")]
    event = next(one for one in counter.store.outbox.pending() if one.dossier_id == refused.id)
    counter.store.outbox.note(event.station, event.seq, Delivery.REFUSED, "hub.refused", "sai mã", None)
    received(counter, sent)
    counter.session.show(None)
    shown(window, qtbot, Queue.MINE, [mine.id])
    assert cell(window, 0, "state") == language("queue.state.mine")
    shown(window, qtbot, Queue.PARKED, [parked.id])
    assert "chờ giấy chứng sinh" in str(cell(window, 0, "state"))
    shown(window, qtbot, Queue.WAITING, [waiting.id])
    shown(window, qtbot, Queue.STUCK, [refused.id])
    assert language("stuck.hub.refused.cause", detail="sai mã") in str(cell(window, 0, "state"))
    shown(window, qtbot, Queue.SENT, [sent.id])
    assert cell(window, 0, "hub_number") == "H01.02.03-261122-0009"
    everything = [sent.id, refused.id, waiting.id, parked.id, mine.id]
    shown(window, qtbot, Queue.TODAY, everything)
    shown(window, qtbot, Queue.ALL, everything)
    counts = {queue: window.home.queues.buttons[queue].accessibleName() for queue in (Queue.PARKED, Queue.STUCK)}
    assert counts[Queue.PARKED] == language("queue.spoken", name=language("queue.parked"), count=1)
    stuck = language("province.badge.stuck", count=1)
    qtbot.waitUntil(lambda: stuck in window.status.province.line.text())


def sealed_of(counter: Counter, name: str) -> Dossier:
    counter.identified(name)
    return counter.sealed()


def test_a_promise_near_or_past_is_told_in_its_view(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    sealed = sealed_of(counter, "Hẹn Trả Mẫu")
    counter.session.show(None)
    assert sealed.due_at is not None
    late = sealed.due_at + timedelta(days=1)
    words = due_words(counter.store.dossiers.find()[0], late, language)
    assert words == language("queue.state.late_on", time=f"{sealed.due_at:%H:%M}", date=f"{sealed.due_at:%d/%m}")
    officer = counter.session.desk.officer
    assert counter.store.dossiers.counts(officer, late)[Queue.DUE] == 1
    assert counter.store.dossiers.counts(officer, sealed.due_at - timedelta(days=1))[Queue.DUE] == 1
    assert counter.store.dossiers.counts(officer, sealed.due_at - timedelta(days=4))[Queue.DUE] == 0
    assert counter.store.dossiers.counts(officer, sealed.due_at + timedelta(days=8))[Queue.DUE] == 0


@pytest.mark.parametrize(
    "words", ["H01.02.03-261122-0009", "TAM.", "khai sinh", "so tim khai", "001199000123", "1.001193"]
)
def test_a_sent_dossier_is_found_by_either_number_and_by_its_procedure(
    window: CounterWindow, counter: Counter, qtbot: QtBot, words: str
) -> None:
    wanted = sealed_of(counter, "Số Tìm Mẫu")
    received(counter, wanted)
    counter.session.show(None)
    type_into(window.home.search, words)
    qtbot.waitUntil(lambda: listed(window) == [wanted.id])


def test_an_answer_to_older_letters_is_dropped(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    first, second = counter.identified("Anh Cả", "001199000001"), counter.identified("Anh Hai", "001199000002")
    release = threading.Event()
    find, asked = counter.store.dossiers.find, []

    def slow(words: str, *more: object) -> object:
        asked.append(words)
        found = find(words, *more)  # type: ignore[arg-type]
        if words == "anh":
            release.wait(5)
        return found

    counter.session.show(None)
    window.home.reload()
    qtbot.waitUntil(lambda: len(listed(window)) == 2)
    counter.store.dossiers.find = slow  # type: ignore[method-assign,assignment]
    window.home.search.setText("anh")
    qtbot.waitUntil(lambda: asked == ["anh"])
    window.home.search.setText("anh hai")
    qtbot.waitUntil(lambda: listed(window) == [second.id])
    release.set()
    qtbot.wait(100)
    assert listed(window) == [second.id]
    assert first.id not in listed(window)


def test_a_list_that_cannot_be_read_says_so_and_is_read_again_by_a_key(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = counter.open()
    counter.session.show(None)
    queue = counter.store.dossiers.queue

    def broken(*_asked: object) -> None:
        raise StoreError("store.disk_failed")

    counter.store.dossiers.queue = broken  # type: ignore[method-assign,assignment]
    window.home.reload()
    qtbot.waitUntil(lambda: window.home._nothing.accessibleName().startswith(language("queue.failed")))
    assert window.messages.isVisible()
    counter.store.dossiers.queue = queue  # type: ignore[method-assign]
    qtbot.keyClick(window.home, Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: listed(window) == [dossier.id])


def test_an_empty_list_says_what_to_do(window: CounterWindow, language: Language, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.home._nothing.isVisible)
    assert window.home._nothing.accessibleName().startswith(language("queue.empty.today"))
    assert not window.home.open.isEnabled()


def test_a_name_is_found_without_marks(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.identified("Nguyễn Thị Đăng", "001199000123")
    counter.identified("Trần Văn Mẫu", "001099000124")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_into(window.home.search, "nguyen thi dang")
    qtbot.waitUntil(lambda: len(window.home.table.found) == 1)
    assert cell(window, 0, "person") == "Nguyễn Thị Đăng"
    assert cell(window, 0, "procedure") == "Khai sinh"


def test_enter_takes_a_dossier_up_where_its_work_goes_on(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    dossier = counter.identified()
    counter.session.show(None)
    window.home.reload()
    qtbot.waitUntil(window.home.open.isEnabled)
    qtbot.keyClick(window.home.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "scan")
    assert counter.session.dossier is not None
    assert counter.session.dossier.id == dossier.id


def test_discarding_asks_first_and_keeps_the_dossier_on_record(
    window: CounterWindow, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    dossier = counter.identified()
    window.home.reload()
    qtbot.waitUntil(window.home.discard.isEnabled)
    monkeypatch.setattr(home, "ask", lambda *_args, **_values: False)
    window.home.discard.click()
    assert counter.store.dossiers.get(dossier.id).state is State.OPEN
    monkeypatch.setattr(home, "ask", lambda *_args, **_values: True)
    window.home.discard.click()
    qtbot.waitUntil(lambda: len(window.home.table.found) == 1 and is_discarded(window, language))
    assert counter.store.dossiers.get(dossier.id).state is State.DISCARDED
    assert counter.session.dossier is None
    assert not window.home.open.isEnabled()


def test_the_list_follows_a_delivery_that_moved(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.home._nothing.isVisible)
    dossier = counter.session.desk.open_dossier("1.001193", "canbo.mau")
    counter.connection.told(dossier.id)
    qtbot.waitUntil(lambda: len(window.home.table.found) == 1)


def test_the_list_is_asked_for_anew_when_it_comes_to_the_front_and_not_behind_another_page(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    qtbot.waitUntil(window.home._nothing.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.province_in_front)
    asked = window.home._question
    dossier = counter.session.desk.open_dossier("1.001193", "canbo.mau")
    counter.connection.told(dossier.id)
    qtbot.waitUntil(window.home._late.isActive)
    qtbot.waitUntil(lambda: not window.home._late.isActive())
    assert window.home._question == asked
    window.province.back.click()
    qtbot.waitUntil(lambda: len(window.home.table.found) == 1)


def test_the_safe_answer_is_the_one_that_enter_gives(qtbot: QtBot, language: Language, dressed: object) -> None:
    from PySide6.QtCore import QTimer

    from station.ui.widgets.ask import ask

    parent = QWidget()
    qtbot.addWidget(parent)
    seen = []

    def press_enter() -> None:
        box = parent.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        qtbot.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(50, press_enter)
    assert ask(parent, language, "counter.scan.remove_ask", number=3) is False
    assert "3" in seen[0]


def test_a_sealed_dossier_says_where_it_is_on_its_way_and_opens_as_sealed(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    counter.identified()
    sealed = counter.sealed()
    counter.session.show(None)
    window.home.reload()
    qtbot.waitUntil(lambda: len(window.home.table.found) == 1 and cell(window, 0, "number") == sealed.number)
    assert cell(window, 0, "state") == language("delivery.waiting")
    waiting = language("province.badge.waiting", count=1)
    qtbot.waitUntil(lambda: waiting in window.status.province.line.text())
    window.home.open.click()
    qtbot.waitUntil(lambda: window.current == "seal")
    assert not window.step_bar.buttons["scan"].isEnabled()
