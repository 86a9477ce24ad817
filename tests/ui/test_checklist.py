"""The checklist that lives: questions by key, papers by Space and digits, and «Thiếu gì?»."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.dossier.checklist import Standing
from station.dossier.dossier import Dossier, State
from station.language import Language
from station.ui.checklist_words import sign_of, standing_words
from station.ui.counter.checklist_rows import Asked, checklist_rows
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.papers import field, now_on, paper, scanned

STATUS, BUILDING = "1.004873", "1.013225"
LONG_NAME = "Nguyễn Phúc Hoàng Thị Kim Thiên Ngọc Đăng"
Key = Qt.Key


def opened(counter: Counter, procedure: str = STATUS) -> Dossier:
    """A dossier of somebody whose data were typed, so that no card was shown."""
    desk, dossier = counter.session.desk, counter.open(procedure)
    values = {"full_name": LONG_NAME, "id_number": "001199000123", "birth_date": "1999-03-05", "sex": "female"}
    counter.session.take(desk.identify_person.by_hand(dossier.id, values, desk.officer))
    return now_on(counter, dossier.id)


def answered(counter: Counter, *, yes: tuple[str, ...] = ()) -> Dossier:
    """All questions of the dossier on the counter answered."""
    desk, dossier = counter.session.desk, counter.session.dossier
    assert dossier is not None
    while question := desk.checklist.see(dossier).question:
        dossier = desk.answer_condition(dossier.id, question.key, question.key in yes, desk.officer)
    counter.session.take(dossier)
    return dossier


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def conditions(counter: Counter) -> dict[str, bool]:
    assert counter.session.dossier is not None
    return counter.session.dossier.conditions


def test_questions_come_one_at_a_time_and_a_key_answers(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    opened(counter)
    window.go_to("scan")
    bar = window.scan.checklist.question
    assert bar.isVisible()
    first = bar.question.text()
    press(qtbot, Key.Key_K)
    qtbot.waitUntil(lambda: conditions(counter) == {"was_married": False})
    assert bar.question.text() != first
    press(qtbot, Key.Key_K)
    qtbot.waitUntil(lambda: len(conditions(counter)) == 2)
    press(qtbot, Key.Key_C)
    qtbot.waitUntil(lambda: conditions(counter).get("by_proxy") is True)
    assert not bar.isVisible()


def test_space_on_an_answered_question_asks_it_again(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    opened(counter)
    answered(counter)
    window.go_to("scan")
    panel = window.scan.checklist
    panel.list.setFocus()
    assert panel.list.pick(Asked("by_proxy"))
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: "by_proxy" not in conditions(counter))
    assert panel.question.isVisible()


def test_an_answer_is_taken_back_like_any_other_deed(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    opened(counter)
    window.go_to("scan")
    press(qtbot, Key.Key_C)
    qtbot.waitUntil(lambda: conditions(counter) == {"was_married": True})
    press(qtbot, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: conditions(counter) == {})
    assert window.scan.checklist.question.isVisible()


def test_the_list_of_kinds_keeps_its_letters(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    scanned(counter, qtbot, paper(kind="marital_status_form"))
    window.go_to("scan")
    assert window.scan.checklist.question.isVisible()
    window.scan.page_actions.kind.setFocus()
    press(qtbot, Key.Key_K)
    qtbot.wait(50)
    assert conditions(counter) == {}


def test_below_the_review_alt_and_the_letter_answer_while_a_field_has_the_keyboard(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    opened(counter)
    window.go_to("review")
    assert window.checklist.isVisible()
    window.review.editor.line.setFocus()
    window.review.editor.line.setText("")
    press(qtbot, Key.Key_C)
    assert window.review.editor.line.text() == "c"
    assert conditions(counter) == {}
    press(qtbot, Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: conditions(counter) == {"was_married": True})


def test_the_checklist_is_in_sight_while_scanning_reviewing_and_sealing(
    window: CounterWindow, counter: Counter
) -> None:
    opened(counter)
    seen = {}
    for step in ("identify", "scan", "review", "confirm", "seal"):
        window.go_to(step)
        seen[step] = (window.scan.checklist.isVisible(), window.checklist.isVisible())
    assert {step for step, (panel, strip) in seen.items() if panel or strip} == {"scan", "review", "seal"}
    assert not any(panel and strip for panel, strip in seen.values())


def test_no_standing_is_told_by_its_colour_alone(counter: Counter, language: Language) -> None:
    opened(counter)
    made = counter.session.desk.checklist.see(answered(counter, yes=("by_proxy", "was_married")))
    rows = [row for row in checklist_rows(made, {}, language) if not row.heading]
    assert all(row.hint and row.sign for row in rows)
    words = {(sign_of(item), standing_words(item, language)) for item in made.items}
    assert len({sign for sign, _ in words}) <= len({told for _, told in words})
    for standing in Standing:
        told = [f"checklist.{standing.value}", "checklist.pages"]
        assert any(key in language for key in told), standing


def test_a_digit_counts_where_several_are_asked_for_and_backspace_takes_it_back(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = opened(counter, BUILDING)
    window.go_to("scan")
    items = counter.session.desk.checklist.see(dossier).items
    several = next(item.wanted for item in items if item.wanted.originals > 1)
    panel = window.scan.checklist
    assert panel.pick(several.key)
    press(qtbot, Key.Key_1)
    qtbot.waitUntil(lambda: now_on(counter, dossier.id).counted == {several.key: 1})
    press(qtbot, Key.Key_Backspace)
    qtbot.waitUntil(lambda: now_on(counter, dossier.id).counted == {})
    alone = next(
        item.wanted for item in counter.session.desk.checklist.see(dossier).items if item.wanted.originals == 1
    )
    assert panel.pick(alone.key)
    press(qtbot, Key.Key_5)
    qtbot.wait(50)
    assert now_on(counter, dossier.id).counted == {}


def test_trap_13_what_is_only_shown_is_noted_by_a_key_and_nothing_is_scanned(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = opened(counter)
    answered(counter)
    window.go_to("scan")
    panel = window.scan.checklist
    assert panel.pick("identity")
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: now_on(counter, dossier.id).presented == ("identity",))
    item = counter.session.desk.checklist.see(now_on(counter, dossier.id)).item("identity")
    assert item is not None
    assert (item.standing, now_on(counter, dossier.id).pages) == (Standing.NOTED, ())


def test_tab_leads_from_the_pages_to_the_papers_where_space_notes_one(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    dossier = opened(counter)
    answered(counter)
    window.go_to("scan")
    panel, passed = window.scan.checklist, list[QWidget | None]()
    while not panel.list.hasFocus() and len(passed) < 30:
        passed.append(QApplication.focusWidget())
        press(qtbot, Key.Key_Tab)
    assert panel.list.hasFocus(), passed
    picked = panel.list.picked()
    assert isinstance(picked, str)
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: now_on(counter, dossier.id).presented == (picked,))
    assert panel.list.hasFocus()
    assert panel.list.picked() == picked


def test_the_picked_paper_is_told_in_full(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    form = paper(field("applicant.full_name", "Trần Văn Mẫu"), kind="birth_registration_form")
    scanned(counter, qtbot, form)
    window.go_to("scan")
    panel = window.scan.checklist
    assert panel.pick("registration_form")
    assert "Trần Văn Mẫu" in panel.detail.text()
    assert "phím cách" in panel.detail.text()


def test_the_first_thing_to_do_is_in_sight_without_scrolling(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    """Fourteen papers, names as long as they come, on a small screen."""
    dossier = opened(counter, BUILDING)
    window.go_to("scan")
    panel, desk = window.scan.checklist, counter.session.desk
    items = desk.checklist.see(dossier).items
    for item in items:
        if not item.there:
            for button in (window.scan.what_lacks, window.scan.go_on):
                assert window.rect().contains(placed(button, window))
            (shown,) = [
                panel.list.visualRect(panel.list.rows.index(place))
                for place, row in enumerate(panel.list.rows.rows)
                if row.data == first_lacking(counter)
            ]
            qtbot.waitUntil(lambda shown=shown: shown.intersects(panel.list.viewport().rect()))  # type: ignore[misc]
            now = desk.note_paper(dossier.id, first_lacking(counter), True, desk.officer)
            counter.session.take(now)
            if not any(one.lacking for one in desk.checklist.see(now).items):
                break
    assert desk.checklist.see(now_on(counter, dossier.id)).complete


def first_lacking(counter: Counter) -> str:
    dossier = counter.session.dossier
    assert dossier is not None
    return next(item.wanted.key for item in counter.session.desk.checklist.see(dossier).items if item.lacking)


def placed(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


@pytest.fixture
def slip(window: CounterWindow, counter: Counter, qtbot: QtBot) -> CounterWindow:
    """«Thiếu gì?» in front, every question answered."""
    opened(counter)
    answered(counter, yes=("by_proxy",))
    window.go_to("scan")
    qtbot.keyClick(window, Key.Key_F3)
    assert window.slip_in_front
    return window


def test_f3_lists_what_lacks_and_esc_goes_back_to_the_step(slip: CounterWindow, qtbot: QtBot) -> None:
    titles = [row.title for row in slip.slip.list.rows.rows if not row.heading]
    assert len(titles) == 3
    press(qtbot, Key.Key_Escape)
    assert (slip.current, slip.slip_in_front) == ("scan", False)


def test_enter_gives_the_slip_its_number_and_it_stays_the_same(
    slip: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None and len(counter.session.dossier.slips) == 1)
    assert "0001/HDHS" in slip.slip.state.text()
    assert not slip.slip.give.isEnabled()
    assert slip.slip.print.accessibleName() == language("checklist.slip.again")
    qtbot.waitUntil(slip.slip.print.hasFocus)


def test_no_print_dialog_opens_in_front_of_the_lock(
    slip: CounterWindow, counter: Counter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: opened.append("print"))
    slip.slip.print.click()
    counter.session.lock(locked=True)
    qtbot.waitUntil(lambda: counter.session.dossier is not None and len(counter.session.dossier.slips) == 1)
    assert not opened


def test_no_slip_is_given_while_a_question_is_open(slip: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    dossier, desk = counter.session.dossier, counter.session.desk
    assert dossier is not None
    counter.session.take(desk.answer_condition(dossier.id, "by_proxy", None, desk.officer))
    assert slip.slip.question.isVisible()
    assert not slip.slip.give.isEnabled()
    qtbot.keyClick(slip.slip, Key.Key_Return)
    qtbot.keyClick(slip.slip.back, Key.Key_C)
    qtbot.waitUntil(slip.slip.give.isEnabled)
    assert now_on(counter, dossier.id).slips == ()


def test_a_doubtful_paper_is_put_on_the_slip_by_the_officer(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    scanned(counter, qtbot, paper(field("applicant.full_name", "Trần Văn Mẫu"), kind="birth_registration_form"))
    answered(counter)
    window.go_to("scan")
    qtbot.keyClick(window, Key.Key_F3)
    page = window.slip
    page.list.setFocus()
    assert page.list.pick("registration_form")
    before = page._slip
    press(qtbot, Key.Key_Space)
    assert before is not None
    assert page._slip is not None
    assert len(page._slip.rows) == len(before.rows) + 1
    press(qtbot, Key.Key_Space)
    assert page._slip.says_the_same(before)


def test_nothing_of_the_citizen_stays_on_the_page(slip: CounterWindow, counter: Counter) -> None:
    counter.session.show(None)
    assert not slip.slip_in_front
    assert slip.slip.list.rows.rows == ()
    assert slip.slip.state.text() == ""
    assert slip.slip.picture.sceneRect().width() <= 1  # no picture


def test_a_sealed_dossier_has_no_checklist_to_work_on(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.identified()
    answered(counter)
    sealed = counter.sealed()
    assert sealed.state is State.SEALED
    window.go_to("seal")
    assert not window.checklist.isVisible()
    qtbot.keyClick(window, Key.Key_F3)
    assert not window.slip_in_front
