"""The identified person, large enough to compare with the card and the face, with every warning explained."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.language import Language
from station.ui.counter.person_form import shown_date
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label

SHOWN = ("id_number", "birth_date", "sex", "residence", "old_id_number", "issue_date")
_DATES = frozenset({"birth_date", "issue_date"})


class PersonCard(QStackedWidget):
    """Empty with what to do, or the person."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.empty = EmptyState(language("counter.person.nobody"), language("counter.person.nobody_do"))
        self.person = QFrame()
        self.person.setProperty("role", "card")
        self.name = label(role="person", wrap=True)
        self.source = label(role="hint", wrap=True)
        self._values: dict[str, tuple[QLabel, QLabel]] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(9)
        for key in SHOWN:
            caption, value = label(language(f"counter.person.{key}"), "hint"), label(role="value", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[key] = (caption, value)
            form.addRow(caption, value)
        self._warnings = QWidget()
        self._warning_column = QVBoxLayout(self._warnings)
        self._warning_column.setContentsMargins(0, 8, 0, 0)
        self._warning_column.setSpacing(8)
        self.extra = label(role="hint", wrap=True)
        column = QVBoxLayout(self.person)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.source)
        column.addSpacing(10)
        column.addLayout(form)
        column.addWidget(self._warnings)
        column.addWidget(self.extra)
        column.addStretch()
        self.addWidget(self.empty)
        self.addWidget(self.person)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_whole()

    def _keep_whole(self) -> None:
        """A long address wraps: what stands beside the card must not push its lines away."""
        layout = self.person.layout()
        shown = self.currentWidget() is self.person and layout is not None
        self.setMinimumHeight(layout.totalHeightForWidth(self.width()) if shown and layout else 0)

    def show_person(self, dossier: Dossier | None) -> None:
        """The person of this dossier, or nobody yet."""
        if dossier is None or not dossier.person_name:
            self.setCurrentWidget(self.empty)
            self._keep_whole()
            return
        self.name.setText(dossier.person_name)
        source = dossier.entry("person/full_name").source
        self.source.setText(self._language(f"counter.person.from_{source.value}"))
        for key, (caption, value) in self._values.items():
            text = dossier.value(key) or ""
            if key in _DATES:
                text = shown_date(text)
            elif key == "sex" and text:
                text = self._language(f"counter.person.{text}")
            value.setText(text)
            caption.setVisible(bool(text))
            value.setVisible(bool(text))
        self._show_warnings(dossier.warnings)
        told = " | ".join(dossier.extra.values())
        self.extra.setText(self._language("counter.person.extra", text=told))
        self.extra.setVisible(bool(told))
        self.setCurrentWidget(self.person)
        self._keep_whole()

    def _show_warnings(self, codes: tuple[str, ...]) -> None:
        while item := self._warning_column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for code in codes:
            notice = QFrame()
            notice.setProperty("role", "notice")
            inside = QVBoxLayout(notice)
            inside.setContentsMargins(12, 8, 12, 8)
            inside.addWidget(label(self._language(f"warning.{code}"), "warning", wrap=True))
            self._warning_column.addWidget(notice)
        if codes:
            self._warning_column.addWidget(label(self._language("counter.person.warnings"), "hint", wrap=True))
        self._warnings.setVisible(bool(codes))
