"""The list of all dossiers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.dossier import State
from station.language import Language
from station.ui.counter import home
from station.ui.counter.dossier_list import COLUMNS
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.keyboard import type_into


def cell(window: CounterWindow, row: int, column: str) -> object:
    table = window.home.table
    return table.data(table.index(row, COLUMNS.index(column)))


def test_an_empty_list_says_what_to_do(window: CounterWindow, language: Language, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.home._nothing.isVisible)
    assert window.home._nothing.accessibleName().startswith(language("counter.home.empty"))
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
    qtbot.waitUntil(lambda: cell(window, 0, "state") == language("counter.home.discarded"))
    assert counter.store.dossiers.get(dossier.id).state is State.DISCARDED
    assert counter.session.dossier is None
    assert not window.home.open.isEnabled()


def test_the_list_follows_a_delivery_that_moved(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.home._nothing.isVisible)
    dossier = counter.session.desk.open_dossier("1.001193", "canbo.mau")
    counter.connection.told(dossier.id)
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
    assert language("counter.status.waiting", count=1) == window.status.waiting.text()
    window.home.open.click()
    qtbot.waitUntil(lambda: window.current == "seal")
    assert not window.step_bar.buttons["scan"].isEnabled()
