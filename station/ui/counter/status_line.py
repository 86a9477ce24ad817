"""Below every step, in words: what the machine is doing, how its devices are, what waits for the hub, who sits here."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from station.actions.close_shift import Light
from station.dossier.capture import Device
from station.dossier.dossier import Dossier, State
from station.ui.backup_words import age_words
from station.ui.counter.page_remarks import most_pressing, remarks, still_open
from station.ui.devices import DeviceList
from station.ui.province.badge import ProvinceBadge
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import ElidedLabel, label, set_role

SLOW = 1.0
"""Seconds after which a person wonders whether anything happens."""
TICK = 500
LOOK_AT_DISK = 30_000
"""Milliseconds."""
NEARLY_FULL = 2 * 10**9
"""Bytes: some thousand pages, a day's work of a busy counter."""
CARD_KINDS = frozenset({"camera", "serial_reader", "keyboard_wedge", "pcsc"})


class StatusLine(QFrame):
    """One line that never asks for anything."""

    ledger_asked = Signal()

    def __init__(self, session: Session, devices: DeviceList) -> None:
        super().__init__()
        self._session, self._language, self._devices = session, session.language, devices
        self._since, self._captured = 0.0, 0
        self.setObjectName("status")
        self.work, self.busy = label(role="ok"), label(role="warning")
        self.scanner, self.card = _giving("hint"), _giving("hint")
        self.disk, self.province = label(role="error"), ProvinceBadge(session)
        self.backup = label(role="error")
        self.ledger = button("", self.ledger_asked.emit, "quiet")
        self.ledger.hide()
        self.remark = ElidedLabel(role="warning")
        self.officer = label(role="hint")
        self.show_officer()
        self.keys: QPushButton = button(self._language("keys.button"), lambda: None, "quiet", "F1")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 8, 1)
        row.setSpacing(18)
        row.addWidget(self.work)
        row.addWidget(self.busy)
        row.addWidget(self.remark, 1)
        troubles = (self.disk, self.backup)
        for part in (*troubles, self.province, self.ledger, self.scanner, self.card, self.officer, self.keys):
            row.addWidget(part)
        for part in (self.busy, self.disk, self.backup, self.card):
            part.hide()
        session.scanning_changed.connect(self._on_scanning_changed)
        session.page_captured.connect(lambda _page: self._on_captured())
        session.early_changed.connect(self._show_busy)
        devices.changed.connect(self._show_devices)
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self._show_busy)
        self._clock.start()
        self._disk = QTimer(self, interval=LOOK_AT_DISK)
        self._disk.timeout.connect(self._look_at_disk)
        self._disk.start()
        self._look_at_disk()
        self._show_devices()
        self.show_dossier(session.dossier)

    def show_officer(self) -> None:
        """Who sits here, as the trail calls them."""
        self.officer.setText(self._language("counter.status.officer", name=self._session.desk.officer))
        self.officer.setVisible(bool(self._session.desk.officer))

    def show_dossier(self, dossier: Dossier | None) -> None:
        """How many pages of the dossier on the counter are on disk."""
        self.remark.setText(self._remark_on(dossier) if dossier and dossier.state is State.OPEN else "")
        pages = len(dossier.pages) if dossier else 0
        self.work.setText(self._language("counter.status.pages_safe", count=pages) if pages else "")
        self._show_busy()

    def _remark_on(self, dossier: Dossier) -> str:
        """What the gate has against a page, wherever the officer is by now."""
        told = remarks(dossier, self._language)
        first, others = most_pressing(told, None), still_open(told) - 1
        if first is None:
            return ""
        return self._language("gate.more_status", sentence=first.sentence, count=others) if others else first.sentence

    def _show_busy(self) -> None:
        told = self._busy_words()
        self.busy.setText(told)
        self.busy.setVisible(bool(told))

    def _busy_words(self) -> str:
        """What a person is waiting for: the device first, then the disk, then the reader."""
        session, language = self._session, self._language
        if session.scanning:
            key = f"busy.{session.activity}"
            return language(key, page=self._captured + 1, seconds=int(time.monotonic() - self._since))
        writing = session.tasks.writing_for
        if writing > SLOW:
            return language("busy.writing", seconds=int(writing))
        dossier = session.dossier
        if dossier is None or dossier.state is not State.OPEN:
            return ""
        read = sum(page.read for page in dossier.pages)
        return language("busy.reading", page=read + 1, pages=len(dossier.pages)) if read < len(dossier.pages) else ""

    def _on_scanning_changed(self, scanning: bool) -> None:
        if scanning:
            self._since, self._captured = time.monotonic(), 0
        self._show_busy()

    def _on_captured(self) -> None:
        self._captured += 1
        self._show_busy()

    def _show_devices(self) -> None:
        found = self._devices.devices
        if self._devices.looking:
            self._tell_scanner(self._language("busy.looking"), "hint")
        elif found is not None:
            cards = [device for device in found if device.kind in CARD_KINDS]
            others = [device for device in found if device.kind not in CARD_KINDS]
            told = self._device_words("scanner", others)
            self._tell_scanner(told or self._language("busy.no_scanner"), "hint" if told else "warning")
            self.card.setText(self._device_words("card", cards))
            self.card.setVisible(bool(cards))

    def _tell_scanner(self, words: str, role: str) -> None:
        self.scanner.setText(words)
        set_role(self.scanner, role)

    def _device_words(self, key: str, devices: list[Device]) -> str:
        """The one that is ready; without such, the first."""
        if not devices:
            return ""
        one = next((device for device in devices if device.ready), devices[0])
        return self._language(f"busy.{key}" if one.ready else f"busy.{key}_not_ready", name=one.name)

    def _look_at_disk(self) -> None:
        self._show_backup()
        self._session.tasks.look(self._session.desk.queue.free_space, self._on_free_space, self._session.failed.emit)
        self._session.tasks.look(self._session.desk.shift.adds_up, self._on_ledger, self._session.failed.emit)

    def _on_ledger(self, light: Light) -> None:
        say = self._language
        name(self.ledger, say(f"ledger.status.{light.value}"))
        self.ledger.setToolTip(say(f"ledger.status.{light.value}_spoken"))
        self.ledger.setAccessibleDescription(say(f"ledger.status.{light.value}_spoken"))
        set_role(self.ledger, "quiet" if light is Light.WHOLE else "danger")
        self.ledger.show()

    def _show_backup(self) -> None:
        """Only where somebody has to do something about it."""
        state, now = self._session.desk.back_up.state(), self._session.desk.queue.now()
        self.backup.setText(self._language("backup.status", age=age_words(state, now, self._language)))
        self.backup.setVisible(state.is_old(now))

    def _on_free_space(self, left: int) -> None:
        self.disk.setText(self._language("busy.disk", megabytes=left // 10**6))
        self.disk.setVisible(left < NEARLY_FULL)


def _giving(role: str) -> ElidedLabel:
    """As wide as its words while there is room; what is asked of people comes before the names of devices."""
    made = ElidedLabel(role=role)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return made
