"""What the province has told of a sealed dossier: official code, where its work stands, a return, corrections."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.dossier.hub_changes import HubWord
from station.language import Language
from station.ui.province.case_words import ROLES, case_sentence, returned_sentence
from station.ui.widgets.labels import label, set_role


class CaseLines(QWidget):
    """Only the lines that say something."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.code, self.state = label(role="strong", wrap=True), label(wrap=True)
        self.returned, self.asked = label(role="error", wrap=True), label(role="warning", wrap=True)
        self.corrected = label(role="hint", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in self._parts:
            column.addWidget(part)
            part.hide()

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        return (self.code, self.state, self.returned, self.asked, self.corrected)

    def show_word(self, word: HubWord | None, now: datetime) -> None:
        """As it stands now; None for nothing."""
        say = self._language
        code, case = (word.code, word.state) if word else (None, None)
        self.code.setText(say("province.case.code", code=code.code) if code else "")
        self.state.setText(say("province.case.state", state=case_sentence(case, say)) if case else "")
        set_role(self.state, ROLES.get(case.state, "text") if case else "text")
        back = word.returned if word and word.returned and not word.returned.made_again else None
        told = f"{returned_sentence(back, now, say)}: {back.reason} {say('province.returned.where')}" if back else ""
        self.returned.setText(told)
        self.asked.setText(say("province.question.where") if word and word.questions else "")
        changed = [one for one in word.values if one.changed] if word else []
        waiting = sum(one.waiting for one in changed)
        key = "changed_waiting" if waiting else "changed"
        self.corrected.setText(
            say(f"province.correction.{key}", count=len(changed), waiting=waiting) if changed else ""
        )
        for part in (self.code, self.state, self.returned, self.asked, self.corrected):
            part.setVisible(bool(part.text()))
