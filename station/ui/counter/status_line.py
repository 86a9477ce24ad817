"""Below every step: what is kept safely, what waits for the hub, and who sits here."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station.dossier.dossier import Dossier, State
from station.ui.counter.dossier_list import Counts
from station.ui.counter.page_remarks import most_pressing, remarks, still_open
from station.ui.session import Session
from station.ui.widgets.labels import ElidedLabel, label, set_role


class StatusLine(QFrame):
    """One line that never asks for anything."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self.setObjectName("status")
        self.work, self.waiting, self.refused = label(role="ok"), label(role="hint"), label(role="error")
        self.remark = ElidedLabel(role="warning")
        officer = label(self._language("counter.status.officer", name=session.desk.officer), "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(20)
        row.addWidget(self.work)
        row.addWidget(self.remark, 1)
        row.addWidget(self.refused)
        row.addWidget(self.waiting)
        row.addWidget(officer)
        self.refused.hide()
        session.scanning_changed.connect(lambda _scanning: self.show_dossier(session.dossier))
        self.show_dossier(session.dossier)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """How many pages of the dossier on the counter are on disk."""
        self.remark.setText(self._remark_on(dossier) if dossier and dossier.state is State.OPEN else "")
        if dossier is None:
            self.work.setText("")
            return
        told = self._language("counter.status.pages_safe", count=len(dossier.pages)) if dossier.pages else ""
        if self._session.scanning:
            told = f"{self._language(f'counter.status.{self._session.activity}')}  {told}".strip()
        self.work.setText(told)

    def _remark_on(self, dossier: Dossier) -> str:
        """What the gate has against a page, wherever the officer is by now."""
        told = remarks(dossier, self._language)
        first, others = most_pressing(told, None), still_open(told) - 1
        if first is None:
            return ""
        return self._language("gate.more_status", sentence=first.sentence, count=others) if others else first.sentence

    def show_counts(self, counts: Counts) -> None:
        """What waits for the hub, and what it refused."""
        self.waiting.setText(self._language("counter.status.waiting", count=counts.waiting))
        set_role(self.waiting, "warning" if counts.waiting else "hint")
        self.refused.setText(self._language("counter.status.refused", count=counts.refused))
        self.refused.setVisible(bool(counts.refused))
