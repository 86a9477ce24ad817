"""Below every step: what is kept safely, what waits for the hub, and who sits here."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station.dossier.dossier import Dossier
from station.ui.counter.dossier_list import Counts
from station.ui.session import Session
from station.ui.widgets.labels import label, set_role


class StatusLine(QFrame):
    """One line that never asks for anything."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self.setObjectName("status")
        self.work, self.waiting, self.refused = label(role="ok"), label(role="hint"), label(role="error")
        officer = label(self._language("counter.status.officer", name=session.desk.officer), "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(20)
        row.addWidget(self.work)
        row.addStretch()
        row.addWidget(self.refused)
        row.addWidget(self.waiting)
        row.addWidget(officer)
        self.refused.hide()
        session.scanning_changed.connect(lambda _scanning: self.show_dossier(session.dossier))
        self.show_dossier(session.dossier)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """How many pages of the dossier on the counter are on disk."""
        if dossier is None:
            self.work.setText("")
            return
        told = self._language("counter.status.pages_safe", count=len(dossier.pages)) if dossier.pages else ""
        if self._session.scanning:
            told = f"{self._language(f'counter.status.{self._session.activity}')}  {told}".strip()
        self.work.setText(told)

    def show_counts(self, counts: Counts) -> None:
        """What waits for the hub, and what it refused."""
        self.waiting.setText(self._language("counter.status.waiting", count=counts.waiting))
        set_role(self.waiting, "warning" if counts.waiting else "hint")
        self.refused.setText(self._language("counter.status.refused", count=counts.refused))
        self.refused.setVisible(bool(counts.refused))
