"""«Sổ đối chiếu và chốt ca»: whether all that was fed in is still somewhere, and the sheet that closes a shift."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from station.actions.permits import Deed
from station.dossier.closing_sheet import ClosingSheet
from station.dossier.conservation import Counts, equalities, gaps
from station.dossier.printed_form import FormName
from station.errors import StationError
from station.ui.administration.panel import Panel
from station.ui.files import write_file
from station.ui.ledger_words import brought_back_words, equality_words, gap_words, verdict_words
from station.ui.messages import error_text
from station.ui.printing import images_of, print_images
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role

PRINTER_DPI = 300


class LedgerPanel(Panel):
    """Today's equalities, one a line; what is missing where one does not hold; beside it, all days since the first."""

    title_key = "administration.ledger"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.SEE_LEDGER, Deed.CLOSE_SHIFT})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.ground, self.told = label(role="error", wrap=True), label(role="ok", wrap=True)
        self.today, self.ever = _Balance(self, "ledger.today"), _Balance(self, "ledger.all")
        self.confirm_clock = button(say("closing.confirm_clock"), self._on_confirm_clock, "secondary")
        self.look = button(say("closing.whole_store"), self._on_ever, "secondary")
        self.save = button(say("closing.save"), self._on_save, "secondary", "Ctrl+S")
        self.print = button(say("closing.button"), self._on_print, "primary", "Ctrl+P")
        self._build()

    def enter(self) -> None:
        desk, tasks = self.session.desk, self.session.tasks
        may = desk.trust.permits.may
        self.told.clear()
        self.ever.clear()
        for one in (self.save, self.print):
            one.setVisible(may(Deed.CLOSE_SHIFT))
        tasks.look(lambda: desk.shift.today(desk.officer), self.today.show, self.session.failed.emit)
        tasks.look(desk.guard.obstacles, self._show_ground, self.session.failed.emit)
        (self.print if may(Deed.CLOSE_SHIFT) else self.look).setFocus()

    @property
    def gaps_shown(self) -> bool:
        """Whether something of today is missing."""
        return self.today.isVisible() and not self.today.gaps.isHidden()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        clock = QHBoxLayout()
        clock.addWidget(self.ground, 1)
        clock.addWidget(self.confirm_clock)
        column.addLayout(clock)
        column.addWidget(self.today)
        column.addWidget(self.look, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.ever)
        column.addStretch()
        column.addWidget(self.told)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.save)
        row.addWidget(self.print)
        column.addLayout(row)
        self._show_ground(())

    def _show_ground(self, obstacles: tuple[StationError, ...]) -> None:
        self.ground.setText("\n".join(str(error_text(self.language, one)) for one in obstacles))
        self.ground.setVisible(bool(obstacles))
        behind = any(one.code == "guard.clock_behind" for one in obstacles)
        self.confirm_clock.setVisible(behind and self.session.desk.trust.permits.may(Deed.CONFIRM_CLOCK))

    def _on_confirm_clock(self) -> None:
        desk = self.session.desk
        if ask(self, self.language, "closing.clock_ask", now=f"{desk.queue.now():%H:%M %d/%m/%Y}"):
            self.session.tasks.write(
                lambda: desk.guard.confirm_clock(desk.officer), lambda _none: self.enter(), self.session.failed.emit
            )

    def _on_ever(self) -> None:
        desk = self.session.desk
        self.session.tasks.look(lambda: desk.shift.ever(desk.officer), self.ever.show, self.session.failed.emit)

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            forms, tasks = self.session.desk.forms, self.session.tasks
            self._close(
                lambda sheet: tasks.look(
                    lambda: forms.images(FormName.CLOSING, sheet, PRINTER_DPI),
                    lambda pages: print_images(printer, images_of(pages)),
                    self.session.failed.emit,
                )
            )

    def _on_save(self) -> None:
        suggested = f"so-theo-doi-{self.session.desk.queue.now():%Y-%m-%d}.pdf"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.language("closing.save"), suggested, "PDF (*.pdf)")
        if chosen:
            forms, tasks = self.session.desk.forms, self.session.tasks
            self._close(
                lambda sheet: tasks.look(
                    lambda: write_file(chosen, forms.pdf(FormName.CLOSING, sheet)),
                    lambda _none: None,
                    self.session.failed.emit,
                )
            )

    def _close(self, then: Callable[[ClosingSheet], None]) -> None:
        desk = self.session.desk
        name = desk.trust.attendance.officer_name

        def closed(sheet: ClosingSheet) -> None:
            then(sheet)
            say = self.language
            self.told.setText(say("closing.closed", time=f"{sheet.closed_at:%H:%M %d/%m/%Y}", head=sheet.trail_head))
            self.session.tasks.look(lambda: desk.shift.today(desk.officer), self.today.show, self.session.failed.emit)

        self.session.tasks.write(lambda: desk.shift(desk.officer, name), closed, self.session.failed.emit)


class _Balance(QFrame):
    """The equalities of some days, each with its verdict in words, and below what is missing."""

    def __init__(self, panel: LedgerPanel, title_key: str) -> None:
        super().__init__()
        self._language = panel.language
        self._title = label(self._language(title_key), "strong")
        self.setProperty("role", "card")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.notes = label(role="hint", wrap=True)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self.gaps, self.brought_back = label(role="error", wrap=True), label(role="error", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self.gaps)
        column.addWidget(self.brought_back)
        column.addWidget(self.notes)
        self.clear()

    def clear(self) -> None:
        self.hide()

    def show(self, counts: Counts | None = None) -> None:
        """Put these counts in front; without any, as it was."""
        if counts is not None:
            self._fill(counts)
        super().show()

    def _fill(self, counts: Counts) -> None:
        say = self._language
        made = equalities(counts)
        while len(self.lines) < len(made):
            said, verdict = label(wrap=True), label(role="ok")
            row = len(self.lines)
            self._grid.addWidget(verdict, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, row, 1)
            self.lines.append((said, verdict))
        for (said, verdict), equality in zip(self.lines, made, strict=True):
            said.setText(equality_words(equality, counts, say))
            verdict.setText(verdict_words(equality, say))
            set_role(verdict, "ok" if equality.holds else "error")
        found = gaps(counts)
        self.gaps.setText("\n".join(gap_words(gap, counts, say) for gap in found))
        self.gaps.setVisible(bool(found))
        self.brought_back.setText("\n".join(brought_back_words(one, say) for one in counts.brought_back))
        self.brought_back.setVisible(bool(counts.brought_back))
        set_role(self.brought_back, "hint" if all(one.is_whole for one in counts.brought_back) else "error")
        notes = [say(f"ledger.{name}", count=count) for name, count in _notes(counts) if count]
        self.notes.setText("  ".join(notes))
        self.notes.setVisible(bool(notes))


def _notes(counts: Counts) -> tuple[tuple[str, int], ...]:
    return (("linked", counts.linked), ("signatures", counts.signatures), ("broken_off", counts.broken_off))
