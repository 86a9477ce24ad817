"""«Biểu mẫu»: the forms that can be had now, how each will look, onto paper or into a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from station.actions.forms_desk import Offer
from station.dossier.dossier import Dossier
from station.dossier.form_order import FormOrder
from station.dossier.printed_form import FormName, PrintedForm
from station.errors import InputError
from station.ui.counter.form_inputs import FormInputs
from station.ui.printing import images_of, print_images
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.page_image import PageImage
from station.ui.widgets.rows import Row, RowList

FORMS = "Ctrl+Shift+P"
"""Opens this page."""
SCREEN_DPI, PRINTER_DPI, ROLL_DPI = 100, 300, 203


class FormsPage(QWidget):
    """Left the forms and what is added to them, right the form. P prints, S saves, Esc goes back."""

    left = Signal()
    refused = Signal(str)
    """Dossier id: it has been refused, and the counter is free."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self._asked, self._shown = 0, 0
        self._pages: list[QImage] = []
        say = self._language
        self.about = label(role="hint", wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(say("forms.title"))
        self.inputs = FormInputs(say)
        self.picture = PageImage(say("forms.preview"))
        self.page = label(role="hint")
        self.back = button(say("forms.back"), self.left.emit, "secondary", "Esc")
        self.turn = button(say("forms.turn"), self._on_turn, "quiet", "PgDown")
        self.save = button(say("forms.save"), self._on_save, "secondary", "Ctrl+S")
        self.print = button(say("forms.print"), self._on_print, "primary", "Ctrl+P")
        self._build()
        for key, pressed in (("P", self.print), ("S", self.save)):  # letters only where nobody types
            shortcut = QShortcut(QKeySequence(key), self.list, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(pressed.click)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_picked())
        self.list.activated.connect(lambda _index: self._on_entered())
        self.inputs.changed.connect(self._draw)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """The forms of this dossier as it stands; without one, those of the day."""
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self.forget()
        self._dossier = dossier
        say = self._language
        if dossier is None:
            self.about.setText(say("forms.of_the_day"))
        else:
            name = dossier.person_name or say("counter.header.no_person")
            self.about.setText(
                say("forms.of_dossier", number=dossier.number or say("counter.header.no_number"), name=name)
            )
        forms = self._session.desk.forms
        self._session.tasks.look(lambda: forms.offers(dossier), self._show_offers, self._session.failed.emit)

    def enter(self) -> None:
        """The page has come to the front."""
        self.list.setFocus()

    def forget(self) -> None:
        """Nothing of the last citizen stays in here."""
        self._asked += 1
        self._dossier = None
        self._show_pages([])
        self.list.rows.show_rows(())
        self.inputs.clear()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 3)
        left.addWidget(self.inputs, 2)
        right = QVBoxLayout()
        right.addWidget(self.picture, 1)
        below = QHBoxLayout()
        below.addWidget(self.page)
        below.addStretch()
        below.addWidget(self.turn)
        right.addLayout(below)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 9)
        row.addLayout(right, 11)
        bottom = QHBoxLayout()
        bottom.addWidget(self.back)
        bottom.addStretch()
        bottom.addWidget(self.save)
        bottom.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self._language("forms.title"), "title"))
        column.addWidget(self.about)
        column.addLayout(row, 1)
        column.addLayout(bottom)

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        before = self.list.picked()
        self.list.rows.show_rows([self._row(offer) for offer in offers])
        self.list.pick(before if before in offers else offers[0])
        self._on_picked()

    def _row(self, offer: Offer) -> Row:
        say = self._language
        if offer.issued is None:
            return Row(say(f"forms.{offer.name.value}"), say(f"forms.{offer.name.value}_hint"), None, offer)
        at = f"{offer.issued.at:%d/%m/%Y}"
        return Row(
            say(f"forms.{offer.name.value}"), say("forms.issued", number=offer.issued.number, at=at), "mark-done", offer
        )

    def _offer(self) -> Offer | None:
        picked = self.list.picked()
        return picked if isinstance(picked, Offer) else None

    def _order(self, offer: Offer) -> FormOrder:
        return FormOrder(
            offer.name,
            self._dossier.id if self._dossier and offer.name is not FormName.REGISTER else "",
            self.inputs.text,
            self.inputs.day if offer.name is FormName.APOLOGY else None,
            self.inputs.day if offer.name is FormName.REGISTER else None,
            offer.issued,
        )

    def _on_picked(self) -> None:
        offer, dossier = self._offer(), self._dossier
        if offer is None:
            return
        due = dossier.due_at.date() if dossier and dossier.due_at else None
        today = self._session.desk.queue.now().date()
        self.inputs.ask_for(offer.name if offer.issued is None else None, today, due)
        self._draw()

    def _on_entered(self) -> None:
        """Enter goes to the reason where one is wanted, else to the printer's button."""
        (self.inputs.reason if self.inputs.reason.isVisible() else self.print).setFocus()

    def _draw(self) -> None:
        """Beside the screen's own work, and only the newest one is shown."""
        offer, forms = self._offer(), self._session.desk.forms
        if offer is None:
            return
        self._asked += 1
        asked, order = self._asked, self._order(offer)

        def show(pages: Sequence[bytes]) -> None:
            if asked == self._asked:
                self._show_pages(images_of(pages))

        self._session.tasks.look(
            lambda: forms.images(order.name, forms.look(order), SCREEN_DPI), show, self._session.failed.emit
        )

    def _show_pages(self, pages: list[QImage]) -> None:
        self._pages, self._shown = pages, 0
        self._show_page()

    def _show_page(self) -> None:
        count = len(self._pages)
        self.picture.show_picture(self._pages[self._shown] if count else None)
        self.page.setText(self._language("forms.page", page=self._shown + 1, pages=count) if count else "")
        self.turn.setVisible(count > 1)
        for one in (self.print, self.save):
            one.setEnabled(count > 0)

    def _on_turn(self) -> None:
        if self._pages:
            self._shown = (self._shown + 1) % len(self._pages)
            self._show_page()

    def _on_print(self) -> None:
        offer = self._offer()
        if offer is None or not self._meant(offer):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return
        forms = self._session.desk.forms
        dpi = ROLL_DPI if offer.name is FormName.RECEIPT_ROLL else PRINTER_DPI

        def issued(form: PrintedForm) -> None:
            self._session.tasks.look(
                lambda: forms.images(offer.name, form, dpi),
                lambda pages: print_images(printer, images_of(pages)),
                self._session.failed.emit,
            )

        self._issue(offer, issued)

    def _on_save(self) -> None:
        offer = self._offer()
        if offer is None or not self._meant(offer):
            return
        number = self._dossier.number if self._dossier and self._dossier.number else ""
        suggested = f"{offer.name.value}{'-' if number else ''}{number}.pdf"
        chosen, _filter = QFileDialog.getSaveFileName(self, self._language("forms.save"), suggested, "PDF (*.pdf)")
        if not chosen:
            return
        forms, tasks = self._session.desk.forms, self._session.tasks

        def issued(form: PrintedForm) -> None:
            tasks.look(
                lambda: _write(Path(chosen), forms.pdf(offer.name, form)), lambda _none: None, self._session.failed.emit
            )

        self._issue(offer, issued)

    def _meant(self, offer: Offer) -> bool:
        """A refusal closes the dossier: the officer is asked first."""
        asks = offer.name is FormName.REFUSAL and offer.issued is None and bool(self.inputs.text.strip())
        return not asks or ask(self, self._language, "forms.refuse_ask")

    def _issue(self, offer: Offer, then: Callable[[PrintedForm], None]) -> None:
        desk, order, dossier = self._session.desk, self._order(offer), self._dossier

        def issued(form: PrintedForm) -> None:
            then(form)
            if offer.issued is not None or dossier is None or dossier is not self._dossier:
                return
            if offer.name is FormName.REFUSAL:
                self.refused.emit(dossier.id)
            elif offer.name is FormName.APOLOGY:
                self.show_dossier(dossier)  # it can be had again now

        self._session.tasks.write(lambda: desk.forms.issue(order, desk.officer), issued, self._session.failed.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError("file.not_written", file=file.name) from error
