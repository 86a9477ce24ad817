"""Somebody else sits down, or another list comes: nothing of the last one stays, and nothing half typed is lost."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from station.dossier.people import Person, Role
from station.ui.administration.my_data_panel import MyDataPanel
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from tests.people import MAY, MINH, OFFICER, roster
from tests.ui.conftest import Counter
from tests.ui.papers import entry_id, field, paper, scanned


def sit(counter: Counter, person: Person) -> None:
    """The screens are locked, and this person signs in."""
    counter.session.lock(locked=True)
    counter.session.desk.trust.attendance.sit(person)
    counter.session.seat_taken()


def written(counter: Counter, qtbot: QtBot) -> None:
    """Everything asked of the writer by now is done, and what comes after it."""
    done: list[None] = []
    counter.session.tasks.write(lambda: None, done.append, counter.session.failed.emit)
    qtbot.waitUntil(lambda: bool(done))


def test_no_name_in_a_message_stays_for_who_takes_the_seat(counter: Counter, window: CounterWindow) -> None:
    counter.identified()
    window.messages.tell("Đã tạm gác hồ sơ của Nguyễn Thị Đăng")
    window.header.park.click()
    window.aside.note.setText("Chị Đăng về lấy giấy")
    sit(counter, MAY)
    assert not window.messages.isVisible()
    assert not window.aside.isVisible()
    assert window.aside.note.text() == ""


def test_who_comes_back_after_the_lock_still_reads_the_message(counter: Counter, window: CounterWindow) -> None:
    window.messages.tell("Máy quét hết giấy")
    sit(counter, OFFICER)
    assert window.messages.isVisible()


def test_a_value_half_typed_waits_while_somebody_sits_here_who_does_not_serve(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    scanned(counter, qtbot, paper(field("request", "Đăng ký lại khai sinh")))
    assert counter.session.dossier is not None
    window.go_to("review")
    window.review.show_entry(entry_id(counter.session.dossier, 1, "request"))
    window.review.editor.setFocus()
    line = window.focusWidget()
    line.setText("Đăng ký lại kh")  # type: ignore[attr-defined]
    told: list[object] = []
    counter.session.failed.connect(told.append)
    sit(counter, MAY)
    written(counter, qtbot)
    sit(counter, OFFICER)
    assert window.current == "review"
    assert window.review.editor.typed == "Đăng ký lại kh"
    assert not told


def test_the_citizen_is_asked_nothing_while_nobody_here_may_serve(counter: Counter, window: CounterWindow) -> None:
    counter.identified()
    counter.session.let_citizen_see(CitizenView.SIGN)
    sit(counter, MAY)
    assert counter.session.citizen_view is CitizenView.WAIT


def test_an_answer_that_comes_after_the_lock_is_not_shown_to_who_sits_down_next(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    counter.identified()
    window.step_bar.administration.click()
    panel = next(one for one in window.administration.panels if isinstance(one, MyDataPanel))
    window.administration.list.pick(panel)
    panel.number.setText("001199000123")
    panel.confirmed.setChecked(True)
    panel.look.click()
    counter.session.lock(locked=True)
    written(counter, qtbot)
    sit(counter, MAY)
    sit(counter, MINH)
    window.step_bar.administration.click()
    window.administration.list.pick(panel)
    assert panel.isVisible()
    assert panel.number.text() == ""
    assert panel.told.text() == ""


def test_who_may_not_serve_any_more_by_a_newer_list_sees_no_dossier(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    counter.identified()
    demoted = replace(OFFICER, roles=frozenset({Role.IT}))
    counter.session.desk.trust.attendance.enrol(roster(demoted, MINH))
    qtbot.waitUntil(lambda: window.administration_in_front)
    assert "Thị Đăng" not in window.header.person.text()
    assert not window.step_bar.buttons["home"].isVisible()
