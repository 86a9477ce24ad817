"""The page beside its values: each with the crop it came from, the doubtful ones first; Enter and Tab suffice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier, Entry, State
from station.ui.counter.review_list import in_review_order, needs_look, review_rows
from station.ui.counter.step import Step
from station.ui.counter.value_editor import ValueEditor
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label
from station.ui.widgets.page_image import PageImage, crop
from station.ui.widgets.page_pictures import PagePictures
from station.ui.widgets.rows import RowList
from station.ui.words import entry_page, page_words

CROP_HEIGHT = 44


class ReviewStep(Step):
    """Left the page, right the editor of one value and the list of all. Enter: right as it stands, next one."""

    name = "review"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._pictures = PagePictures(session)
        self._dossier: Dossier | None = None
        self._entry_id: str | None = None
        self._shown: str | None = None
        self.page_name = label(role="subtitle")
        self.picture = PageImage(self.language("review.page"))
        self.editor = ValueEditor(self.language)
        self.list = RowList()
        self.list.setAccessibleName(self.language("review.title"))
        self.go_on = button(self.language("counter.go_on"), self.finished.emit, "primary", "Ctrl+Return")
        self._empty = EmptyState(self.language("review.nothing"), self.language("review.nothing_do"))
        self._build()
        self.editor.accepted.connect(self._on_accepted)
        self.editor.next_asked.connect(self._go)
        self.list.clicked.connect(lambda _index: self._on_picked())
        self.list.selectionModel().currentChanged.connect(
            lambda *_: self._on_picked() if self.list.hasFocus() else None
        )

    def refresh(self, dossier: Dossier | None) -> None:
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self._pictures.forget()
            self._entry_id = self._shown = None
        self._dossier = dossier
        entries = in_review_order(dossier) if dossier else ()
        self._stack.setCurrentIndex(int(bool(entries)))
        if not dossier or not entries:
            return
        self.list.rows.show_rows(review_rows(dossier, self.language))
        if self._entry_id not in {entry.id for entry in entries}:
            self._entry_id = entries[0].id
        self._show_entry()

    def enter(self) -> None:
        if self._dossier and self._dossier.entries:
            waiting = [entry for entry in in_review_order(self._dossier) if needs_look(entry)]
            self._entry_id = (waiting or in_review_order(self._dossier))[0].id
            self._show_entry()
            (self.editor if waiting else self.go_on).setFocus()
        else:
            self.setFocus()

    @property
    def shown_entry(self) -> str | None:
        """The value in the editor."""
        return self._entry_id

    def show_entry(self, entry_id: str) -> None:
        """Bring a value to the editor: the citizen said Sai, or a finding points at it."""
        if self._dossier and any(entry.id == entry_id for entry in self._dossier.entries):
            self._entry_id = entry_id
            self._show_entry()
            self.editor.setFocus()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.page_name)
        self._sight = QStackedWidget()
        self._sight.addWidget(self.picture)
        self._sight.addWidget(EmptyState(self.language("review.no_crop"), self.language("review.no_crop_do")))
        left.addWidget(self._sight, 1)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.editor)
        right.addWidget(self.list, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(label(self.language("review.keys"), "hint", wrap=True), 1)
        bottom.addWidget(self.go_on)
        right.addLayout(bottom)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 11)
        row.addLayout(right, 9)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(label(self.language("review.title"), "title"))
        outer.addWidget(self._stack, 1)

    def _show_entry(self) -> None:
        if self._dossier is None or self._entry_id is None:
            return
        entry = self._dossier.entry(self._entry_id)
        self.list.pick(entry.id)
        self.editor.show_entry(entry)
        self.editor.setEnabled(self._dossier.state is State.OPEN)
        page = entry_page(self._dossier, entry)
        self.page_name.setText(page_words(page, self.language))
        if page is None:
            self._sight.setCurrentIndex(1)
            self.editor.show_crop(None)
            return
        self._sight.setCurrentIndex(0)

        def show(image: QImage) -> None:
            if self._entry_id != entry.id or image.isNull():
                return  # the officer went on meanwhile
            if self._shown != page.id:
                self.picture.show_picture(image, page.rotation)
                self._shown = page.id
            self.picture.show_box(entry.box)
            self.editor.show_crop(crop(image, entry.box, page.rotation, CROP_HEIGHT) if entry.box else None)

        self._pictures.ask(page, show)

    def _on_picked(self) -> None:
        picked = self.list.picked()
        if isinstance(picked, str) and picked != self._entry_id:
            self._entry_id = picked
            self._show_entry()

    def _on_accepted(self, value: str) -> None:
        """Enter: the value is right as it now stands in the editor."""
        if self._dossier is None or self._entry_id is None:
            return
        desk, dossier_id = self.session.desk, self._dossier.id
        entry = self._dossier.entry(self._entry_id)
        if value != entry.value:
            self.session.do(lambda: desk.correct_field(dossier_id, entry.id, value, desk.officer), self._on_decided)
        elif needs_look(entry) or not entry.checked_by:
            self.session.do(lambda: desk.check_field(dossier_id, entry.id, desk.officer), self._on_decided)
        else:
            self._go(1)

    def _on_decided(self, dossier: Dossier) -> None:
        """To the next value that needs a look; when there is none, Enter goes on to the next step."""
        waiting = [entry for entry in in_review_order(dossier) if needs_look(entry)]
        if waiting:
            self._entry_id = waiting[0].id
            self._show_entry()
            self.editor.setFocus()
        else:
            self.go_on.setFocus()

    def _go(self, steps: int) -> None:
        if self._dossier is None:
            return
        entries: tuple[Entry, ...] = in_review_order(self._dossier)
        place = next((place for place, entry in enumerate(entries) if entry.id == self._entry_id), 0)
        self._entry_id = entries[(place + steps) % len(entries)].id
        self._show_entry()
        self.editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.picture.zoom(1)
        elif control and event.key() == Qt.Key.Key_Minus:
            self.picture.zoom(-1)
        elif control and event.key() == Qt.Key.Key_0:
            self.picture.zoom(0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)
