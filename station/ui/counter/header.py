"""Above every step: whose dossier this is and for what, the way to the hub, and the time."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from station.clock import SystemClock
from station.dossier.dossier import Dossier
from station.errors import RuleError
from station.ui.session import Session
from station.ui.widgets.buttons import press_with
from station.ui.widgets.labels import ElidedLabel, label, set_role


class Header(QFrame):
    """Procedure, person, connection, clock."""

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
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.offline)
        middle.addWidget(self.connection)
        self.connection.setContentsMargins(8, 0, 0, 0)
        self.clock, self.day = QLabel(), label(role="hint")
        self.clock.setObjectName("clock")
        right = QVBoxLayout()
        right.setSpacing(1)
        right.addWidget(self.clock)
        right.addWidget(self.day)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addLayout(middle)
        row.addLayout(right)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()
        self.show_dossier(session.dossier)

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

    def _tick(self) -> None:
        now = self._clock.now()
        self.clock.setText(f"{now:%H:%M}")
        self.day.setText(f"{now:%d/%m/%Y}")
        online = self._session.desk.connection.online
        if self.offline.isChecked() is online:  # somebody else switched
            self.offline.blockSignals(True)
            self.offline.setChecked(not online)
            self.offline.blockSignals(False)
        self.connection.setText(self._language("counter.connection.online" if online else "counter.connection.offline"))
        set_role(self.connection, "hint" if online else "warning")

    def _on_offline_toggled(self, offline: bool) -> None:
        self._session.desk.connection.switch(online=not offline)
        self._tick()
