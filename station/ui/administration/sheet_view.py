"""A printed form in front of the officer: its pages, onto paper or into a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.dossier.printed_form import FormName, PrintedForm
from station.ui.files import write_file
from station.ui.printing import images_of, print_images
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.page_image import PageImage

SCREEN_DPI, PRINTER_DPI = 100, 300


class SheetView(QWidget):
    """`issued` is called on the writer's thread before the form leaves the counter: that is a deed."""

    def __init__(self, session: Session, issued: Callable[[PrintedForm], object]) -> None:
        super().__init__()
        self._session, self._issued = session, issued
        self._form: tuple[FormName, PrintedForm, str] | None = None
        self._pages: list[QImage] = []
        self._shown = self._asked = 0
        say = session.language
        self.picture = PageImage(say("forms.preview"))
        self.picture.setMinimumHeight(260)
        # It scrolls by itself: as high as the panel has room, not as high as it would like.
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.page = label(role="hint")
        self.turn = button(say("forms.turn"), self._on_turn, "quiet", "PgDown")
        self.save = button(say("forms.save"), self._on_save, "secondary", "Ctrl+S")
        self.print = button(say("forms.print"), self._on_print, "primary", "Ctrl+P")
        below = QHBoxLayout()
        below.addWidget(self.page)
        below.addWidget(self.turn)
        below.addStretch()
        below.addWidget(self.save)
        below.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(below)
        column.addWidget(self.picture, 1)
        self.clear()

    @property
    def pages_shown(self) -> int:
        return len(self._pages)

    def show_form(self, name: FormName, form: PrintedForm, suggested: str) -> None:
        """Draw it beside the screen's own work; `suggested` names its file."""
        self.clear()
        self._form = (name, form, suggested)
        asked, forgetting = self._asked, self._session.desk.forgetting

        def drawn(pages: list[QImage]) -> None:
            if asked == self._asked:
                self._pages, self._shown = pages, 0
                self._show_page()

        self._session.tasks.look(
            lambda: images_of(forgetting.images(name, form, SCREEN_DPI)), drawn, self._session.failed.emit
        )

    def clear(self) -> None:
        """Nothing of anybody stays in here."""
        self._asked += 1
        self._form, self._pages, self._shown = None, [], 0
        self._show_page()

    def _show_page(self) -> None:
        count = len(self._pages)
        self.picture.show_picture(self._pages[self._shown] if count else None)
        say = self._session.language
        self.page.setText(say("forms.page", page=self._shown + 1, pages=count) if count else "")
        self.turn.setVisible(count > 1)
        self.setVisible(count > 0)

    def _on_turn(self) -> None:
        if self._pages:
            self._shown = (self._shown + 1) % len(self._pages)
            self._show_page()

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._form and QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            name, form, _suggested = self._form
            forgetting, tasks = self._session.desk.forgetting, self._session.tasks
            self._issue(
                form,
                lambda: tasks.look(
                    lambda: forgetting.images(name, form, PRINTER_DPI),
                    lambda pages: print_images(printer, images_of(pages)),
                    self._session.failed.emit,
                ),
            )

    def _on_save(self) -> None:
        if self._form is None:
            return
        name, form, suggested = self._form
        say = self._session.language
        chosen, _filter = QFileDialog.getSaveFileName(self, say("forms.save"), suggested, "PDF (*.pdf)")
        if chosen:
            self.save_to(chosen, name, form)

    def save_to(self, chosen: str, name: FormName, form: PrintedForm) -> None:
        """Write the PDF where the officer chose."""
        forgetting, tasks = self._session.desk.forgetting, self._session.tasks
        self._issue(
            form,
            lambda: tasks.look(
                lambda: write_file(chosen, forgetting.pdf(name, form)), lambda _none: None, self._session.failed.emit
            ),
        )

    def _issue(self, form: PrintedForm, then: Callable[[], None]) -> None:
        self._session.tasks.write(lambda: self._issued(form), lambda _none: then(), self._session.failed.emit)
