"""What happens when the program itself is wrong: it is logged without values, and the officer is told calmly."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from station.language import Language
from station.ui.widgets.buttons import button
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label

log = logging.getLogger(__name__)


def log_bug(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Write down the type and the place. The message may hold a citizen's value: it is not logged."""
    where = "".join(f"\n  {Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace))
    log.critical("bug: %s%s", kind.__name__, where)


class CrashReporter(QObject):
    """Takes every exception that nobody expected, from any thread."""

    _happened = Signal(str)

    def __init__(self, language: Language, logs: Path) -> None:
        super().__init__()
        self._language, self._logs = language, logs
        self._open: CrashDialog | None = None
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of the interpreter and of its threads."""
        sys.excepthook = self.report
        threading.excepthook = lambda told: self.report(told.exc_type, told.exc_value, told.exc_traceback)

    def report(self, kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
        """Log where it happened and ask the screen's thread to tell."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log_bug(kind, trace)
        self._happened.emit(kind.__name__)

    @Slot(str)
    def _on_happened(self, kind: str) -> None:
        if self._open is None:  # a bug that repeats must not bury the screen in dialogs
            self._open = CrashDialog(self._language, kind, self._logs)
            self._open.finished.connect(self._on_finished)
            self._open.open()

    def _on_finished(self, _result: int) -> None:
        self._open = None


class CrashDialog(QDialog):
    """Nothing that was captured is lost; where the log is; go on, or close the program."""

    def __init__(self, language: Language, kind: str, logs: Path) -> None:
        super().__init__(QApplication.activeWindow())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(language("counter.crash.title"))
        self.setMinimumWidth(560)
        sign = IconLabel("mark-warning", 32)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(label(language("counter.crash.title"), "subtitle", wrap=True))
        texts.addWidget(label(language("counter.crash.nothing_lost"), wrap=True))
        texts.addWidget(label(language("counter.crash.next"), wrap=True))
        where = label(language("counter.crash.where", folder=str(logs), kind=kind), "hint", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts.addWidget(where)
        go_on = button(language("counter.crash.go_on"), self.accept, "primary")
        quit_now = button(language("counter.crash.quit"), self._on_quit)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch()
        buttons.addWidget(quit_now)
        buttons.addWidget(go_on)
        go_on.setDefault(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 20, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(20)
        grid.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(texts, 0, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(buttons, 1, 0, 1, 2)
        go_on.setFocus()  # Enter must not close the program

    def _on_quit(self) -> None:
        self.accept()
        QApplication.closeAllWindows()
