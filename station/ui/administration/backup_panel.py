"""«Sao lưu»: when the last good backup was made, where, how many there are, and what keeps the next from being made."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from station.actions.permits import Deed
from station.dossier.backup_state import BackupState
from station.errors import StoreError
from station.ui.administration.panel import Panel
from station.ui.backup_words import verdict_words
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role

NEW_DISK = "backup.not_the_disk"


class BackupPanel(Panel):
    """Follows the thread that makes the backups; asks it for one."""

    title_key = "administration.backup"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.BACK_UP})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.verdict, self.trouble = label(role="ok", wrap=True), label(role="error", wrap=True)
        self.folder, self.count, self.hour = label(wrap=True), label(), label()
        self.working = label(say("backup.running"), "warning")
        self.new_disk = button(say("backup.new_disk"), self._on_new_disk)
        self.begin = button(say("backup.begin"), lambda: self._begin(new_disk=False), "primary", "Ctrl+B")
        self._build()
        session.desk.back_up.on_change(lambda: session.tasks.on_screen(self._show_state))

    def enter(self) -> None:
        self._show_state()
        self.begin.setFocus()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (key, value) in enumerate((("where", self.folder), ("count", self.count), ("hour", self.hour))):
            _add_row(grid, row, self.language(f"backup.{key}"), value)
        buttons = QHBoxLayout()
        buttons.addWidget(self.working)
        buttons.addStretch()
        buttons.addWidget(self.new_disk)
        buttons.addWidget(self.begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(self.verdict)
        column.addWidget(self.trouble)
        column.addLayout(grid)
        column.addWidget(label(self.language("backup.about"), "hint", wrap=True))
        column.addStretch()
        column.addLayout(buttons)

    def _show_state(self) -> None:
        say, state, now = self.language, self.session.desk.back_up.state(), self.session.desk.queue.now()
        self.verdict.setText(verdict_words(state, now, say))
        set_role(self.verdict, "error" if state.is_old(now) or not state.folder else "ok")
        self.trouble.setText(self._trouble_words(state))
        self.trouble.setVisible(bool(self.trouble.text()))
        self.folder.setText(state.folder or say("backup.nowhere_yet"))
        self.count.setText(say("backup.of", count=state.generations, keep=state.keep))
        self.hour.setText(say("backup.daily", hour=f"{state.hour:02d}:00"))
        self.working.setVisible(state.running)
        self.begin.setEnabled(bool(state.folder) and not state.running)
        self.new_disk.setVisible(state.failure == NEW_DISK and not state.running)

    def _trouble_words(self, state: BackupState) -> str:
        if state.failure is None or state.running:
            return ""
        return str(error_text(self.language, StoreError(state.failure, **state.parameters)))

    def _on_new_disk(self) -> None:
        if ask(self, self.language, "backup.new_disk_ask", folder=self.session.desk.back_up.state().folder):
            self._begin(new_disk=True)

    def _begin(self, *, new_disk: bool) -> None:
        desk = self.session.desk
        self.session.tasks.write(
            lambda: desk.back_up(desk.officer, new_disk=new_disk),
            lambda _none: self._show_state(),
            self.session.failed.emit,
        )


def _add_row(grid: QGridLayout, row: int, name: str, value: QLabel) -> None:
    said = label(name, "hint")
    said.setBuddy(value)
    grid.addWidget(said, row, 0)
    grid.addWidget(value, row, 1)
