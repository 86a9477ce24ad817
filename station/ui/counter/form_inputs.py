"""What an officer adds to a form: a reason, a new day to come, or the day of the register."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QDateEdit, QPlainTextEdit, QVBoxLayout, QWidget

from station.dossier.printed_form import FormName
from station.language import Language
from station.ui.widgets.labels import label

TYPING_PAUSE = 400
"""Milliseconds without a key after which the form is drawn again."""
_REASONED = (FormName.REFUSAL, FormName.APOLOGY)
_DATED = (FormName.APOLOGY, FormName.REGISTER)


class FormInputs(QWidget):
    """Shows only what the form in question takes; `changed` comes when the officer pauses."""

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._name: FormName | None = None
        self._reason_label, self._day_label = label(role="hint"), label(role="hint")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(language("forms.reason"))
        self.reason.setPlaceholderText(language("forms.reason_hint"))
        self._reason_label.setText(language("forms.reason"))
        self.day_edit = QDateEdit()
        self.day_edit.setDisplayFormat("dd/MM/yyyy")
        self.day_edit.setCalendarPopup(True)
        self.day_edit.setMinimumHeight(36)  # as high as a button, for fingers
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.changed.emit)
        self.reason.textChanged.connect(self._pause.start)
        self.day_edit.dateChanged.connect(lambda _day: self._pause.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._reason_label, self.reason, self._day_label, self.day_edit):
            column.addWidget(widget)
        self.ask_for(None)

    @property
    def text(self) -> str:
        """The reason, where the form takes one."""
        return self.reason.toPlainText() if self._name in _REASONED else ""

    @property
    def day(self) -> date | None:
        """The day, where the form takes one."""
        if self._name not in _DATED:
            return None
        picked = self.day_edit.date()
        return date(picked.year(), picked.month(), picked.day())

    def ask_for(self, name: FormName | None, today: date | None = None, due: date | None = None) -> None:
        """Show what this form takes; its day begins as today, or as the day after what was promised."""
        self._name = name
        for reason in (self._reason_label, self.reason):
            reason.setVisible(name in _REASONED)
        for day in (self._day_label, self.day_edit):
            day.setVisible(name in _DATED)
        if name not in _DATED or today is None:
            return
        told = self._language("forms.new_due" if name is FormName.APOLOGY else "forms.day")
        self._day_label.setText(told)
        self.day_edit.setAccessibleName(told)
        first = max(today, due) + timedelta(days=1) if name is FormName.APOLOGY and due else today
        self.day_edit.blockSignals(True)  # nobody changed it
        self.day_edit.setDate(QDate(first.year, first.month, first.day))
        self.day_edit.blockSignals(False)

    def clear(self) -> None:
        """Another citizen: nothing of the one before stays in here."""
        self.reason.clear()
        self._pause.stop()
        self.ask_for(None)
