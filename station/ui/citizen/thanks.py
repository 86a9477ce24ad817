"""What the citizen takes home: the number, when to come back, what was handed in and what is still missing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from station.clock import VIETNAM
from station.dossier.dossier import Dossier
from station.dossier.received import handed_in
from station.errors import StationError
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.scale import FIELD, PLAIN, SMALL, TARGET, TITLE, scale_of, scaled
from station.ui.citizen.voice import Voice
from station.ui.session import CitizenView, Session


class ThanksView(QWidget):
    """The dossier that was just sealed; a button leads to the faces."""

    def __init__(self, session: Session, voice: Voice) -> None:
        super().__init__()
        self._session, self._voice = session, voice
        self._dossier: Dossier | None = None
        self.title, self.number_label, self.number = FittedLabel("large"), _said("plain"), _said("large")
        self.due_label, self.due, self.keep = _said("plain"), _said("large"), _said("plain")
        self.taken_label, self.taken = _said("plain"), _said("large")
        self.missing_label, self.missing = _said("plain"), _said("large")
        self.rate = QPushButton()
        self.rate.setProperty("role", "way")
        self.rate.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.rate.clicked.connect(lambda: session.let_citizen_see(CitizenView.RATE))
        left, right = QVBoxLayout(), QVBoxLayout()
        self._right = right
        for column, parts in (
            (left, ((self.number_label, 2), (self.number, 3), (self.due_label, 2), (self.due, 6), (self.keep, 4))),
            (right, ((self.taken_label, 2), (self.taken, 11), (self.missing_label, 4), (self.missing, 0))),
        ):
            column.setSpacing(4)
            for part, room in parts:
                column.addWidget(part, room)
        row = QHBoxLayout()
        row.setSpacing(32)
        row.addLayout(left, 5)
        row.addLayout(right, 7)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 4, 32, 20)
        outer.setSpacing(10)
        outer.addWidget(self.title)
        outer.addLayout(row, 1)
        outer.addWidget(self.rate)
        self.show_dossier(None)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Thank for this dossier; None forgets it."""
        self._dossier = dossier if dossier is not None and dossier.due_at is not None else None
        self.retell()

    def retell(self) -> None:
        dossier, voice = self._dossier, self._voice
        parts = {self.title: "citizen.thanks.title", self.number_label: "citizen.thanks.number"}
        parts |= {self.due_label: "citizen.thanks.due", self.keep: "citizen.thanks.keep"}
        for text, key in parts.items():
            text.setText(voice(key) if dossier else "")
        self.rate.setText(voice("citizen.thanks.rate"))
        self.number.setText(dossier.number or "" if dossier else "")
        self.due.setText(due_words(dossier.due_at, voice) if dossier and dossier.due_at else "")
        taken, missing = (self._taken(dossier), self._missing(dossier)) if dossier else ([], [])
        kept = voice("citizen.thanks.taken", count=len(taken)) if taken else voice("citizen.thanks.nothing_taken")
        self.taken_label.setText(kept if dossier else "")
        self.taken.setText(_listed(taken))
        nothing = "citizen.thanks.nothing_missing"
        self.missing_label.setText(voice("citizen.thanks.missing" if missing else nothing) if dossier else "")
        self.missing.setText(_listed(missing))
        for part, room in zip(
            (self.taken, self.missing_label, self.missing), (7, 2, 6) if missing else (11, 4, 0), strict=True
        ):
            self._right.setStretchFactor(part, room)
        said = (self.title, self.number_label, self.number, self.due_label, self.due)
        self.setAccessibleName(" ".join(text.text() for text in said).strip())

    def _taken(self, dossier: Dossier) -> list[str]:
        """What stays here; papers that were only shown went back into the citizen's pocket."""
        try:
            procedure = self._session.desk.procedures.get(dossier.procedure_code, dossier.procedure_version)
        except StationError:  # it has left the catalogue: the receipt says the rest
            return []
        return [paper.name for paper in handed_in(dossier, procedure)]

    def _missing(self, dossier: Dossier) -> list[str]:
        try:
            found = self._session.desk.seal_dossier.findings(dossier)
        except StationError:
            return []
        names = (dict(one.told) for one in found if one.code.startswith("paper."))
        return list(dict.fromkeys(told.get("paper") or told.get("papers", "") for told in names if told))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.title.show_text(self.title.text(), scaled(self.font(), FIELD, scale, bold=True))
        for text, size in ((self.number, TITLE), (self.due, PLAIN + 4), (self.taken, SMALL), (self.missing, SMALL)):
            text.show_text(text.text(), scaled(self.font(), size, scale, bold=size > SMALL))
        for text in (self.number_label, self.due_label, self.keep, self.taken_label, self.missing_label):
            text.show_text(text.text(), scaled(self.font(), SMALL, scale))
        self.rate.setFont(scaled(self.font(), PLAIN, scale, bold=True))
        self.rate.setFixedHeight(round(0.8 * TARGET * scale))


def _said(role: str) -> FittedLabel:
    """Close to what it belongs to, above it."""
    return FittedLabel(role, at_top=True)


def due_words(moment: datetime, voice: Voice) -> str:
    """The promised moment in words: «17 giờ 00, thứ Sáu, ngày 27 tháng 11 năm 2026»."""
    there = moment.astimezone(VIETNAM)
    return voice(
        "citizen.due",
        hour=f"{there:%H}",
        minute=f"{there:%M}",
        weekday=voice(f"citizen.weekday.{there.isoweekday()}"),
        day=there.day,
        month=voice(f"citizen.month.{there.month}"),
        year=there.year,
    )


def _listed(names: list[str]) -> str:
    return "\n".join(f"• {name}" for name in names)
