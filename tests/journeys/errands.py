"""Five citizens served one after the other through the real windows, as a program of its own.

`python -m tests.journeys.errands FOLDER keyboard|mouse` prints a JSON line for each: keys, clicks, letters typed to
correct a value, and the seconds in which the officer could only wait.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMessageBox, QPushButton, QWidget

from station.app import Station
from station.dossier.checks import needs_look
from station.dossier.confirmation import unanswered
from station.dossier.dossier import State
from station.dossier.entry import Entry
from station.paths import DataFolder
from station.practice.hands import Hands, WalkError
from station.practice.local_hub import LocalHub
from station.practice.mode import open_practice
from station.practice.virtual_screens import virtual_screens
from station.practice.walkthrough import Walk, truth_of
from station.ui.counter.review_list import waiting
from station.ui.screens import Screens
from station.ui.session import CitizenView, Session
from station.ui.words import value_words
from tests.journeys.piles import BIRTH, COPIES, MARRIAGE, RESIDENCE, Pile

ERRANDS = (
    ("khai sinh", "1.001193", BIRTH),
    ("ket hon", "1.000894", MARRIAGE),
    ("xac nhan thong tin ve cu tru", "1.010041", RESIDENCE),
    ("chung thuc ban sao tu ban chinh", "2.000815", COPIES),
    ("dang ky thuong tru", "1.004222", RESIDENCE),
)
"""What the officer types, the procedure that must be found first by it, and the citizen's papers."""

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier

LISTENED = 50
"""Milliseconds between two looks whether something is asked."""


@dataclass
class Count:
    """What one citizen cost. `corrected` letters were typed because a value was read wrong."""

    procedure: str
    pages: int = 0
    keys: int = 0
    clicks: int = 0
    corrected: int = 0
    waited: float = 0.0
    number: str = ""


class CountingHands(Hands):
    """Counts keys and clicks, and the time in which nothing could be done."""

    def __init__(self) -> None:
        super().__init__(None)
        self.count = Count("")

    def until(self, fits: Callable[[], bool], what: str, seconds: float) -> None:
        began = time.monotonic()
        super().until(fits, what, seconds)
        self.count.waited += time.monotonic() - began

    def press(self, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.count.keys += 1
        super().press(window, key, modifier)

    def type_into(self, widget: QWidget, text: str) -> None:
        self.count.keys += len(text)
        super().type_into(widget, text)

    def click(self, widget: QWidget, place: QPoint | None = None, *, twice: bool = False) -> None:
        """A click of the mouse, or a finger on the citizen's screen."""
        self.count.clicks += 1
        strike = QTest.mouseDClick if twice else QTest.mouseClick
        strike(widget, Qt.MouseButton.LeftButton, PLAIN, place or widget.rect().center())


class Errand(Walk):
    """One citizen by the keyboard alone: nothing is clicked, and no widget is moved by its name."""

    hands: CountingHands

    def serve(self, words: str, code: str) -> Count:
        self.hands.count = Count(code)
        self.begin(words)
        if self.dossier.procedure_code != code:
            raise WalkError(f"«{words}» finds {self.dossier.procedure_code} first")
        self.identify()
        self.feed()
        self.look()
        self.hear_the_citizen()
        self.finish()
        count = self.hands.count
        count.pages, count.number = len(self.dossier.pages), self.dossier.number or ""
        self.advance()
        self.until(lambda: self.session.dossier is None, "a free counter")
        return count

    def begin(self, words: str) -> None:
        self.press(Qt.Key.Key_N, CONTROL)
        self.until(lambda: self.counter.current == "open", "the list of procedures")
        self.hands.type(words)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.session.dossier is not None, "an open dossier")

    def feed(self) -> None:
        """The pile into the feeder, the questions while it is read, the papers that are only shown."""
        step = self.counter.scan
        self.until(lambda: step.picker.ready, "a device for the papers")
        self.choose_the_feeder()
        self.scan_the_pile()
        self.until(lambda: len(self.dossier.pages) >= 1 and not self.session.scanning, "the pile")
        self.answer_questions()
        self.until(lambda: all(page.read for page in self.dossier.pages), "all pages read", seconds=240)
        self.answer_questions()
        self.note_shown_papers()
        self.advance()
        self.until(lambda: self.counter.current == "review", "the review")

    def choose_the_feeder(self) -> None:
        source = self.counter.scan.picker.source
        if source.currentData() != "adf":
            self.tab_to(source)
            while source.currentData() != "adf":
                self.press(Qt.Key.Key_Down)

    def scan_the_pile(self) -> None:
        self.press(Qt.Key.Key_F5)
        self.until(lambda: self.session.scanning or bool(self.dossier.pages), "the feeder")

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(40):
            if widget.hasFocus():
                return
            self.press(Qt.Key.Key_Tab)
        raise WalkError(f"Tab does not lead to {widget.accessibleName() or type(widget).__name__}")

    def note_shown_papers(self) -> None:
        papers = self.counter.scan.checklist.list
        for key in self.wanting():
            self.tab_to(papers)
            self.press(Qt.Key.Key_Home)
            while papers.picked() != key:
                before = papers.currentIndex().row()
                self.press(Qt.Key.Key_Down)
                if papers.currentIndex().row() == before:
                    raise WalkError(f"the keys do not lead to {key}")
            self.press(Qt.Key.Key_Space)
            self.until(partial(self.is_noted, key), f"{key} noted")

    def wanting(self) -> list[str]:
        """The papers that the officer still has to note, one of each group."""
        procedure = self.station.desk.procedures.get(self.dossier.procedure_code, self.dossier.procedure_version)
        asked = {finding.paper_key for finding in self.findings() if finding.paper_key}
        return [paper.key for paper in procedure.papers if paper.key in asked]

    def look(self) -> None:
        truth = truth_of(self.tray)
        while doubtful := waiting(self.dossier):
            entry = doubtful[0]
            self.until(lambda entry=entry: self.counter.review.shown_entry == entry.id, "the value in the editor")
            right = self.right_value(entry, truth)
            if right != entry.value:
                self.correct(entry, value_words(entry.key, right, self.session.language))
            self.accept_value()
            self.until(lambda entry=entry: not needs_look(self.dossier, self.dossier.entry(entry.id)), "it checked")
        self.leave_review()
        self.until(lambda: self.counter.current == "confirm", "the questions to the citizen")

    def correct(self, entry: Entry, words: str) -> None:
        """The value stands selected in the line: typing replaces it."""
        line = self.counter.review.editor.line
        self.until(lambda: line.hasFocus(), f"the keyboard in the line of {entry.key}")  # noqa: PLW0108 -- overloaded
        self.press(Qt.Key.Key_A, CONTROL)
        self.hands.type_into(line, words)
        self.hands.count.corrected += len(words)

    def accept_value(self) -> None:
        self.press(Qt.Key.Key_Return)

    def leave_review(self) -> None:
        self.press(Qt.Key.Key_Return, CONTROL)

    def hear_the_citizen(self) -> None:
        """The citizen says aloud that all of it is right."""
        self.until(lambda: self.citizen.view is CitizenView.ASK, "the questions on the citizen's screen")
        listening = QTimer(self.counter)  # the question has an event loop of its own
        listening.timeout.connect(partial(self.agree, listening))
        listening.start(LISTENED)
        self.press(Qt.Key.Key_D, CONTROL | SHIFT)
        self.counter.activateWindow()  # as a window manager does when a dialog is gone; here is none
        self.until(self.counter.isActiveWindow, "the keyboard back from the question")
        self.until(lambda: not unanswered(self.dossier), "the citizen's answers")
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.counter.current == "seal", "the seal")

    def agree(self, listening: QTimer) -> None:
        """Yes to the question once it has come up, whatever button has the keyboard."""
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, QMessageBox) or not asked.isVisible():
            return
        listening.stop()
        yes = next(
            button for button in asked.buttons() if asked.buttonRole(button) is QMessageBox.ButtonRole.DestructiveRole
        )
        for _ in asked.buttons():
            if asked.focusWidget() is yes:  # `hasFocus` waits for a window manager to make the window active
                break
            self.hands.press(asked, Qt.Key.Key_Tab, PLAIN)
        self.hands.press(asked, Qt.Key.Key_Return, PLAIN)

    def finish(self) -> None:
        step = self.counter.seal
        if step.seen.isVisible():
            self.mark_seen()
        self.until(step.seal.isEnabled, f"nothing in the way of the seal but {[f.code for f in self.findings()]}")
        self.press_seal()
        self.until(lambda: self.dossier.state is State.SEALED, "the seal", seconds=60)
        self.until(lambda: step.sealed.has_receipt, "the receipt", seconds=60)

    def mark_seen(self) -> None:
        self.press(Qt.Key.Key_D, CONTROL)

    def press_seal(self) -> None:
        self.press(Qt.Key.Key_F10)

    def advance(self) -> None:
        self.press(Qt.Key.Key_Return)


class ByMouse(Errand):
    """The same by the mouse, and by the citizen's finger; letters are typed only to find and to correct."""

    def click(self, button: QPushButton) -> None:
        self.until(lambda: button.isVisible() and button.isEnabled(), f"«{button.text()}» to be pressed")
        self.hands.click(button)

    def begin(self, words: str) -> None:
        self.click(self.counter.step_bar.new)
        step = self.counter.steps["open"]
        self.until(lambda: self.counter.current == "open", "the list of procedures")
        self.hands.type(words)
        self.click(step.go_on)
        self.until(lambda: self.session.dossier is not None, "an open dossier")

    def identify(self) -> None:
        step = self.counter.identify
        self.until(lambda: self.counter.current == "identify" and step.scan.isEnabled(), "a device for the card")
        self.click(step.scan)
        self.until(lambda: bool(self.dossier.person_name), "the person from the card's QR")
        self.click(step.go_on)
        self.until(lambda: self.counter.current == "scan", "the scan step")

    def choose_the_feeder(self) -> None:
        source = self.counter.scan.picker.source
        if source.currentData() != "adf":
            self.hands.click(source)
            self.click_row(source.view(), source.findData("adf"))
            self.until(lambda: source.currentData() == "adf", "the feeder chosen")

    def click_row(self, view: QAbstractItemView, row: int, *, twice: bool = False) -> None:
        index = view.model().index(row, 0)
        view.scrollTo(index)
        self.hands.click(view.viewport(), view.visualRect(index).center())
        if twice:  # what is told of the picked row has moved the list
            self.hands.pause()
            self.hands.click(view.viewport(), view.visualRect(index).center(), twice=True)

    def scan_the_pile(self) -> None:
        self.click(self.counter.scan.scan)
        self.until(lambda: self.session.scanning or bool(self.dossier.pages), "the feeder")

    def answer_questions(self) -> None:
        see, bar = self.station.desk.checklist.see, self.counter.scan.checklist.question
        while question := see(self.dossier).question:
            self.click(bar.yes if see(self.dossier).suggested else bar.no)
            self.until(partial(self.is_answered, question.key), f"{question.key} answered")

    def note_shown_papers(self) -> None:
        papers = self.counter.scan.checklist.list
        for key in self.wanting():
            row = next(place for place, row in enumerate(papers.rows.rows) if row.data == key)
            self.click_row(papers, row, twice=True)
            self.until(partial(self.is_noted, key), f"{key} noted")

    def correct(self, entry: Entry, words: str) -> None:
        line = self.counter.review.editor.line
        self.hands.click(line, twice=True)
        line.selectAll()
        self.hands.type_into(line, words)
        self.hands.count.corrected += len(words)

    def accept_value(self) -> None:
        self.click(self.counter.review.editor.right)

    def leave_review(self) -> None:
        self.click(self.counter.review.go_on)

    def hear_the_citizen(self) -> None:
        """The citizen touches each answer."""
        while left := len(unanswered(self.dossier)):
            self.until(lambda: self.citizen.view is CitizenView.ASK, "the questions on the citizen's screen")
            question = next(one for one in self.citizen.questions.questions if one.open)
            if question.covered:
                self.hands.click(question.see)
                self.until(lambda: self.citizen.questions.listening, "the uncovered number")
            self.until(lambda: self.citizen.questions.listening, "a value that can be answered")
            self.hands.click(question.right)
            self.until(partial(self.fewer_unanswered, left), "the citizen's answer")
        self.click(self.counter.confirm.go_on)
        self.until(lambda: self.counter.current == "seal", "the seal")

    def mark_seen(self) -> None:
        self.hands.click(self.counter.seal.seen, QPoint(12, self.counter.seal.seen.height() // 2))

    def press_seal(self) -> None:
        self.click(self.counter.seal.seal)

    def advance(self) -> None:
        scan, sealed = self.counter.scan, self.counter.seal.sealed
        self.click(scan.go_on if self.counter.current == "scan" else sealed.done_button)


def lay(pile: Pile, into: Path) -> None:
    """The pile with the side of the card on top that has the QR, and its truth under the new name."""
    shutil.copytree(pile.folder, into)
    card = pile.card_picture
    (into / card).rename(into / f"00-{card}")
    truth = into / "truth.jsonl"
    truth.write_text(truth.read_text("utf-8").replace(f'"{card}"', f'"00-{card}"'), "utf-8")


def main(folder: Path, hand: str) -> int:
    tray = folder / "tray"
    for place, (_, _, pile) in enumerate(ERRANDS, 1):
        lay(pile, tray / f"{place}-{pile.name}")

    def serve(station: Station, session: Session, screens: Screens, *, hub: LocalHub) -> int:
        errand = {"keyboard": Errand, "mouse": ByMouse}[hand](station, session, screens, hub, tray, CountingHands())
        errand.until(screens.counter.isActiveWindow, "the keyboard before the officer")
        for words, code, _ in ERRANDS:
            try:
                told = errand.serve(words, code)
            except WalkError as error:
                screens.counter.grab().save(str(folder / "stopped.png"))
                sys.stderr.write(f"{code}: {error}\n")
                return 1
            sys.stdout.write(json.dumps(asdict(told)) + "\n")
            sys.stdout.flush()
        return 0

    with virtual_screens("1024x600"):
        return open_practice(DataFolder(folder / "station"), tray, lambda hub: partial(serve, hub=hub))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
