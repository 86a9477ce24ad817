"""«Kiểm tra kho»: the whole store looked over, what is wrong in it, whom it concerns and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station.actions.permits import Deed
from station.dossier.health import Symptom
from station.errors import StationError
from station.ui.administration.panel import Panel
from station.ui.health_words import complaints, verdict
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.rows import Row, RowList


class HealthPanel(Panel):
    title_key = "administration.health"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.CHECK_STORE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.told = label(say("health.about"), role="hint", wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(say(self.title_key))
        self.list.hide()
        self.check = button(say("health.check"), self._on_check, "primary", "Ctrl+K")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(say(self.title_key), "subtitle"))
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addStretch()
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.check)
        column.addLayout(below)

    def enter(self) -> None:
        self.check.setFocus()

    def leave(self) -> None:
        self.list.hide()
        self.list.rows.show_rows(())
        self._tell(self.language("health.about"), "hint")

    def _on_check(self) -> None:
        desk = self.session.desk
        self.check.setEnabled(False)
        self._tell(self.language("health.checking"), "hint")
        self.session.tasks.look(lambda: desk.check_store(desk.officer), self._show, self._on_failed)

    def _show(self, found: Sequence[Symptom]) -> None:
        self.check.setEnabled(True)
        serious = any(symptom.serious for symptom in found)
        self._tell(verdict(found, self.language), "error" if serious else "ok")
        self.list.rows.show_rows(
            [
                Row(one.said, "\n".join((*one.where, one.remedy)), "mark-lacking" if one.serious else "mark-optional")
                for one in complaints(found, self.language)
            ]
        )
        self.list.setVisible(bool(found))

    def _on_failed(self, error: StationError) -> None:
        self.check.setEnabled(True)
        self._tell("", "hint")
        self.session.failed.emit(error)

    def _tell(self, words: str, role: str) -> None:
        self.told.setText(words)
        set_role(self.told, role)
