"""What still stands in the way, the seal itself, and what follows it: number, receipt, and the way to the hub."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier, State
from station.dossier.finding import Finding
from station.dossier.form_order import FormOrder
from station.dossier.printed_form import FormName, PrintedForm
from station.ui.counter.quality_bar import QualityBar
from station.ui.counter.receipt_rows import receipt_rows
from station.ui.counter.sealed import SealedView
from station.ui.counter.step import Step
from station.ui.printing import images_of, print_images
from station.ui.session import CitizenView, Session
from station.ui.widgets.buttons import button, press_with
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList
from station.ui.words import finding_words

SCREEN_DPI, PRINTER_DPI = 110, 300


class SealStep(Step):
    """Enter on a finding goes where it is mended; with nothing left, Enter seals."""

    name = "seal"

    wanted = Signal(object)
    """The officer wants to mend this `Finding`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._dossier: Dossier | None = None
        self._findings: tuple[Finding, ...] = ()
        self._asked = 0
        self.summary = label(role="subtitle", wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(self.language("seal.findings"))
        self.seen = QCheckBox(f"{self.language('seal.seen')} (Ctrl+D)")
        self.seen.setAccessibleName(self.language("seal.seen"))
        press_with(self.seen, "Ctrl+D")
        self.seal = button(self.language("seal.seal"), self._on_seal, "primary", "F10")
        self.quality = QualityBar(session)
        self.sealed = SealedView(session)
        self._build()
        self.seen.toggled.connect(lambda _on: self._show_state())
        self.list.activated.connect(lambda _index: self._on_activated())
        self.quality.wanted.connect(self.wanted.emit)
        self.sealed.acknowledged.connect(self._ask_receipt)
        self.sealed.print_asked.connect(self._on_print)
        self.sealed.done.connect(self.finished.emit)
        session.delivery_changed.connect(self._on_delivery_changed)
        session.link_changed.connect(lambda _link: self._on_link_changed())

    def refresh(self, dossier: Dossier | None) -> None:
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self.seen.setChecked(False)
        self._dossier = dossier
        self.quality.show_dossier(dossier)
        if dossier is None or dossier.state is not State.SEALED:
            self.sealed.forget()
        if dossier is None:
            self._findings = ()
            self.list.rows.show_rows(())
            return
        self._stack.setCurrentIndex(int(dossier.state is State.SEALED))
        if dossier.state is State.SEALED:
            self.sealed.show_dossier(dossier)
            self._ask_receipt(dossier.id)
            return
        before, self._findings = self._findings, self.session.desk.seal_dossier.findings(dossier)
        if any(finding not in before for finding in self._findings):
            self.seen.setChecked(False)  # what was seen is not what there is now
        self.list.rows.show_rows(self._rows(dossier))
        self._show_state()

    def enter(self) -> None:
        if self._dossier and self._dossier.state is State.SEALED:
            self.sealed.done_button.setFocus()
        elif self.seal.isEnabled():
            self.seal.setFocus()
        elif self._findings:
            self.list.setFocus()
            self.list.pick(self._findings[0])

    def _build(self) -> None:
        bottom = QHBoxLayout()
        bottom.addWidget(self.seen)
        bottom.addStretch()
        bottom.addWidget(self.seal)
        open_ = QWidget()
        column = QVBoxLayout(open_)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self.language("seal.title"), "title"))
        column.addWidget(self.summary)
        column.addWidget(self.quality)
        column.addWidget(self.list, 1)
        column.addLayout(bottom)
        self._stack = QStackedWidget()
        self._stack.addWidget(open_)
        self._stack.addWidget(self.sealed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _rows(self, dossier: Dossier) -> Sequence[Row]:
        rows: list[Row] = []
        for blocking, heading, sign in (
            (True, "seal.blocking", "mark-error"),
            (False, "seal.warnings", "mark-warning"),
        ):
            group = [finding for finding in self._findings if finding.blocking is blocking]
            if group:
                rows.append(Row(self.language(heading, count=len(group)), heading=True))
                rows += [
                    Row(finding_words(finding, self.language), sign=sign, data=finding, bold=blocking)
                    for finding in group
                ]
        return [*rows, *receipt_rows(self.session.desk, dossier, self.language)]

    def _show_state(self) -> None:
        blocking = sum(finding.blocking for finding in self._findings)
        warnings = len(self._findings) - blocking
        self.seen.setVisible(bool(warnings) and not blocking)
        self.seal.setEnabled(not blocking and (not warnings or self.seen.isChecked()))
        key = "seal.not_ready" if blocking else "seal.ready_but" if warnings else "seal.ready"
        self.summary.setText(self.language(key, count=blocking or warnings))

    def _on_activated(self) -> None:
        picked = self.list.picked()
        if isinstance(picked, Finding):
            self.wanted.emit(picked)

    def _on_seal(self) -> None:
        if self._dossier is None or not self.seal.isEnabled():
            return
        desk, dossier_id, despite = self.session.desk, self._dossier.id, self.seen.isChecked()
        self.seal.setEnabled(False)
        self.session.do(lambda: desk.seal_dossier(dossier_id, desk.officer, despite_warnings=despite), self._on_sealed)

    def _on_sealed(self, dossier: Dossier) -> None:
        self.session.delivery_changed.emit(dossier.id)  # it waits to be sent from now on
        self.session.let_citizen_see(CitizenView.THANKS)
        self.sealed.done_button.setFocus()

    def _ask_receipt(self, dossier_id: str) -> None:
        self._asked += 1
        asked, make = self._asked, self.session.desk.make_receipt

        def show(pages: Sequence[bytes]) -> None:
            if asked == self._asked:  # a newer one may say that the hub has the dossier
                self.sealed.show_receipt(dossier_id, pages)

        self.session.tasks.look(lambda: make.images(dossier_id, SCREEN_DPI), show, self.session.failed.emit)

    def _on_link_changed(self) -> None:
        if self._dossier is not None:
            self._on_delivery_changed(self._dossier.id)

    def _on_delivery_changed(self, dossier_id: str) -> None:
        if self._dossier and self._dossier.id == dossier_id and self._dossier.state is State.SEALED:
            self.sealed.show_delivery(dossier_id)

    def _on_print(self) -> None:
        if self._dossier is None:
            return
        dossier_id = self._dossier.id
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return

        desk, tasks, failed = self.session.desk, self.session.tasks, self.session.failed.emit
        order = FormOrder(FormName.RECEIPT, dossier_id)

        def issued(receipt: PrintedForm) -> None:
            tasks.look(
                lambda: desk.forms.images(order.name, receipt, PRINTER_DPI),
                lambda pages: print_images(printer, images_of(pages)),
                failed,
            )

        tasks.write(lambda: desk.forms.issue(order, desk.officer), issued, failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._dossier and self._dossier.state is State.SEALED:
                self.finished.emit()
            elif self.seal.isEnabled():
                self._on_seal()
            else:
                self._on_activated()
        else:
            super().keyPressEvent(event)
