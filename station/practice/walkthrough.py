"""One dossier through the real windows, by keyboard and mouse: what the officer and the citizen do, with pictures."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from station.app import Station
from station.dossier.checks import needs_look
from station.dossier.confirmation import unanswered
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Entry
from station.dossier.finding import Finding
from station.errors import StationError
from station.practice.hands import Hands, WalkError
from station.practice.local_hub import LocalHub
from station.practice.people import PASSPHRASE
from station.ui.administration.ledger_panel import LedgerPanel
from station.ui.administration.my_data_panel import MyDataPanel
from station.ui.counter.review_list import waiting
from station.ui.screens import Screens
from station.ui.session import CitizenView, Session
from station.ui.words import value_words

PROCEDURE, ID_NUMBER = "khai sinh", "person/id_number"


def walk_through(
    station: Station, session: Session, screens: Screens, *, hub: LocalHub, tray: Path, pictures: Path | None
) -> int:
    """Drive the journey and print a short account; 1 with the reason if anything on the way went wrong."""
    walk = Walk(station, session, screens, hub, tray, Hands(pictures))
    try:
        walk.run()
    except (WalkError, StationError) as error:
        walk.hands.picture("stopped", screens.counter)
        sys.stderr.write(f"The walk stopped: {error}\n")
        return 1
    return 0


class Walk:
    """The journey: open, identify, scan, review, confirm, seal, wait for the hub."""

    def __init__(
        self, station: Station, session: Session, screens: Screens, hub: LocalHub, tray: Path, hands: Hands
    ) -> None:
        self.station, self.session, self.screens = station, session, screens
        self.hub, self.tray, self.hands = hub, tray, hands
        self.counter = screens.counter
        self.citizen = screens.citizen
        self.corrected = 0
        self.failures: list[str] = []
        session.failed.connect(lambda error: self.failures.append(error.code))

    def run(self) -> None:
        began = time.monotonic()
        before = len(self.hub.holdings())
        self.open()
        self.identify()
        pages, seconds = self.scan()
        fields = self.review()
        self.confirm()
        dossier = self.seal()
        held = self.deliver(dossier)
        self.look_after(dossier)
        self.sign_in_again()
        self.lock()
        self.must_be_calm()
        if len(held) != before + 1:
            raise WalkError(f"the hub has {len(held)} dossiers instead of {before + 1}")
        mine = next(row for row in held if row["dossier_id"] == dossier.id)
        say = self.hands.say
        say(f"Pages scanned and read      {pages} in {seconds:.1f} s")
        say(f"Values reviewed             {fields}, of which {self.corrected} corrected by the officer")
        say(f"Receipt number              {dossier.number}")
        say(f"Result promised for         {dossier.due_at:%H:%M %d/%m/%Y}")
        complete = sum(page["complete"] for page in mine["pages"])
        say(f"The hub has                 {mine['hub_number']}, {complete} of {len(mine['pages'])} pages, all verified")
        say(f"The whole walk took         {time.monotonic() - began:.0f} s")
        if self.hands.folder:
            say(f"Pictures of each step       {self.hands.folder}")

    def open(self) -> None:
        self.until(self.counter.isActiveWindow, "the keyboard before the officer")
        self.hands.pause()
        self.hands.picture("01-home", self.counter)
        self.hands.picture("01-citizen-welcome", self.citizen)
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: self.counter.current == "open", "the list of procedures")
        self.hands.type(PROCEDURE)
        self.hands.pause()
        self.hands.picture("02-open", self.counter)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.session.dossier is not None, "an open dossier")

    def identify(self) -> None:
        step = self.counter.identify
        self.until(lambda: self.counter.current == "identify" and step.scan.isEnabled(), "a device for the card")
        self.press(Qt.Key.Key_F5)
        self.until(lambda: bool(self.dossier.person_name), "the person from the card's QR")
        self.hands.picture("03-identify", self.counter)
        self.hands.picture("03-citizen-wait", self.citizen)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.counter.current == "scan", "the scan step")

    def scan(self) -> tuple[int, float]:
        began = time.monotonic()
        self.choose_feeder()
        self.press(Qt.Key.Key_F5)
        self.until(lambda: len(self.dossier.pages) >= 2, "the first pages")
        self.hands.picture("04-scanning", self.counter)
        self.until(lambda: not self.session.scanning, "the end of the pile")
        self.until(lambda: all(page.read for page in self.dossier.pages), "all pages read", seconds=180)
        seconds = time.monotonic() - began
        self.answer_questions()
        self.note_shown_papers()
        self.hands.pause()
        self.hands.picture("05-scanned", self.counter)
        self.look_at_corners()
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.counter.current == "review", "the review")
        return len(self.dossier.pages), seconds

    def choose_feeder(self) -> None:
        """The practice tray feeds a whole pile from its feeder, as a scanner does."""
        step = self.counter.scan
        self.until(lambda: step.picker.ready, "a device for the papers")
        step.picker.source.setCurrentIndex(step.picker.source.findData("adf"))

    def look_at_corners(self) -> None:
        """Where the machine found the first paper in its image; Esc leaves it there."""
        step = self.counter.scan
        step.grid.setFocus()
        self.press(Qt.Key.Key_Home)
        self.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: step.corners.corners.sound, "the corners of the first paper")
        self.hands.pause()
        self.hands.picture("05-corners", self.counter)
        self.press(Qt.Key.Key_Escape)
        self.until(step.grid.isVisible, "the pages again")

    def answer_questions(self) -> None:
        """One key a question, as the papers suggest; what they say nothing about is not the case."""
        see, key = self.station.desk.checklist.see, self.session.language
        while question := see(self.dossier).question:
            answer = key(f"checklist.question.key_{'yes' if see(self.dossier).suggested else 'no'}")
            self.press(Qt.Key[f"Key_{answer}"])
            self.until(partial(self.is_answered, question.key), f"{question.key} answered")

    def is_answered(self, key: str) -> bool:
        return key in self.dossier.conditions

    def note_shown_papers(self) -> None:
        """Space on a paper that is only shown: seen, handed back, not scanned."""
        papers = self.counter.scan.checklist
        procedure = self.station.desk.procedures.get(self.dossier.procedure_code)
        for paper in procedure.papers:
            codes = {finding.paper_key for finding in self.findings()}
            if paper.key in codes and papers.pick(paper.key):
                self.press(Qt.Key.Key_Space)
                self.until(partial(self.is_noted, paper.key), f"{paper.key} noted")

    def review(self) -> int:
        """Compare each doubtful value with the specimen, as an officer does with the paper; then Enter."""
        truth = truth_of(self.tray)
        self.hands.pause()
        self.hands.picture("06-review", self.counter)
        looked = 0
        while doubtful := waiting(self.dossier):
            self.settle(doubtful[0], truth)
            looked += 1
        self.hands.picture("07-reviewed", self.counter)
        self.counter.go_to("confirm")
        self.until(lambda: self.citizen.view is CitizenView.ASK, "the questions on the citizen's screen")
        return looked

    def settle(self, entry: Entry, truth: dict[str, dict[str, str]]) -> None:
        """Enter on a right value; on a wrong one the right value and Enter."""
        self.until(lambda: self.counter.review.shown_entry == entry.id, "the value in the editor")
        right = self.right_value(entry, truth)
        if right != entry.value:
            line = self.counter.review.editor.line
            line.selectAll()
            self.hands.type_into(line, value_words(entry.key, right, self.session.language))
            self.corrected += 1
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not needs_look(self.dossier, self.dossier.entry(entry.id)), f"{entry.key} checked")

    def right_value(self, entry: Entry, truth: dict[str, dict[str, str]]) -> str:
        if entry.page_id is None:
            return entry.value
        return truth.get(self.dossier.page(entry.page_id).sha256, {}).get(entry.key, entry.value)

    def confirm(self) -> None:
        """The citizen reads and taps; the first value is called wrong once, to see that the officer is led to it."""
        self.hands.pause()
        self.hands.picture("08-citizen-asked", self.citizen)
        self.hands.picture("08-confirm", self.counter)
        first = self.citizen.questions.questions[0]
        entry = unanswered(self.dossier)[0]
        self.tap(first.wrong)
        self.until(lambda: self.counter.current == "review", "the disputed value before the officer")
        self.hands.picture("09-disputed", self.counter)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not self.dossier.entry(entry.id).disputed, "the disputed value settled")
        self.counter.go_to("confirm")
        while unanswered(self.dossier):
            self.until(lambda: self.citizen.view is CitizenView.ASK, "the questions on the citizen's screen")
            for question in self.citizen.questions.questions:
                if question.open:
                    if question.covered:
                        question.toggle_cover()
                    left = len(unanswered(self.dossier))
                    self.tap(question.right)
                    self.until(partial(self.fewer_unanswered, left), "the citizen's answer")
                    break
        self.hands.picture("10-confirmed", self.counter)

    def seal(self) -> Dossier:
        """Sealed without a network first: the receipt does not wait for the hub."""
        self.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: not self.station.desk.connection.online, "the station offline")
        self.counter.go_to("seal")
        step = self.counter.seal
        self.hands.pause()
        self.hands.picture("11-seal", self.counter)
        if step.seen.isVisible():
            self.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        self.until(step.seal.isEnabled, f"nothing in the way of the seal but {[f.code for f in self.findings()]}")
        self.press(Qt.Key.Key_F10)
        self.until(lambda: self.dossier.state is State.SEALED, "the seal")
        self.until(lambda: step.sealed.has_receipt, "the receipt")
        self.hands.pause()
        self.hands.picture("12-sealed-offline", self.counter)
        self.hands.picture("12-citizen-thanks", self.citizen)
        self.look_why()
        return self.dossier

    def look_why(self) -> None:
        """Why it has not arrived: the network was cut on purpose, and the page says so with its code."""
        self.press(Qt.Key.Key_F4)
        page = self.counter.province.waiting
        self.until(lambda: page.why.why is not None and page.why.why.it_code == "hub.offline", "why it is stuck")
        self.hands.pause()
        self.hands.picture("12-why", self.counter)
        self.press(Qt.Key.Key_Escape)
        self.until(lambda: not self.counter.province_in_front, "the sealed dossier again")

    def deliver(self, dossier: Dossier) -> list[dict[str, Any]]:
        self.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)

        def received() -> bool:
            progress = self.station.desk.dossiers.progress(dossier.id)
            return progress is not None and progress.delivery is Delivery.RECEIVED

        self.until(received, "the hub's receipt", seconds=60)
        view = self.counter.seal.sealed
        self.until(lambda: view.received and view.has_receipt, "the officer told of it, and the receipt made again")
        self.hands.pause()
        self.hands.picture("13-received", self.counter)
        return self.hub.holdings()

    def look_after(self, dossier: Dossier) -> None:
        """The end of the shift: whether all adds up; and what the citizen is told who asks what is kept about them."""
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.session.dossier is None, "a free counter")
        self.hands.pause()
        self.hands.picture("14-home", self.counter)
        page = self.counter.administration
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.until(lambda: isinstance(page.shown, LedgerPanel) and page.shown.today.isVisible(), "the ledger")
        self.hands.pause()
        self.hands.picture("14-ledger", self.counter)
        my_data = next(panel for panel in page.panels if isinstance(panel, MyDataPanel))
        page.list.pick(my_data)
        my_data.number.setText(dossier.entry(ID_NUMBER).value)
        my_data.confirmed.setChecked(True)
        my_data.look.click()
        self.until(lambda: my_data.sheet.pages_shown > 0, "what is kept about the citizen")
        self.hands.pause()
        self.hands.picture("14-my-data", self.counter)
        self.hands.press(page, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)

    def sign_in_again(self) -> None:
        """Who leaves the seat comes back by name and passphrase."""
        self.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.until(lambda: not self.station.desk.officer, "the empty seat")
        self.hands.pause()
        self.hands.picture("15-sign-in", self.counter)
        self.hands.type_into(self.counter.lock_page.passphrase, PASSPHRASE)
        self.hands.press(self.counter.lock_page.passphrase, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        self.until(lambda: not self.session.locked, "the officer back in the seat")

    def lock(self) -> None:
        self.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: self.session.locked, "the lock")
        self.hands.pause()
        self.hands.picture("15-locked", self.counter)
        self.hands.picture("15-citizen-blank", self.citizen)

    @property
    def dossier(self) -> Dossier:
        if self.session.dossier is None:
            raise WalkError("the dossier has left the counter")
        return self.session.dossier

    def is_noted(self, paper: str) -> bool:
        return paper in self.dossier.presented

    def fewer_unanswered(self, than: int) -> bool:
        return len(unanswered(self.dossier)) < than

    def findings(self) -> tuple[Finding, ...]:
        return self.station.desk.seal_dossier.findings(self.dossier)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.hands.press(self.counter, key, modifier)

    def tap(self, button: QPushButton) -> None:
        """Where the values have stood long enough to be read: earlier taps count for nothing."""
        self.until(lambda: self.citizen.questions.listening, "values that can be answered")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def until(self, fits: Callable[[], bool], what: str, seconds: float = 60) -> None:
        def fits_in_peace() -> bool:
            self.must_be_calm()
            return fits()

        self.hands.until(fits_in_peace, what, seconds)

    def must_be_calm(self) -> None:
        """An error that the officer was shown ends the walk: what comes after it would hide the reason."""
        if self.failures:
            raise WalkError(f"the officer was shown {', '.join(self.failures)}")


def truth_of(tray: Path) -> dict[str, dict[str, str]]:
    """What really stands on each paper of the tray, by the SHA-256 of its picture; nothing of papers without truth."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(tray.glob("*/truth.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            picture = file.parent / Path(told["file"]).name
            found[hashlib.sha256(picture.read_bytes()).hexdigest()] = told["fields"]
    return found
