"""One sentence about a page that should be looked at again, and what can be done about it with one key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from station.language import Language
from station.ui.counter.page_remarks import Matter, Remark
from station.ui.widgets.buttons import button, name
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label, set_role

_OFFERED = {
    Matter.SPOILED: ("scan_again", "keep"),
    Matter.BLANK: ("remove_blank", "scan_again", "keep"),
    Matter.TWIN: ("remove_twin", "keep"),
    Matter.FAILED: ("read_again", "scan_again"),
    Matter.PARTS: ("rejoin",),
}
_KEYS = {  # Delete belongs to the page that is picked, which need not be the one the remark is on
    "remove_blank": "Ctrl+Delete",
    "remove_twin": "",
    "read_again": "Ctrl+R",
    "rejoin": "Ctrl+U",
    "scan_again": "F7",
    "keep": "F9",
}


class GateBar(QFrame):
    """Above the pages while there is something to say of one; emits what was asked for, by the remark's page."""

    asked = Signal(str, object)
    """One of `_KEYS`, and the `Page`."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._remark: Remark | None = None
        self.setObjectName("message")
        set_role(self, "warning", name="kind")
        self._icon = IconLabel("mark-warning", 20)
        self._icon.setFixedSize(22, 22)
        self.sentence, self.more = label(wrap=True), label(role="hint")
        self.sentence.setObjectName("sentence")
        self.offers = {deed: self._button(deed) for deed in _KEYS}
        offers = QHBoxLayout()
        offers.setSpacing(8)
        for made in self.offers.values():
            offers.addWidget(made)
        offers.addStretch()
        offers.addWidget(self.more)
        text = QVBoxLayout()
        text.setSpacing(6)
        text.addWidget(self.sentence)
        text.addLayout(offers)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        self.hide()

    @property
    def remark(self) -> Remark | None:
        """What is being said."""
        return self._remark

    def show_remark(self, remark: Remark | None, others: int, blanks: int, *, can_scan: bool) -> None:
        """The sentence and what it offers; `others` wait behind it, `blanks` pages are blank in all."""
        changed = (remark.sentence if remark else "") != self.sentence.text()
        self._remark = remark
        self.setVisible(remark is not None)
        if remark is None:
            self.sentence.setText("")
            return
        set_role(self, "warning" if remark.open else "info", name="kind")
        self._icon.show_icon("mark-warning" if remark.open else "mark-info")
        self.sentence.setText(remark.sentence)
        self.more.setText(self._language("gate.more", count=others) if others else "")
        for deed, made in self.offers.items():
            made.setVisible(deed in _OFFERED[remark.matter])
        first, *rest = _OFFERED[remark.matter]
        set_role(self.offers[first], "primary" if remark.open else "secondary")
        for deed in rest:
            set_role(self.offers[deed], "secondary")
        self.offers["scan_again"].setEnabled(can_scan)
        key = "gate.remove_blank" if blanks < 2 else "gate.remove_blanks"
        name(self.offers["remove_blank"], self._language(key, count=blanks), _KEYS["remove_blank"])
        twin = self._language("gate.remove_twin", page=remark.page.number)
        name(self.offers["remove_twin"], twin, "")
        if changed:
            self.setAccessibleName(remark.sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _button(self, deed: str) -> QPushButton:
        text = self._language(f"gate.{deed}", page="", count="")
        return button(text, lambda: self._on_asked(deed), "secondary", _KEYS[deed])

    def _on_asked(self, deed: str) -> None:
        if self._remark:
            self.asked.emit(deed, self._remark.page)
