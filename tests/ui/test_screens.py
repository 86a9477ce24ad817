"""Two windows on the displays there are: one is unplugged, or the only one is turned, and no answer is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QScreen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from station.actions.permits import Deed
from station.dossier.confirmation import questions, unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.ui.administration.add_person_dialog import AddPersonDialog
from station.ui.screens import Screens
from station.ui.second_person import ask_second
from station.ui.session import CitizenView
from station.ui.widgets.ask import ask
from tests.ui.conftest import Counter
from tests.ui.papers import field, paper, scanned


class Displays(QObject):
    """What an application says about its displays; the test plugs them in and out."""

    screenAdded = Signal(object)  # noqa: N815 -- Qt's name
    screenRemoved = Signal(object)  # noqa: N815

    def __init__(self, application: QApplication, count: int) -> None:
        super().__init__()
        self._application, self.count, self.ended = application, count, False

    def screens(self) -> list[QScreen]:
        """The one display that the tests have, as often as the test says."""
        return [self._application.primaryScreen()] * self.count

    def plug_in(self) -> None:
        self.count += 1
        self.screenAdded.emit(None)

    def unplug(self) -> None:
        self.count -= 1
        self.screenRemoved.emit(None)

    def quit(self) -> None:
        self.ended = True


@pytest.fixture
def displays(request: pytest.FixtureRequest, dressed: QApplication) -> Displays:
    return Displays(dressed, request.param)


@pytest.fixture
def screens(displays: Displays, counter: Counter, qtbot: QtBot) -> Iterator[Screens]:
    made = Screens(displays, counter.session)
    qtbot.addWidget(made.counter)
    qtbot.addWidget(made.citizen)
    made.show()
    made.counter.resize(1366, 768)
    qtbot.waitUntil(made.counter.isActiveWindow)
    yield made
    if made.turned:
        made.turned.close()


@pytest.fixture
def asking(screens: Screens, counter: Counter, qtbot: QtBot) -> Screens:
    scanned(counter, qtbot, paper(field("request", "Đăng ký lại khai sinh")))
    screens.counter.go_to("confirm")
    return screens


def dossier_on(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def answer_one(counter: Counter, qtbot: QtBot, verdict: Verdict = Verdict.RIGHT) -> None:
    before = unanswered(dossier_on(counter))
    counter.session.answer(before[0].id, before[0].value, verdict)
    qtbot.waitUntil(lambda: len(unanswered(dossier_on(counter))) < len(before))


one_display = pytest.mark.parametrize("displays", [1], indirect=True)
two_displays = pytest.mark.parametrize("displays", [2], indirect=True)


@two_displays
def test_with_two_displays_the_citizen_has_one_and_the_officer_keeps_the_keyboard(screens: Screens) -> None:
    assert screens.citizen.isVisible()
    assert screens.citizen.windowState() & Qt.WindowState.WindowFullScreen
    assert screens.counter.isActiveWindow()


@two_displays
def test_a_display_unplugged_while_asking_leaves_every_answer_and_a_way_on(
    asking: Screens, displays: Displays, counter: Counter, qtbot: QtBot
) -> None:
    answer_one(counter, qtbot)
    left = [entry.id for entry in unanswered(dossier_on(counter))]
    displays.unplug()
    assert not asking.citizen.isVisible()
    assert asking.counter.confirm.turn.isVisible()
    qtbot.keyClick(asking.counter.confirm.list, Qt.Key.Key_F11)
    assert asking.turned is not None
    assert [entry.id for entry in unanswered(dossier_on(counter))] == left
    assert asking.turned.questions.question.open


@two_displays
def test_when_every_display_is_gone_for_a_moment_the_windows_stay_as_they_are(
    screens: Screens, displays: Displays
) -> None:
    displays.screenRemoved.emit(displays.screens()[0])  # Qt still lists the one that goes
    assert screens.counter.isVisible()
    assert screens.citizen.isVisible()


@one_display
def test_f11_turns_the_only_display_and_f11_turns_it_back(asking: Screens, qtbot: QtBot) -> None:
    assert not asking.citizen.isVisible()
    qtbot.keyClick(asking.counter.confirm.list, Qt.Key.Key_F11)
    turned = asking.turned
    assert turned is not None
    assert turned.isVisible()
    assert turned.view is CitizenView.ASK
    assert turned.geometry() == turned.screen().geometry()
    qtbot.waitUntil(turned.isActiveWindow)
    assert turned.hasFocus()
    qtbot.keyClick(turned, Qt.Key.Key_F11)
    assert asking.turned is None
    qtbot.waitUntil(asking.counter.isActiveWindow)
    assert asking.counter.current == "confirm"
    assert asking.counter.confirm.list.hasFocus()


@one_display
def test_the_display_turns_back_by_itself_after_the_last_question(
    asking: Screens, counter: Counter, qtbot: QtBot
) -> None:
    asking.counter.confirm.turn.click()
    for _ in questions(dossier_on(counter)):
        assert asking.turned is not None
        answer_one(counter, qtbot)
    qtbot.waitUntil(lambda: asking.turned is None)
    qtbot.waitUntil(asking.counter.isActiveWindow)
    qtbot.waitUntil(asking.counter.confirm.go_on.hasFocus)


@one_display
def test_a_wrong_turns_the_display_back_and_leads_the_officer_to_the_value(
    asking: Screens, counter: Counter, qtbot: QtBot
) -> None:
    asking.counter.confirm.turn.click()
    answer_one(counter, qtbot, Verdict.WRONG)
    qtbot.waitUntil(lambda: asking.turned is None)
    assert asking.counter.current == "review"


@one_display
def test_the_lock_answers_every_dialog_in_front_with_no(screens: Screens, counter: Counter, qtbot: QtBot) -> None:
    window, session = screens.counter, counter.session

    def print_dialog() -> int:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        return QPrintDialog(printer, window).exec()

    for asked, no in (
        (lambda: ask(window, session.language, "erasing.ask", count=1), False),
        (lambda: AddPersonDialog(window, session).exec(), QDialog.DialogCode.Rejected),
        (lambda: ask_second(window, session, Deed.ERASE), None),
        (lambda: QFileDialog.getSaveFileName(window)[0], ""),
        (print_dialog, QDialog.DialogCode.Rejected),
    ):
        QTimer.singleShot(0, lambda: session.lock(locked=True))
        assert asked() == no
        assert session.locked
        session.lock(locked=False)


@one_display
def test_locking_a_turned_display_shows_the_lock_and_nobody(asking: Screens, counter: Counter) -> None:
    asking.counter.confirm.turn.click()
    counter.session.lock(locked=True)
    assert asking.turned is None
    assert asking.counter.lock_page.isVisible()


@one_display
def test_a_display_plugged_in_takes_over_from_the_turned_one(
    asking: Screens, displays: Displays, counter: Counter, qtbot: QtBot
) -> None:
    asking.counter.confirm.turn.click()
    answer_one(counter, qtbot)
    displays.plug_in()
    assert asking.turned is None
    assert asking.citizen.isVisible()
    assert asking.citizen.view is CitizenView.ASK
    assert not asking.counter.confirm.turn.isVisible()


@two_displays
def test_closing_the_officers_window_ends_the_program_and_the_citizens_screen(
    screens: Screens, displays: Displays
) -> None:
    screens.counter.close()
    assert displays.ended
    assert not screens.citizen.isVisible()
