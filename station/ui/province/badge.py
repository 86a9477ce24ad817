"""In the status line: how the line is, what waits since when, what wants an answer; one press leads to the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.ui import theme
from station.ui.counter.queue_words import moment_words
from station.ui.province.line_words import line_words
from station.ui.province.outlook import Outlook
from station.ui.province.view_bar import View
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import set_role

PROVINCE = "F4"
"""Opens the page from anywhere."""


class ProvinceBadge(QWidget):
    """Two quiet buttons. Nothing blinks; the second is there only while somebody has to decide something."""

    asked = Signal(object)  # View

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._language = session.language
        self.line = button("", lambda: self.asked.emit(View.QUEUE), "quiet", PROVINCE)
        self.work = button("", lambda: self.asked.emit(self._first), "danger")
        self._first = View.QUESTIONS
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.work)
        row.addWidget(self.line)
        name(self.line, self._language("province.open"), PROVINCE)
        self.work.hide()

    def show_outlook(self, outlook: Outlook) -> None:
        """As it stands now."""
        say, told = self._language, line_words(outlook.quality, outlook.link, self._language)
        parts = [told.name]
        since = outlook.queue.oldest_at
        if outlook.waiting and since is not None:
            parts.append(
                say("province.badge.waiting_since", count=outlook.waiting, at=moment_words(since, outlook.now))
            )
        elif outlook.waiting:
            parts.append(say("province.badge.waiting", count=outlook.waiting))
        if outlook.stuck:
            parts.append(say("province.badge.stuck", count=outlook.stuck))
        name(self.line, " · ".join(parts), PROVINCE)
        self.line.setIcon(theme.icon(told.sign))
        self.line.setAccessibleName(say("province.badge.spoken", told=", ".join(parts)))
        self.line.setToolTip(told.figures)
        set_role(self.line, "danger" if outlook.stuck else "quiet")
        self._show_work(len(outlook.questions), len(outlook.returned))

    def _show_work(self, questions: int, returned: int) -> None:
        say = self._language
        told = [say("province.badge.questions", count=questions)] if questions else []
        told += [say("province.badge.returned", count=returned)] if returned else []
        self._first = View.QUESTIONS if questions else View.RETURNED
        name(self.work, " · ".join(told))
        self.work.setAccessibleName(say("province.badge.work_spoken", told=", ".join(told)) if told else "")
        self.work.setVisible(bool(told))

    def event(self, event: QEvent) -> bool:
        """The line gives new words their room before they are painted: left to itself it does so a frame too late."""
        taken = super().event(event)
        line = self.parentWidget()
        room = line.layout() if line is not None else None
        if event.type() == QEvent.Type.LayoutRequest and room is not None:
            room.activate()
        return taken
