"""The page beside its values: each with the crop it came from, the doubtful ones first; Enter and Tab suffice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.checks import needs_look
from station.dossier.dossier import Dossier, State
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.reading import Box
from station.ui.counter.review_list import early_rows, in_review_order, review_rows, state_of, waiting
from station.ui.counter.step import Step
from station.ui.counter.value_adder import ValueAdder
from station.ui.counter.value_editor import ValueEditor
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.crop import crop
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.keys import act, tell_keys
from station.ui.widgets.labels import ElidedLabel, label
from station.ui.widgets.page_image import PageImage
from station.ui.widgets.page_pictures import PagePictures
from station.ui.widgets.rows import RowList
from station.ui.words import entry_page, page_words


class ReviewStep(Step):
    """Left the page, right the editor of one value and the list of all. Enter: right as it stands, next one.

    What was typed is kept when the officer goes elsewhere; Esc in the editor takes it back.
    """

    name = "review"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._pictures = PagePictures(session)
        self._dossier: Dossier | None = None
        self._entry_id: str | None = None
        self._page_id: str | None = None
        self._drawn: tuple[str, int, Outline | None] | None = None
        self.page_name = ElidedLabel(role="subtitle")
        self.picture = PageImage(self.language("review.page"))
        self.editor, self.adder = ValueEditor(self.language), ValueAdder(session)
        self.list = RowList()
        self.list.setAccessibleName(self.language("review.title"))
        self.add = button(self.language("review.add"), self._on_add_asked, "secondary", "Ctrl+T")
        self.go_on = button(self.language("counter.go_on"), self.finished.emit, "primary", "Ctrl+Return")
        self._build()
        self.editor.accepted.connect(self._on_accepted)
        self.editor.left_empty.connect(self._on_left_empty)
        self.editor.next_asked.connect(self._go)
        session.early_changed.connect(self._on_early)
        self.adder.added.connect(self._on_added)
        self.adder.put_away.connect(self._on_put_away)
        self.adder.page_chosen.connect(self._look_at)
        self.list.clicked.connect(lambda _index: self._on_picked())
        self.list.activated.connect(lambda _index: self.editor.setFocus())
        self.list.selectionModel().currentChanged.connect(
            lambda *_: self._on_picked() if self.list.hasFocus() else None
        )

    def refresh(self, dossier: Dossier | None) -> None:
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self._forget()
        self._dossier = dossier
        entries = in_review_order(dossier) if dossier else ()
        self.add.setVisible(
            dossier is not None and dossier.state is State.OPEN and bool(dossier.pages or dossier.entries)
        )
        early = early_rows(dossier, self.session.early, self.language) if dossier else []
        self._stack.setCurrentIndex(int(bool(entries or early) or self.adding))
        self.editor.setVisible(bool(entries))
        if not dossier or not entries:
            self.list.rows.show_rows(early)
            return
        self.list.rows.show_rows(review_rows(dossier, self.language, self.session.early))
        if self._entry_id not in {entry.id for entry in entries}:
            self._entry_id = entries[0].id
        self._show_entry()

    def enter(self) -> None:
        """Where the work is: at the value in hand while it needs a look, else at the first that does."""
        dossier = self._dossier
        if self.adding:
            self.adder.search.setFocus()
        elif dossier is None or not dossier.entries:
            self.setFocus()
        else:
            left = waiting(dossier)
            if self.editor.typed is None and left and self._entry_id not in {entry.id for entry in left}:
                self._entry_id = left[0].id
            self._show_entry()
            (self.editor if left or self.editor.typed is not None else self.go_on).setFocus()

    def leave(self) -> None:
        self._keep_typed()
        self._adding.setCurrentIndex(0)

    @property
    def shown_entry(self) -> str | None:
        """The value in the editor."""
        return self._entry_id

    @property
    def adding(self) -> bool:
        """Whether the panel for a value that was not read is in front."""
        return self._adding.currentIndex() == 1

    def show_entry(self, entry_id: str) -> None:
        """Bring a value to the editor: the citizen said Sai, or a finding points at it."""
        if self._dossier and any(entry.id == entry_id for entry in self._dossier.entries):
            self._keep_typed()
            self._adding.setCurrentIndex(0)
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
        values = QWidget()
        right = QVBoxLayout(values)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        right.addWidget(self.editor)
        right.addWidget(self.list, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(label(self.language("review.keys"), "hint", wrap=True), 1)
        bottom.addWidget(self.go_on)
        right.addLayout(bottom)
        self._adding = QStackedWidget()
        self._adding.addWidget(values)
        self._adding.addWidget(self.adder)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 11)
        row.addWidget(self._adding, 9)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState(self.language("review.nothing"), self.language("review.nothing_do")))
        self._stack.addWidget(work)
        top = QHBoxLayout()
        top.addWidget(label(self.language("review.title"), "title"), 1)
        top.addWidget(self.add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(top)
        outer.addWidget(self._stack, 1)
        tell_keys(self.editor, "Tab", self.language("keys.next_value"))
        for keys, name, by in (("Ctrl++", "in", 1), ("Ctrl+=", "in", 1), ("Ctrl+-", "out", -1), ("Ctrl+0", "fit", 0)):
            act(self, keys, self.language(f"keys.zoom_{name}"), partial(self.picture.zoom, by))

    def _forget(self) -> None:
        """Another dossier is on the counter: nothing of the one before stays in here."""
        self._pictures.forget()
        self._entry_id = self._page_id = self._drawn = None
        self.editor.show_entry(None)
        self.editor.show_crop(None)
        self.picture.show_picture(None)
        self.page_name.setText("")
        self.adder.forget()
        self._adding.setCurrentIndex(0)

    def _show_entry(self) -> None:
        if self._dossier is None or self._entry_id is None:
            return
        entry = self._dossier.entry(self._entry_id)
        self.list.pick(entry.id)
        self.editor.show_entry(entry, state_of(self._dossier, entry), self.session.desk.offer_values(entry))
        if not self.adding:
            self._show_page(entry_page(self._dossier, entry), entry.box)

    def _look_at(self, page_id: str) -> None:
        """The page that a value is to be added to."""
        if self._dossier:
            self._show_page(self._dossier.page(page_id) if page_id else None, None)

    def _show_page(self, page: Page | None, box: Box | None) -> None:
        """The page with the box framed, as soon as its picture is decoded."""
        self._page_id = page.id if page else None
        self.page_name.setText(page_words(page, self.language))
        self._sight.setCurrentIndex(0 if page else 1)
        self.editor.show_crop(None)  # never the piece of another paper, however long this one takes
        if page is None:
            return
        if self._drawn != (page.id, page.rotation, page.outline):
            self.picture.show_picture(None)
            self._drawn = None
        entry_id = self._entry_id

        def show(image: QImage) -> None:
            if self._page_id != page.id or self._entry_id != entry_id or image.isNull():
                return  # the officer went on meanwhile
            if self._drawn != (page.id, page.rotation, page.outline):
                self.picture.show_picture(image, page.rotation, page.outline)
                self._drawn = (page.id, page.rotation, page.outline)
            self.picture.show_box(box)
            if box:
                self.editor.show_crop(crop(image, box, page.rotation))

        self._pictures.ask(page, show)

    def _keep_typed(self) -> None:
        """What was typed and not yet kept becomes the value, as if Enter had been pressed."""
        typed = self.editor.typed
        if typed is not None and self._dossier is not None and self._entry_id is not None:
            desk, dossier_id, entry_id = self.session.desk, self._dossier.id, self._entry_id
            if self._dossier.state is State.OPEN and typed != self._dossier.entry(entry_id).value:
                self.session.do(lambda: desk.correct_field(dossier_id, entry_id, typed, desk.officer))

    def _on_picked(self) -> None:
        picked = self.list.picked()
        if isinstance(picked, str) and picked != self._entry_id:
            self._keep_typed()
            self._entry_id = picked
            self._show_entry()

    def _on_early(self) -> None:
        """More is known of a page that is being read; what the officer is at stays as it is."""
        if self.isVisible():
            self.refresh(self._dossier)

    def _on_left_empty(self) -> None:
        """The officer saw that nothing is written there."""
        if self._dossier is None or self._entry_id is None:
            return
        desk, dossier_id, entry_id = self.session.desk, self._dossier.id, self._entry_id
        order = [one.id for one in in_review_order(self._dossier)]
        self.session.do(
            lambda: desk.check_field(dossier_id, entry_id, desk.officer),
            lambda dossier: self._on_decided(dossier, entry_id, order),
        )

    def _on_accepted(self, value: str) -> None:
        """Enter: the value is right as it now stands in the editor; nothing at all is never right by itself."""
        if self._dossier is None or self._entry_id is None:
            return
        desk, dossier_id = self.session.desk, self._dossier.id
        entry, order = self._dossier.entry(self._entry_id), [one.id for one in in_review_order(self._dossier)]
        if value != entry.value or not value:
            self.session.do(
                lambda: desk.correct_field(dossier_id, entry.id, value, desk.officer),
                lambda dossier: self._on_decided(dossier, entry.id, order),
            )
        elif needs_look(self._dossier, entry) or not entry.checked_by:
            self.session.do(
                lambda: desk.check_field(dossier_id, entry.id, desk.officer),
                lambda dossier: self._on_decided(dossier, entry.id, order),
            )
        else:
            self._go(1)

    def _on_decided(self, dossier: Dossier, decided: str, order: list[str]) -> None:
        """To the next value that needs a look; when there is none, Enter goes on to the next step."""
        if self._entry_id != decided or self.adding or not self.isVisible():
            return  # the officer is elsewhere already
        left = [entry.id for entry in waiting(dossier)]
        if left:
            after = [entry_id for entry_id in order[order.index(decided) + 1 :] if entry_id in left]
            self._entry_id = (after or left)[0]
            self._show_entry()
            self.editor.setFocus()
        else:
            self.go_on.setFocus()

    def _go(self, steps: int) -> None:
        if self._dossier is None:
            return
        self._keep_typed()
        ids = [entry.id for entry in in_review_order(self._dossier)]
        place = ids.index(self._entry_id) if self._entry_id in ids else 0
        self._entry_id = ids[(place + steps) % len(ids)]
        self._show_entry()
        self.editor.setFocus()

    def _on_add_asked(self) -> None:
        if self._dossier is None or self._dossier.state is not State.OPEN:
            return
        self._keep_typed()
        first = self._dossier.pages[0].id if self._dossier.pages else None
        page_id = self._dossier.entry(self._entry_id).page_id if self._entry_id else first
        self._stack.setCurrentIndex(1)
        self._adding.setCurrentIndex(1)
        self.adder.begin(self._dossier, page_id)
        self._look_at(page_id or "")

    def _on_added(self, page_id: str, key: str, value: str) -> None:
        if self._dossier is None:
            return
        desk, dossier_id = self.session.desk, self._dossier.id
        self.session.do(
            lambda: desk.correct_field.add(dossier_id, page_id or None, key, value, desk.officer),
            lambda _: self.show_entry(f"{page_id or 'person'}/{key}"),
        )

    def _on_put_away(self) -> None:
        self._adding.setCurrentIndex(0)
        self.refresh(self._dossier)
        self.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.go_on.hasFocus() or self.hasFocus():
                self.finished.emit()
            elif self.add.hasFocus():
                self._on_add_asked()
        else:
            super().keyPressEvent(event)
