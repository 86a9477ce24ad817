"""The looks of the running program: changed by a key, put on at once, kept for the next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from station.language import Language
from station.ui import theme
from station.ui.appearance import Appearance, Mode


class Look(QObject):
    """One application's looks. `file` is where they are kept."""

    def __init__(self, application: QApplication, file: Path) -> None:
        super().__init__()
        self._application, self._file = application, file
        self.appearance = Appearance.load(file)
        theme.apply(application, self.appearance)

    def answer_to(self, window: QWidget, language: Language) -> None:
        """Change the looks by keys pressed in this window."""
        for keys, deed, name in (
            ("Ctrl+Alt+D", self.switch_mode, "mode"),
            ("Ctrl+Alt+=", self.enlarge, "enlarge"),
            ("Ctrl+Alt+-", self.reduce, "reduce"),
            ("Ctrl+Alt+0", self.usual_size, "usual_size"),
        ):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.setWhatsThis(language(f"counter.look.{name}"))
            shortcut.activated.connect(deed)

    def switch_mode(self) -> None:
        """From light to dark and back, whatever the operating system has."""
        dark = theme.current_mode() is Mode.DARK
        self._take(replace(self.appearance, mode=Mode.LIGHT if dark else Mode.DARK))

    def enlarge(self) -> None:
        self._take(self.appearance.larger())

    def reduce(self) -> None:
        self._take(self.appearance.smaller())

    def usual_size(self) -> None:
        self._take(replace(self.appearance, scale=Appearance().scale))

    def _take(self, appearance: Appearance) -> None:
        if appearance != self.appearance:
            self.appearance = appearance
            theme.apply(self._application, appearance)
            appearance.save(self._file)
