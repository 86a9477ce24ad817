"""Who the citizen is: from the card's QR in a picture, from a device, or typed; shown large to compare."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from station.dossier.dossier import Dossier
from station.dossier.salvage import salvage
from station.errors import InputError, StationError
from station.ui.counter.person_card import PersonCard
from station.ui.counter.person_form import PersonForm
from station.ui.counter.reuse_panel import ReusePanel
from station.ui.counter.step import Step
from station.ui.counter.today_address import TodayAddress
from station.ui.devices import DeviceList
from station.ui.session import Session
from station.ui.wedge import Wedge
from station.ui.widgets.buttons import button
from station.ui.widgets.device_picker import DevicePicker
from station.ui.widgets.files import PICTURES, read_file
from station.ui.widgets.labels import label, set_role


class IdentifyStep(Step):
    """Three ways to one person. Typed values wait for Enter; the next Enter goes on."""

    name = "identify"

    def __init__(self, session: Session, devices: DeviceList) -> None:
        super().__init__(session)
        self._devices, self._cancel = devices, threading.Event()
        self._person: tuple[object, ...] | None = None
        self._working = False
        self.picker = DevicePicker(self.language, devices, one_page=True)
        self.scan = button(self.language("counter.identify.scan"), self._on_scan_asked, "primary", "F5")
        self.stop = button(self.language("counter.scan.cancel"), self._on_stop, "secondary", "Esc")
        self.pick = button(self.language("counter.identify.pick"), self._on_pick, "secondary", "Ctrl+O")
        self.busy = label(role="hint")
        self.form = PersonForm(self.language)
        self.record = button(self.language("counter.identify.record"), self._on_record, "secondary", "Ctrl+S")
        self.card = PersonCard(self.language)
        self.today, self.reuse = TodayAddress(session), ReusePanel(session)
        self.go_on = button(self.language("counter.go_on"), self._on_enter, "primary", "Enter")
        self._build()
        self.form.changed.connect(self._show_state)
        Wedge(self).scanned.connect(self._on_scanner)
        self.picker.picked.connect(self._show_state)
        self.reuse.exhausted.connect(self.go_on.setFocus)
        self._show_state()

    def refresh(self, dossier: Dossier | None) -> None:
        person = (dossier.id, dossier.entries_of(None), dossier.warnings) if dossier else None
        if person != self._person:  # not while the officer types into an unchanged person
            self._person = person
            self.form.show_person(dossier)
            self.card.show_person(dossier)
        self.today.show_dossier(dossier)
        self.reuse.show_dossier(dossier)
        self._show_state()

    def enter(self) -> None:
        self._devices.look_once()
        dossier = self.session.dossier
        if dossier and dossier.person_name:
            self.go_on.setFocus()
        else:
            self.form.id_number.setFocus()

    def leave(self) -> None:
        self._cancel.set()

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        by_code = QVBoxLayout(card)
        by_code.setContentsMargins(16, 14, 16, 14)
        by_code.setSpacing(8)
        by_code.addWidget(label(self.language("counter.identify.by_code"), "subtitle"))
        by_code.addWidget(label(self.language("counter.identify.by_code_hint"), "hint", wrap=True))
        by_code.addWidget(self.picker)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.scan)
        ways.addWidget(self.stop)
        ways.addWidget(self.pick)
        ways.addWidget(self.busy, 1)
        by_code.addLayout(ways)
        typed = QFrame()
        typed.setProperty("role", "card")
        by_hand = QVBoxLayout(typed)
        by_hand.setContentsMargins(16, 14, 16, 14)
        by_hand.setSpacing(10)
        by_hand.addWidget(label(self.language("counter.identify.by_hand"), "subtitle"))
        by_hand.addWidget(self.form)
        recording = QHBoxLayout()
        recording.addStretch()
        recording.addWidget(self.record)
        by_hand.addLayout(recording)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(label(self.language("counter.identify.title"), "title"))
        left.addWidget(card)
        left.addWidget(typed)
        left.addStretch()
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.card, 1)
        right.addWidget(self.today)
        right.addWidget(self.reuse, 1)
        bottom = QHBoxLayout()
        bottom.addStretch()
        bottom.addWidget(self.go_on)
        right.addLayout(bottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    def _show_state(self) -> None:
        dossier = self.session.dossier
        known = bool(dossier and dossier.person_name)
        self.scan.setEnabled(self.picker.hopeful and not self._working)
        self.scan.setVisible(not self._working)
        self.stop.setVisible(self._working)
        self.pick.setEnabled(not self._working)
        self.record.setEnabled(self.form.dirty)
        self.go_on.setEnabled(known or self.form.dirty)
        set_role(self.scan, "secondary" if known else "primary")
        set_role(self.go_on, "primary" if known or self.form.dirty else "secondary")
        self.busy.setText(self.language("counter.identify.working") if self._working else "")

    def _on_pick(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self, self.language("counter.identify.pick"), "", self.language("counter.files.pictures", types=PICTURES)
        )
        if file:
            self.read_picture(Path(file))

    def read_picture(self, file: Path) -> None:
        """Take the person from a picture of the card."""
        dossier = self.session.dossier
        if dossier is None:
            return
        self._begin()
        self.session.tasks.look(
            lambda: read_file(file), lambda content: self._on_content(dossier.id, content), self._on_failed, self._end
        )

    def _on_scan_asked(self) -> None:
        self.picker.when_ready(self._on_scan)

    def _on_scan(self) -> None:
        dossier = self.session.dossier
        if dossier is None or self._working:
            return
        job, cancel = self.picker.job(), threading.Event()
        self._cancel = cancel
        scan_pages = self.session.desk.scan_pages
        self._begin()
        self.session.tasks.device(
            lambda: scan_pages.one_image(job, cancel),
            lambda image: self._on_content(dossier.id, image.content),
            self._on_failed,
            self._end,
        )

    def _on_stop(self) -> None:
        self._cancel.set()

    def _on_content(self, dossier_id: str, content: bytes) -> None:
        """The card is that of the citizen it was asked for: whoever came to the counter meanwhile is another."""
        session, desk = self.session, self.session.desk
        if session.dossier is None or session.dossier.id != dossier_id:
            self._end()
            return
        session.tasks.write(
            lambda: desk.identify_person.by_image(dossier_id, content, desk.officer),
            self._on_done,
            self._on_failed,
            self._end,
        )

    def _on_scanner(self, typed: str) -> None:
        """A hand-held scanner read the card. What came through of a damaged text waits in the fields."""
        session, dossier, desk = self.session, self.session.dossier, self.session.desk
        if dossier is None or self._working:
            return

        def failed(error: StationError) -> None:
            self._on_failed(error)
            if error.code == "code.mangled":
                self.form.fill(salvage(typed))
                self.form.full_name.setFocus()

        session.tasks.write(
            lambda: desk.identify_person.by_scanner(dossier.id, typed, desk.officer), self._on_done, failed, self._end
        )

    def _on_record(self) -> None:
        session, dossier = self.session, self.session.dossier
        if dossier is None or not self.form.dirty:
            return
        try:
            values = self.form.values()
        except InputError:  # told under the field, and gone from there as soon as it is mended
            self.form.birth_date.setFocus()
            return
        desk = session.desk
        session.tasks.write(
            lambda: desk.identify_person.by_hand(dossier.id, values, desk.officer),
            self._on_done,
            self._on_failed,
            self._end,
        )

    def _on_done(self, dossier: Dossier) -> None:
        self._end()
        self.session.take(dossier)
        if self.isVisible():
            self.go_on.setFocus()

    def _on_failed(self, error: StationError) -> None:
        self._end()
        self.session.failed.emit(error)

    def _begin(self) -> None:
        self._working = True
        self._show_state()

    def _end(self) -> None:
        self._working = False
        self._show_state()

    def _on_enter(self) -> None:
        dossier = self.session.dossier
        if self.form.dirty:
            self._on_record()
        elif dossier and dossier.person_name:
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif event.key() == Qt.Key.Key_Escape and self._working:
            self._on_stop()
        else:
            super().keyPressEvent(event)
