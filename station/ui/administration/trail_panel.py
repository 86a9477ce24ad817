"""«Nhật ký»: who did what when, by dossier, person and day; whether the chain is whole; the trail as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from station.actions.permits import Deed
from station.actions.read_trail import Asked, TrailView
from station.dossier.trail import SignedHead
from station.ui.administration.panel import Panel
from station.ui.administration.trail_table import COLUMNS, TrailTable
from station.ui.files import write_file
from station.ui.second_person import ask_second
from station.ui.session import Session
from station.ui.trail_words import person_words
from station.ui.widgets.buttons import button
from station.ui.widgets.elided_box import ElidedBox
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.row_table import RowTable
from station.ui.widgets.search_line import SearchLine

_SAMPLES = {
    "at": "00:00:00 00/00/0000",
    "by": "Nguyễn Thị Mẫu",
    "deed": "định danh công dân",
    "dossier": "TAM.T01-000000-0000",
}
"""What a column has room for, at every size of letters; the last takes the rest."""
_ROOM, _LEAST = 32, 120
"""Pixels beside the words, and for the last column."""
_LETTERS = 14


class TrailPanel(Panel):
    """Enter looks again; nothing of what was shown stays when the panel is left."""

    title_key = "administration.trail"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.READ_TRAIL})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.about, self.told = label(role="hint", wrap=True), label(role="hint", wrap=True)
        self.verdict = label(role="ok", wrap=True)
        self.dossier = SearchLine(say("trail.dossier"), say("counter.clear_search"), say("trail.dossier"))
        self.person, self.day = ElidedBox(_LETTERS), QComboBox()
        self.person.setAccessibleName(say("trail.person"))
        self.day.setAccessibleName(say("trail.day"))
        self.day.setMinimumContentsLength(len("00/00/0000"))
        self.day.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table = TrailTable(say, self._name_of)
        self.view = RowTable(self.table, say(self.title_key), COLUMNS, dict.fromkeys(COLUMNS[:-1], _LEAST))
        self.view.setMinimumHeight(260)
        self.view.horizontalHeader().setMinimumSectionSize(_LEAST)
        self._nothing = EmptyState()
        self._nothing.tell(say("trail.none"), say("trail.none_do"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self.check = button(say("trail.check"), self._on_check, "secondary")
        self.export = button(say("trail.export"), self._on_export, "secondary", "Ctrl+S")
        self._build()
        self._question = 0
        self.dossier.returnPressed.connect(self._look)
        self.dossier.textChanged.connect(lambda text: self._look() if not text else None)
        self.person.activated.connect(lambda _index: self._look())
        self.day.activated.connect(lambda _index: self._look())

    def enter(self) -> None:
        self.verdict.hide()
        for column, sample in _SAMPLES.items():
            width = self.view.fontMetrics().horizontalAdvance(sample) + _ROOM
            self.view.setColumnWidth(COLUMNS.index(column), width)
        self._look(self._ask_index)
        self.view.setFocus()

    def leave(self) -> None:
        self._question += 1
        self.table.show_lines(())
        self.dossier.blockSignals(True)
        self.dossier.clear()
        self.dossier.blockSignals(False)
        self.person.clear()
        self.day.clear()
        self.about.clear()
        self.verdict.hide()

    def _build(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.dossier, 1)
        filters.addWidget(self.person, 1)
        filters.addWidget(self.day)
        deeds = QHBoxLayout()
        deeds.addWidget(self.told, 1)
        deeds.addWidget(self.check)
        deeds.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(self.about)
        column.addLayout(filters)
        column.addWidget(self._stack, 1)
        column.addWidget(self.verdict)
        column.addLayout(deeds)

    def _ask_index(self) -> None:
        desk, tasks = self.session.desk, self.session.tasks
        tasks.look(lambda: desk.trust.trail.index(desk.officer), self._show_index, self.session.failed.emit)

    def _show_index(self, found: tuple[SignedHead, tuple[str, ...], tuple[date, ...]]) -> None:
        head, people, days = found
        say = self.language
        self.about.setText(say("trail.about", lines=head.seq, head=head.short))
        self.person.clear()
        self.person.addItem(say("trail.everybody"), None)
        for one in people:
            self.person.addItem(person_words(one, self._name_of(one), say), one)
        self.day.clear()
        self.day.addItem(say("trail.every_day"), None)
        for day in days:
            self.day.addItem(f"{day:%d/%m/%Y}", day)

    def _look(self, then: Callable[[], None] = lambda: None) -> None:
        self._question += 1
        question, desk = self._question, self.session.desk
        asked = Asked(self.dossier.text().strip(), self.person.currentData(), self.day.currentData())

        def found(view: TrailView) -> None:
            if question == self._question:
                self._show(view)
                then()

        self.session.tasks.write(lambda: desk.trust.trail(desk.officer, asked), found, self.session.failed.emit)

    def _show(self, view: TrailView) -> None:
        self.table.show_lines(view.lines)
        self._stack.setCurrentWidget(self.view if view.lines else self._nothing)
        key = "trail.shown_many" if view.more else "trail.shown"
        self.told.setText(self.language(key, count=len(view.lines)) if view.lines else "")

    def _on_check(self) -> None:
        desk = self.session.desk
        self.session.tasks.look(
            lambda: desk.trust.trail.check(desk.officer), self._show_check, self.session.failed.emit
        )

    def _show_check(self, broken: int | None) -> None:
        say = self.language
        well = say("trail.well") if broken is None else ""
        self.verdict.setText(well or f"{say('trail.broken', seq=broken)} {say('trail.broken_do')}")
        set_role(self.verdict, "ok" if well else "error")
        self.verdict.show()

    def _on_export(self) -> None:
        desk, say = self.session.desk, self.language
        suggested = f"{desk.trust.attendance.roster.station}-{desk.queue.now():%Y-%m-%d}.jsonl"
        chosen, _filter = QFileDialog.getSaveFileName(self, say("trail.export"), suggested, say("trail.file_kind"))
        second = ask_second(self, self.session, Deed.EXPORT) if chosen else None
        if second is None:
            return

        def exported(head: SignedHead) -> None:
            self.verdict.setText(say("trail.exported", lines=head.seq))
            set_role(self.verdict, "ok")
            self.verdict.show()

        self.session.tasks.write(
            lambda: desk.trust.trail.export(desk.officer, lambda content: write_file(chosen, content), second),
            exported,
            self.session.failed.emit,
        )

    def _name_of(self, person_id: str) -> str:
        found = self.session.desk.trust.attendance.roster.find(person_id)
        return found.name if found else ""
