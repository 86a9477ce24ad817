"""The line to the province: how good it is, how much is left, about how long, and what of it may be used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from station.dossier.delivery import Link
from station.ui.province.line_words import line_words
from station.ui.province.outlook import Outlook
from station.ui.province.size_words import limit_words, size_words, span_words
from station.ui.session import Session
from station.ui.widgets.buttons import button, press_with
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.keys import act
from station.ui.widgets.labels import label, set_role

LIMITS = tuple(1000 * kilobits // 8 for kilobits in (64, 128, 256, 512, 1000, 2000, 5000))
"""Bytes a second that may be chosen; lines are sold in kbit/s."""
METERED, LIMIT, SEND = "Alt+T", "Alt+G", "F5"


class LineCard(QFrame):
    """Three things side by side: the line, what is left, and what may be used of it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        say = self._language
        self.setProperty("role", "card")
        self.sign = IconLabel("line-unknown", 32)
        self.quality, self.figures = label(role="subtitle"), label(role="hint", wrap=True)
        self.left, self.time = label(role="subtitle", wrap=True), label(role="hint", wrap=True)
        self.metered = QCheckBox(f"{say('province.line.metered')} ({METERED})")
        self.metered.setAccessibleName(say("province.line.metered"))
        self.metered.setAccessibleDescription(say("province.line.metered_hint"))
        self.metered.setToolTip(say("province.line.metered_hint"))
        press_with(self.metered, METERED)
        self.metered.toggled.connect(self._on_metered)
        self.limit = QComboBox()
        self.limit.setAccessibleName(say("province.line.limit"))
        self.limit.addItem(say("province.line.no_limit"), None)
        for limit in LIMITS:
            self.limit.addItem(limit_words(limit, say), limit)
        self.limit.activated.connect(lambda _place: self._on_limit())
        act(self, LIMIT, say("province.line.limit"), self.limit.setFocus)
        self.send = button(say("province.line.send_all"), self._on_send, "secondary", SEND)
        self._build()

    def show_outlook(self, outlook: Outlook) -> None:
        """As it stands now."""
        say, told = self._language, line_words(outlook.quality, outlook.link, self._language)
        self.sign.show_icon(told.sign)
        self.quality.setText(told.name)
        set_role(self.quality, "subtitle")
        self.figures.setText(told.figures)
        entries, queue = outlook.queue.entries, outlook.queue
        if entries:
            self.left.setText(
                say(
                    "province.queue.left",
                    dossiers=queue.dossiers,
                    pages=queue.pages_left,
                    size=size_words(queue.bytes_left, say) if queue.bytes_left else say("province.size.unknown"),
                )
            )
            self.time.setText(self._time_words(outlook))
        else:
            self.left.setText(say("province.queue.nothing_left"))
            self.time.setText("")
        self._show_link(outlook.link)
        self.send.setEnabled(outlook.link.paired and outlook.link.online and bool(entries))

    def _time_words(self, outlook: Outlook) -> str:
        seconds = outlook.queue.seconds_left
        if seconds is not None:
            return self._language("province.queue.time_left", span=span_words(seconds, self._language))
        key = "metered" if outlook.link.metered else "unknown"
        return self._language(f"province.queue.time_{key}")

    def _show_link(self, link: Link) -> None:
        for part, value in ((self.metered, link.metered), (self.limit, None)):
            part.blockSignals(True)
            if part is self.metered:
                self.metered.setChecked(bool(value))
            elif not self.limit.view().isVisible():
                self._show_limit(link.limit)
            part.blockSignals(False)
            part.setEnabled(link.paired)

    def _show_limit(self, limit: int | None) -> None:
        """A limit of the settings file may be none of those offered."""
        place = self.limit.findData(limit)
        if place < 0 and limit is not None:
            self.limit.addItem(limit_words(limit, self._language), limit)
            place = self.limit.count() - 1
        self.limit.setCurrentIndex(place)

    def _on_metered(self, on: bool) -> None:
        self._session.desk.connection.metered(on)
        self._session.link_changed.emit(self._session.desk.connection.link())

    def _on_limit(self) -> None:
        self._session.desk.connection.limit(self.limit.currentData())
        self._session.link_changed.emit(self._session.desk.connection.link())

    def _on_send(self) -> None:
        self._session.desk.connection.send_all_now()
        self._session.link_changed.emit(self._session.desk.connection.link())

    def _build(self) -> None:
        say = self._language
        line = QGridLayout()
        line.setHorizontalSpacing(10)
        line.setVerticalSpacing(0)
        line.addWidget(self.sign, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.quality, 0, 1)
        line.addWidget(self.figures, 1, 1)
        line.setColumnStretch(1, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.left)
        left.addWidget(self.time)
        used = QGridLayout()
        used.setHorizontalSpacing(12)
        used.setVerticalSpacing(4)
        used.addWidget(self.metered, 0, 0)
        used.addWidget(self.send, 0, 1)
        used.addWidget(label(f"{say('province.line.limit')} ({LIMIT})"), 1, 0)
        used.addWidget(self.limit, 1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(20)
        row.addLayout(line, 5)
        row.addLayout(left, 5)
        row.addLayout(used)
