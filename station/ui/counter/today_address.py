"""The identified person's residence in the units of 1 July 2025: one key takes it, and of several the officer asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from station.actions.offer_values import Offers
from station.dossier.dossier import Dossier, State
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label

RESIDENCE = "person/residence"
_ABREAST = 2


class TodayAddress(QFrame):
    """Hidden where the address is of today, or names no commune that is known. What is printed is always kept."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._asked_for = ("", "")
        self.setProperty("role", "notice")
        self.question = label(role="text", wrap=True)
        self.choices: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.question)
        self._answers = QGridLayout()
        self._answers.setSpacing(6)
        self._column.addLayout(self._answers)
        self.hide()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Look up today's units for the residence as it stands."""
        entry = next((one for one in dossier.entries if one.id == RESIDENCE), None) if dossier else None
        if dossier is None or entry is None or dossier.state is not State.OPEN:
            self._asked_for = ("", "")
            self.hide()
            return
        wanted = (dossier.id, entry.value)
        if wanted == self._asked_for:
            return
        self._asked_for = wanted
        self.hide()
        offer = self._session.desk.offer_values
        self._session.tasks.look(
            lambda: offer(entry), lambda offers: self._on_found(wanted, offers), self._session.failed.emit
        )

    def _on_found(self, asked_for: tuple[str, str], offers: Offers) -> None:
        if asked_for != self._asked_for:
            return
        while item := self._answers.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.choices = list(offers.today)
        for place, address in enumerate(self.choices, 1):
            made = button(_units(address, self.choices), partial(self.choose, address), "secondary", f"Ctrl+{place}")
            made.setToolTip(f"{address}\n{self._language('reuse.today.keep')}")
            made.setAccessibleName(address)
            self._answers.addWidget(made, (place - 1) // _ABREAST, (place - 1) % _ABREAST)
        self.question.setText(self._language(f"reuse.today.{'several' if len(self.choices) > 1 else 'one'}"))
        self.setVisible(bool(self.choices))

    def choose(self, address: str) -> None:
        """The officer, or the citizen by word of mouth, says that it is this one; the printed one is kept beside it."""
        session, dossier = self._session, self._session.dossier
        if dossier is None:
            return
        desk = session.desk
        session.do(lambda: desk.correct_field(dossier.id, RESIDENCE, address, desk.officer))


def _units(address: str, choices: Sequence[str]) -> str:
    """Commune and province, or the commune alone where all lie in one: house and street stay as they are printed."""
    commune, province = address.split(", ")[-2:]
    alike = len(choices) > 1 and all(other.endswith(f", {province}") for other in choices)
    return commune if alike else f"{commune}, {province}"
