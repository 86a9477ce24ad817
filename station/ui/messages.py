"""What a person is told when something did not work: the sentence, the next step, and no dialog in the way."""

from __future__ import annotations

import logging

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from station.errors import StationError
from station.language import ErrorText, Language
from station.ui.widgets.buttons import button
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label, set_role

log = logging.getLogger(__name__)

WANTED = frozenset({"device.cancelled"})
"""Codes of what the officer asked for: told, but not as an error."""


def error_text(language: Language, error: StationError) -> ErrorText:
    """The sentence and the next step; for a code that nobody put into words, the code itself."""
    if f"error.{error.code}.say" in language:
        return language.error(error)
    log.error("no sentence for error %s", error.code)
    return ErrorText(language("counter.message.unknown", code=error.code), language("counter.message.unknown_do"))


class MessageBar(QFrame):
    """At the top of the window, until it is put away; the newest message replaces the one before."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._error: StationError | None = None
        self.setObjectName("message")
        self._icon = IconLabel("mark-info", 20)
        self._icon.setFixedSize(22, 22)
        self.sentence = label(wrap=True)
        self.sentence.setObjectName("sentence")
        self.remedy = label(wrap=True)
        for text in (self.sentence, self.remedy):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.put_away = button(language("counter.message.put_away"), self.clear, "quiet", "F8")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.sentence, 0, 1)
        grid.addWidget(self.remedy, 1, 1)
        grid.addWidget(self.put_away, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(1, 1)
        self.hide()

    def show_error(self, error: StationError) -> None:
        """Tell about an error until it is put away or over."""
        told = error_text(self._language, error)
        self._show("info" if error.code in WANTED else "error", told.sentence, told.remedy)
        self._error = error

    def show_file_error(self, name: str, error: StationError) -> None:
        """Tell about an error with a file, by its name: of several that were dropped, which one?"""
        told = error_text(self._language, error)
        sentence = self._language("counter.message.about_file", name=name, sentence=told.sentence)
        self._show("info" if error.code in WANTED else "error", sentence, told.remedy)

    def tell(self, sentence: str, remedy: str = "") -> None:
        """Tell something that is no error."""
        self._show("info", sentence, remedy)

    def is_over(self, *kinds: type[StationError]) -> None:
        """Errors of these kinds stand in nobody's way any more: nobody needs to put one away."""
        if isinstance(self._error, kinds):
            self.clear()

    def clear(self) -> None:
        """Put the message away, and give the keyboard back to where the work is."""
        had_focus, self._error = self.put_away.hasFocus(), None
        self.hide()
        neighbour: QWidget | None = self.nextInFocusChain()
        if had_focus and neighbour:
            neighbour.setFocus()

    def _show(self, kind: str, sentence: str, remedy: str) -> None:
        self._error = None
        set_role(self, kind, name="kind")
        self._icon.show_icon(f"mark-{kind}")
        self.sentence.setText(sentence)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{sentence} {remedy}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
