"""Forgetting at the counter: what is due goes with two people's word, what is held stays, who asks is told all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station.actions.see_my_data import Confirmed
from station.dossier.dossier import Dossier
from station.dossier.printed_form import FormName
from station.errors import RuleError, StationError
from station.ui.administration import erasing_panel, hold_panel
from station.ui.administration.erasing_panel import ErasingPanel
from station.ui.administration.hold_panel import HoldPanel
from station.ui.administration.my_data_panel import MyDataPanel
from station.ui.administration.panel import Panel
from station.ui.counter.sealed import SealedView
from station.ui.counter.window import CounterWindow
from tests.people import LAN
from tests.ui.conftest import Counter

NUMBER = "001199000123"
CARD = f"{NUMBER}||Nguyễn Thị Đăng|05031999|Nữ|Thôn Mẫu, xã Mẫu, tỉnh Mẫu|01072024"


def given_up(counter: Counter, count: int) -> list[Dossier]:
    """Dossiers that were given up so long ago that they are due."""
    made = []
    for number in range(count):
        long_ago = datetime.now(UTC) - timedelta(days=100 - number)
        dossier = Dossier(f"old-{number}", "1.001193", "2026-07-18", "canbo.mau", long_ago)
        with counter.store.dossiers.transaction() as kept:
            made.append(kept.save(kept.save(dossier).discarded()))
    return made


def in_front(window: CounterWindow, kind: type[Panel]) -> Panel:
    """The panel of this kind, as somebody who chose it sees it."""
    window.step_bar.administration.click()
    page = window.administration
    panel = next(one for one in page.panels if isinstance(one, kind))
    page.list.pick(panel)
    return panel


@pytest.fixture
def second(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another person vouches, and the question is answered with yes."""

    def vouched(_parent: object, _session: object, deed: object) -> str:
        counter.session.desk.trust.attendance.vouch(LAN.id, str(deed))
        return LAN.id

    monkeypatch.setattr(erasing_panel, "ask", lambda *_args, **_values: True)
    monkeypatch.setattr(erasing_panel, "ask_second", vouched)


@pytest.mark.usefixtures("second")
def test_two_people_erase_what_is_due_but_for_what_was_left_out(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    first, *_others, last = given_up(counter, 3)
    panel = in_front(window, ErasingPanel)
    assert isinstance(panel, ErasingPanel)
    qtbot.waitUntil(lambda: len(panel.ticked) == 3)
    panel.list.pick(first.id)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.ticked == ["old-1", last.id]
    panel.erase.click()
    qtbot.waitUntil(lambda: panel.sheet.pages_shown > 0)
    assert "XD.T01-" in panel.told.text()
    assert counter.session.desk.dossiers.get(first.id) == first
    with pytest.raises(RuleError, match=r"dossier\.unknown"):
        counter.session.desk.dossiers.get(last.id)
    qtbot.waitUntil(lambda: [row.data for row in panel.list.rows.rows] == [first.id])
    assert panel.ticked == [], "what was left out once goes with nothing that comes after it"
    assert not panel.erase.isEnabled()
    assert len(panel.certificates.rows.rows) == 1


def test_nothing_is_erased_without_a_second_person(
    counter: Counter, window: CounterWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = given_up(counter, 1)
    monkeypatch.setattr(erasing_panel, "ask", lambda *_args, **_values: True)
    monkeypatch.setattr(erasing_panel, "ask_second", lambda *_args: "")
    panel = in_front(window, ErasingPanel)
    assert isinstance(panel, ErasingPanel)
    qtbot.waitUntil(lambda: panel.ticked == [old.id])
    with qtbot.waitSignal(counter.session.failed) as failed:
        panel.erase.click()
    error = failed.args[0]
    assert isinstance(error, StationError)
    assert error.code == "people.second_needed"
    assert counter.session.desk.dossiers.get(old.id) == old


def test_what_is_held_leaves_the_list_of_what_is_due_and_says_so(
    counter: Counter, window: CounterWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = counter.identified()
    old = counter.session.desk.discard_dossier(dossier.id, "canbo.mau")
    panel = in_front(window, HoldPanel)
    assert isinstance(panel, HoldPanel)
    panel.words.setText(NUMBER)
    QTest.keyClick(panel.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.found.picked() == old.id)
    panel.reason.setText("Công văn 12/CV ngày 05/09/2026")
    panel.until.setText("31/12/2099")
    panel.place.click()
    qtbot.waitUntil(lambda: [row.data for row in panel.held.rows.rows] == [old.id])
    assert "Công văn 12" in panel.held.rows.rows[0].hint
    assert "31/12/2099" in panel.held.rows.rows[0].hint
    (listed,) = counter.session.desk.dossiers.find(NUMBER)
    assert listed.held
    monkeypatch.setattr(hold_panel, "ask", lambda *_args, **_values: True)
    panel.held.pick(old.id)
    panel.lift.click()
    qtbot.waitUntil(lambda: not panel.lift.isEnabled())
    (listed,) = counter.session.desk.dossiers.find(NUMBER)
    assert not listed.held


def test_a_card_that_was_read_shows_a_person_what_is_kept_and_it_can_be_saved(
    counter: Counter, window: CounterWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dossier = counter.identified()
    panel = in_front(window, MyDataPanel)
    assert isinstance(panel, MyDataPanel)
    panel.number.setText(CARD)
    panel.look.click()
    qtbot.waitUntil(lambda: panel.sheet.pages_shown > 0)
    assert panel.number.text() == NUMBER, "the rest of the card is not left standing"
    assert "Nộp 1 hồ sơ" in panel.told.text()
    assert counter.store.audit.entries(dossier.id)[0].deed == "see_my_data"
    asked = panel._asked
    assert asked is not None
    form = counter.session.desk.forgetting.make_my_data(asked)
    panel.sheet.save_to(str(tmp_path / "sheet.pdf"), FormName.MY_DATA, form)
    qtbot.waitUntil((tmp_path / "sheet.pdf").exists)
    assert counter.store.audit.entries(dossier.id)[0].deed == "print_my_data"
    panel.leave()
    assert (panel.number.text(), panel.sheet.pages_shown) == ("", 0)


def test_a_typed_number_needs_the_officers_word(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    counter.identified()
    panel = in_front(window, MyDataPanel)
    assert isinstance(panel, MyDataPanel)
    panel.number.setText(NUMBER)
    with qtbot.waitSignal(counter.session.failed) as failed:
        panel.look.click()
    assert failed.args[0].code == "people.identity_not_confirmed"
    panel.confirmed.setChecked(True)
    panel.look.click()
    qtbot.waitUntil(lambda: panel.sheet.pages_shown > 0)


def test_a_sealed_dossier_says_that_it_is_held(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    counter.identified()
    sealed = counter.sealed()
    view = SealedView(counter.session)
    qtbot.addWidget(view)
    view.show_dossier(sealed)
    qtbot.waitUntil(lambda: view.delivery.text() != "")
    assert view.held.isHidden()
    counter.session.desk.forgetting.hold(sealed.id, "Công văn 12/CV", None, "canbo.mau")
    view.show_dossier(sealed)
    qtbot.waitUntil(lambda: "Công văn 12/CV" in view.held.text())
    assert not view.held.isHidden()


def test_who_did_what_stands_in_words_on_the_sheet_that_the_citizen_is_given(counter: Counter) -> None:
    counter.identified()
    counter.sealed()
    desk = counter.session.desk
    asked = desk.forgetting.my_data(NUMBER, Confirmed.OFFICER, desk.officer, ())
    looks = desk.forgetting.make_my_data(asked).looks
    assert {look.who for look in looks} == {"Công dân", "Cán bộ Mẫu"}
    assert not [look.deed for look in looks if not look.deed[:1].isupper()]
