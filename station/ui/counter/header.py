"""Above every step: whose dossier this is and for what, the way to the hub, and the time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from station.clock import SystemClock
from station.dossier.delivery import Link
from station.dossier.dossier import Dossier, State
from station.errors import RuleError
from station.ui.counter.link_words import link_words
from station.ui.session import Session
from station.ui.widgets.buttons import button, press_with
from station.ui.widgets.giving_row import GivingRow
from station.ui.widgets.labels import ElidedLabel, label, set_role

SIDE, GAP = 16, 24
LETTERS_OF_DOSSIER, LETTERS_OF_OFFICER = 26, 26
"""How long a name has room before the deeds give way to it, and before it ends in «…» itself."""


class Header(QFrame):
    """Procedure, person, what can be done with the dossier wherever the work is, connection, clock."""

    undo_asked = Signal()
    park_asked = Signal()
    hand_over_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language, self._clock = session, session.language, SystemClock()
        self.setObjectName("header")
        self.person, self.procedure = ElidedLabel(role="subtitle"), ElidedLabel(role="hint")
        left = QVBoxLayout()
        left.setSpacing(1)
        left.addWidget(self.person)
        left.addWidget(self.procedure)
        self.offline = QCheckBox(f"{self._language('counter.connection.work_offline')} (Ctrl+M)")
        press_with(self.offline, "Ctrl+M")
        self.offline.setAccessibleName(self._language("counter.connection.work_offline"))
        self.offline.toggled.connect(self._on_offline_toggled)
        self.connection = label(role="hint")
        self._link: Link | None = None
        say = self._language
        self.undo = button(say("undo.undo"), self.undo_asked.emit, "secondary", "Ctrl+Z")
        self.park = button(say("aside.park"), self.park_asked.emit, "secondary", "Ctrl+W")
        self.hand_over = button(say("aside.hand_over"), self.hand_over_asked.emit, "secondary", "Ctrl+Shift+W")
        self.deeds = GivingRow(((self.undo, "undo"), (self.park, "park"), (self.hand_over, "hand-over")))
        self._middle = middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.offline)
        middle.addWidget(self.connection)
        self.connection.setContentsMargins(8, 0, 0, 0)
        self.clock, self.day, self.officer = QLabel(), label(role="hint"), ElidedLabel(role="hint")
        self._time = QHBoxLayout()
        right = self._time_and_officer()
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 6, SIDE, 6)
        row.setSpacing(GAP)
        row.addLayout(left, 1)
        row.addWidget(self.deeds)
        row.addLayout(middle)
        row.addLayout(right)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()
        self.show_dossier(session.dossier)

    def _time_and_officer(self) -> QVBoxLayout:
        self.clock.setObjectName("clock")
        self._time.setSpacing(8)
        self._time.addWidget(self.clock)
        self._time.addWidget(self.day)
        self._time.addStretch()
        self.officer.elide = Qt.TextElideMode.ElideLeft  # a person is called by the last word of the name
        self.officer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        right = QVBoxLayout()
        right.setSpacing(1)
        right.addLayout(self._time)
        right.addWidget(self.officer)
        return right

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Name and procedure, or that there is nobody."""
        if dossier is None:
            self.person.setText(self._language("counter.header.nobody"))
            self.procedure.setText(self._language("counter.header.nobody_hint"))
            return
        self.person.setText(dossier.person_name or self._language("counter.header.no_person"))
        try:
            kept = self._session.desk.procedures.get(dossier.procedure_code, dossier.procedure_version)
            procedure = kept.name
        except RuleError:
            procedure = dossier.procedure_code
        number = dossier.number or self._language("counter.header.no_number")
        self.procedure.setText(f"{number}  ·  {procedure}")

    def show_officer(self, *, serves: bool) -> None:
        """Who sits here; deeds with dossiers only for those who serve."""
        person, say = self._session.desk.trust.attendance.person, self._language
        roles = ", ".join(say(f"people.role.{role.value}") for role in sorted(person.roles)) if person else ""
        self.officer.setText(person.name if person else "")
        self.officer.setToolTip(f"{person.name}\n{roles}" if person else "")
        self.officer.setAccessibleDescription(roles)
        for deed in (self.undo, self.park, self.hand_over):
            deed.setVisible(serves)

    def show_deeds(self, *, can_undo: bool) -> None:
        """What can be done with the dossier as things stand; never while a device is bringing pages for it."""
        dossier = self._session.dossier
        free = dossier is not None and dossier.state is State.OPEN and not self._session.scanning
        self.undo.setEnabled(can_undo)
        for deed in (self.park, self.hand_over):
            deed.setEnabled(free)

    def event(self, event: QEvent) -> bool:
        """What stands beside the deeds, or the window itself, may have grown: the deeds take what is left."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            letter = self.officer.fontMetrics().averageCharWidth()
            self.officer.setMaximumWidth(LETTERS_OF_OFFICER * letter)
            officer = min(self.officer.sizeHint().width(), self.officer.maximumWidth())
            beside = self._middle.sizeHint().width() + max(self._time.sizeHint().width(), officer)
            self.deeds.fit(self.width() - 2 * SIDE - 3 * GAP - beside - LETTERS_OF_DOSSIER * letter)
        return super().event(event)

    def _tick(self) -> None:
        now = self._clock.now()
        self.clock.setText(f"{now:%H:%M}")
        self.day.setText(f"{now:%d/%m/%Y}")
        link = self._session.desk.connection.link()
        if self.offline.isChecked() is link.online:  # somebody else switched
            self.offline.blockSignals(True)
            self.offline.setChecked(not link.online)
            self.offline.blockSignals(False)
        self.offline.setEnabled(link.paired)
        if link != self._link:
            self._link = link
            words, role = link_words(link, self._language)
            self.connection.setText(words)
            set_role(self.connection, role)
            self._session.link_changed.emit(link)

    def _on_offline_toggled(self, offline: bool) -> None:
        self._session.desk.connection.switch(online=not offline)
        self._tick()
