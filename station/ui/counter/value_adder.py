"""A value that stands on a paper but was not read: which paper, which field, and what it says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from station.dossier.dossier import Dossier
from station.dossier.grouping import goes_on, paper_of
from station.dossier.kinds import OTHER, PERSON_KEYS
from station.dossier.missing import missing_keys
from station.dossier.text import folded
from station.ui.paper_words import page_names
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList
from station.ui.widgets.value_line import ValueLine
from station.ui.words import field_words, value_typed


class ValueAdder(QFrame):
    """Letters find the field, Enter takes it, Enter again keeps the value; Esc puts the panel away."""

    added = Signal(str, str, str)
    """Page id (empty: the person at the counter), key, normalised value."""
    page_chosen = Signal(str)
    put_away = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self.setProperty("role", "card")
        self.page, self.search = QComboBox(), QLineEdit()
        self.page.setAccessibleName(self._language("review.add_page"))
        self.page.setMinimumContentsLength(12)
        self.page.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.search.setPlaceholderText(self._language("review.add_search"))
        self.search.setAccessibleName(self._language("review.add_search"))
        self.list = RowList()
        self.list.setAccessibleName(self._language("review.add_fields"))
        self.field = label(role="subtitle", wrap=True)
        self.line = ValueLine(self._language("review.add_value"))
        self.add = button(self._language("review.add_keep"), self._on_add, "primary", "Enter")
        self.cancel = button(self._language("review.add_cancel"), self.put_away.emit, "secondary", "Esc")
        self._build()
        self.page.currentIndexChanged.connect(lambda _place: self._on_page())
        self.search.textChanged.connect(lambda _text: self._show_fields())
        self.search.returnPressed.connect(self._to_line)
        self.list.activated.connect(lambda _index: self._to_line())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_picked())
        self.line.entered.connect(self._on_add)
        self.line.tabbed.connect(lambda step: self.focusNextPrevChild(step > 0))

    def begin(self, dossier: Dossier, page_id: str | None) -> None:
        """Offer the fields that the paper has and the dossier lacks."""
        self._dossier = dossier
        self.page.blockSignals(True)
        self.page.clear()
        for named, name in page_names(dossier, self._language).items():
            self.page.addItem(name, named or "")
        self.page.setCurrentIndex(max(0, self.page.findData(page_id or "")))
        self.page.blockSignals(False)
        self.search.clear()
        self.line.setText("")
        self._show_fields()
        self.search.setFocus()

    def forget(self) -> None:
        """Nothing of the dossier stays in here."""
        self._dossier = None
        self.line.setText("")
        self.page.blockSignals(True)
        self.page.clear()
        self.page.blockSignals(False)
        self.list.rows.show_rows(())

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        buttons.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(self._language("review.add"), "subtitle"))
        column.addWidget(label(self._language("review.add_keys"), "hint", wrap=True))
        column.addWidget(self.page)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.field)
        column.addWidget(self.line)
        column.addLayout(buttons)
        # Each in turn right behind the search, the last first: Qt will not put the first of a panel behind its last.
        for field in (self.page, self.cancel, self.add, self.line, self.list):
            self.setTabOrder(self.search, field)

    def _kind(self, dossier: Dossier, page_id: str) -> str:
        """What the page is; one that goes on from another is what its paper is."""
        paper, page = paper_of(dossier, page_id), dossier.page(page_id)
        return (paper.kind if goes_on(dossier, page_id) else page.kind) or OTHER

    def _page_id(self) -> str:
        return str(self.page.currentData() or "")

    def _show_fields(self) -> None:
        if self._dossier is None:
            return
        keys_of, page_id = self._session.desk.kinds.keys_of, self._page_id() or None
        keys = keys_of(self._kind(self._dossier, page_id)) if page_id else PERSON_KEYS
        words = folded(self.search.text()).split()
        named = [(key, field_words(key, self._language)) for key in missing_keys(self._dossier, page_id, keys)]
        fitting = [Row(name, data=key) for key, name in named if all(word in folded(name) for word in words)]
        self.list.rows.show_rows(fitting)
        if fitting:
            self.list.pick(fitting[0].data)
        self._show_picked()

    def _show_picked(self) -> None:
        key = self._key()
        self.field.setText(field_words(key, self._language) if key else self._language("review.add_none"))
        self.line.setEnabled(bool(key))
        self.add.setEnabled(bool(key))

    def _key(self) -> str:
        picked = self.list.picked()
        return picked if isinstance(picked, str) else ""

    def _to_line(self) -> None:
        if self._key():
            self.line.setFocus()

    def _on_page(self) -> None:
        self._show_fields()
        self.page_chosen.emit(self._page_id())

    def _on_add(self) -> None:
        key = self._key()
        if key:
            self.added.emit(self._page_id(), key, value_typed(key, self.line.text(), self._language))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away.emit()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.cancel.hasFocus():
                self.put_away.emit()
            elif self.add.hasFocus():
                self._on_add()
        else:
            super().keyPressEvent(event)
